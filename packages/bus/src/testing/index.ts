export type { BusHarness } from './bus-case.ts'
export { busSuite } from './bus-suite.ts'
