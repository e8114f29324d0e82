export type { ViewEngineHarness } from './view-case.ts'
export { viewEngineSuite } from './view-engine-suite.ts'
