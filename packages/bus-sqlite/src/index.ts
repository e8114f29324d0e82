export type { BusLog } from './bus-log.ts'
export { openSqliteBus, type SqliteBusOptions } from './sqlite-bus.ts'
