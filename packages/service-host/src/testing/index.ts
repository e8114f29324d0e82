export * from './answers.ts'
export { onServers, testEngines } from './on-servers.ts'
export * from './service-routes.ts'
export * from './test-host.ts'
