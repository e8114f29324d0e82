export * from './as-of-view.ts'
export * from './difference-route.ts'
export * from './differences.ts'
export * from './look-back.ts'
