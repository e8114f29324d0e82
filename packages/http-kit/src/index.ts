export type * from './ability.ts'
export { abilityOf, thing } from './ability.ts'
export type * from './access.ts'
export { inScope, requireInScope, scopeKinds, scopeOf, scopeWhere } from './access.ts'
export type * from './command.ts'
export { CommandAnswer, command, etagOf, newStreamId } from './command.ts'
export type * from './download.ts'
export { download } from './download.ts'
export * from './errors.ts'
export type * from './follow-revocations.ts'
export { followRevocations, revocationsAt } from './follow-revocations.ts'
export * from './freshness.ts'
export type * from './health.ts'
export { registerHealth } from './health.ts'
export * from './history.ts'
export type * from './http-app.ts'
export { buildHttpApp } from './http-app.ts'
export type * from './identity.ts'
export { isReady } from './is-ready.ts'
export type * from './jwt-verifier.ts'
export { jwtVerifier } from './jwt-verifier.ts'
export * from './metric.ts'
export * from './page.ts'
export type { Problem } from './problem.ts'
export { problemOf } from './problem.ts'
export type * from './query.ts'
export { query, versioned } from './query.ts'
export type { Refusal } from './refusal.ts'
export * from './revocation-list.ts'
export type * from './route-kit.ts'
export {
  grantOf,
  identityOf,
  publicPrefix,
  publicRoute,
  revocationsOf,
  routeTable,
  securedRoute,
  signedInRoute,
} from './route-kit.ts'
export { scopedWhere } from './scoped-where.ts'
export type * from './telemetry.ts'
export { startTelemetry } from './telemetry.ts'
export { requestMetrics } from './telemetry-requests.ts'
export { runtimeMetrics } from './telemetry-runtime.ts'
export type * from './token-verifier.ts'
