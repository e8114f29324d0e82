export * from './history-suite.ts'
