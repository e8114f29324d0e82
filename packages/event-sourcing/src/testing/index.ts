export * from './event-store-suite.ts'
export * from './subscription-suite.ts'
