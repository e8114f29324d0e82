export * from './subscription-suite.ts'
