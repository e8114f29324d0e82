import { type AuditTrail, openAuditTrail } from '@dulian/audit'
import type { Clock } from '@dulian/event-sourcing'
import { type EngineSettings, openEvents } from './engines.ts'
import type { ServiceDefinition } from './service-definition.ts'

/** The folder, or the prefix on a server, of the audit trail: it belongs to the instance and to no service. */
export const AUDIT_STORE = 'audit'

/** Every process of an instance opens the same one; the store keeps their appends apart. */
export async function openAudit(engines: EngineSettings, clock: Clock): Promise<AuditTrail> {
  return openAuditTrail({ store: await openEvents(engines, AUDIT_STORE, clock), clock })
}

/** The trail as a migration and a backup see it: a store of events that nothing follows. */
export const auditStore: ServiceDefinition = {
  name: AUDIT_STORE,
  title: '审计记录',
  projections: [],
  projectionsModule: import.meta.url,
  publishes: [],
  consumes: [],
  build: () => ({ routes: () => {} }),
}
