export { errorCatalogue } from './errors.ts'
export * from './sqlite-events.ts'
