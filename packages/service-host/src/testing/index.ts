export * from './answers.ts'
export * from './service-routes.ts'
export * from './test-host.ts'
