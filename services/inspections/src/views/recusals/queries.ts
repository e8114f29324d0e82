import type { Fact } from '@dulian/conflict-of-interest'
import type { ViewReader } from '@dulian/service-host'
import { findAll } from '@dulian/views'
import type { KnownRecusal } from './projection.ts'

export interface Recusals {
  /** What is known between a supervisor and a school. */
  factsOf(office: string, supervisorId: string, schoolId: string): Promise<readonly Fact[]>
}

export function recusals(view: ViewReader): Recusals {
  return {
    async factsOf(office, supervisorId, schoolId) {
      const found = await findAll<KnownRecusal>(view, 'facts', { where: { office, supervisorId, schoolId } })
      return found.map(({ factId, kind, description, from, to }) => ({
        id: factId,
        personId: supervisorId,
        kind,
        objectId: schoolId,
        description,
        from,
        to,
      }))
    },
  }
}
