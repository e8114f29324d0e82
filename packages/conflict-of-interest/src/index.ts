export * from './assess.ts'
export * from './fact.ts'
export * from './recusal-rules.ts'
