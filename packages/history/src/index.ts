export * from './dated.ts'
export * from './define-history.ts'
export type * from './history-document.ts'
export { ALWAYS } from './history-document.ts'
