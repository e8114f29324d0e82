import { defineProjection, on } from '@dulian/event-sourcing'
import { inbox } from '../../integration/consume.ts'

/** Why a supervisor may have to keep away from a school, as the registry told. */
export type KnownRecusal = {
  readonly office: string
  readonly factId: string
  readonly supervisorId: string
  readonly schoolId: string
  readonly kind: 'kinship' | 'present-employer' | 'former-employer' | 'other'
  readonly description: string
  readonly from: string | null
  readonly to: string | null
}

/** 回避事实 of supervisors and schools; what was declared in error is gone. */
export const recusalsProjection = defineProjection(
  {
    name: 'recusals',
    revision: 1,
    collections: { facts: { indexes: { byPair: ['office', 'supervisorId', 'schoolId'] } } },
  },
  [
    on(inbox, {
      RecusalFactChanged: ({ data }, unit) => {
        if (data.withdrawn) return unit.remove('facts', data.factId)
        const { office, factId, supervisorId, schoolId, kind, description, from, to } = data
        unit.put('facts', factId, {
          office,
          factId,
          supervisorId,
          schoolId,
          kind,
          description,
          from,
          to,
        } satisfies KnownRecusal)
      },
    }),
  ],
)
