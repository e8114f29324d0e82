export { type EngineName, type EngineSource, engineNames, settingsOf, type TestEngine } from './engine.ts'
export { engineToSkip, findEngine, noEngine } from './find-engine.ts'
export { freePort } from './free-port.ts'
export { type LocalEngine, startLocalEngine } from './local-engine.ts'
