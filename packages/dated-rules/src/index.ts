export * from './dated-rule.ts'
export * from './errors.ts'
export * from './rule-reference.ts'
