import type { Fact } from '@dulian/conflict-of-interest'
import type { ViewReader } from '@dulian/service-host'
import { findAll } from '@dulian/views'
import type { KnownRecusal } from './projection.ts'

export interface Recusals {
  /** What is known between a supervisor and a school. */
  factsOf(office: string, supervisorId: string, schoolId: string): Promise<readonly Fact[]>
  /** What is known between these supervisors and any school. */
  factsOfAll(office: string, supervisorIds: readonly string[]): Promise<readonly Fact[]>
}

export function recusals(view: ViewReader): Recusals {
  return {
    async factsOf(office, supervisorId, schoolId) {
      const found = await findAll<KnownRecusal>(view, 'facts', { where: { office, supervisorId, schoolId } })
      return found.map(factOf)
    },
    async factsOfAll(office, supervisorIds) {
      if (supervisorIds.length === 0) return []
      const where = { office, supervisorId: { in: supervisorIds } }
      return (await findAll<KnownRecusal>(view, 'facts', { where })).map(factOf)
    },
  }
}

function factOf({ factId, supervisorId, schoolId, kind, description, from, to }: KnownRecusal): Fact {
  return { id: factId, personId: supervisorId, kind, objectId: schoolId, description, from, to }
}
