export * from './database.ts'
export { LogKeeper } from './log-keeper.ts'
