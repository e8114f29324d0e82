export * from './clock-stream.ts'
export * from './inbox.ts'
export type * from './message-contract.ts'
export * from './service-definition.ts'
