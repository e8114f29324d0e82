export * from './test-host.ts'
