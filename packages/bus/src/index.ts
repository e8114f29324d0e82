export type * from './bus.ts'
export * from './errors.ts'
export * from './retry.ts'
