import { type Decoded, defineProjection, on, streamOf, type UnitOfWork } from '@dulian/event-sourcing'
import { type RelationEvent, type RelationFact, type RelationSource, relationEvents } from '../../relation/events.ts'

export const RELATIONS = 'relations'

/** One tie of a supervisor to a school, as it stands now. */
export type RelationDocument = RelationFact & {
  readonly office: string
  readonly supervisorId: string
  readonly standing: 'declared' | 'verified' | 'contested' | 'withdrawn'
  readonly source: RelationSource
  readonly relativeName: string | null
  /** What was last said about it: the office's note, the objection, or why it was withdrawn. */
  readonly remark: string | null
  readonly declaredAt: string
  /** Of the person's stream. */
  readonly version: number
}

export const relationsProjection = defineProjection(
  {
    name: 'relations',
    revision: 1,
    collections: {
      [RELATIONS]: {
        indexes: {
          byTime: ['office', 'declaredAt'],
          bySupervisor: ['office', 'supervisorId', 'declaredAt'],
          bySchool: ['office', 'schoolId', 'declaredAt'],
          byStanding: ['office', 'standing', 'kind', 'declaredAt'],
        },
      },
    },
  },
  [
    on(relationEvents, {
      RelationDeclared: (event, unit) => {
        const { office, id } = streamOf(event)
        const { fact, source, relativeName } = event.data
        const { version, time } = event.envelope
        unit.put(RELATIONS, fact.factId, {
          ...fact,
          office,
          supervisorId: id,
          standing: 'declared',
          source,
          relativeName,
          remark: null,
          declaredAt: time,
          version,
        })
      },
      RelationVerified: (event, unit) => change(event, unit, { standing: 'verified', remark: event.data.note }),
      RelationContested: (event, unit) => change(event, unit, { standing: 'contested', remark: event.data.statement }),
      RelationEnded: (event, unit) => change(event, unit, {}),
      RelationWithdrawn: (event, unit) => change(event, unit, { standing: 'withdrawn', remark: event.data.reason }),
    }),
  ],
)

async function change(
  event: Decoded<RelationEvent>,
  unit: UnitOfWork,
  changed: Partial<Pick<RelationDocument, 'standing' | 'remark'>>,
): Promise<void> {
  const { fact } = event.data
  const known = await unit.get<RelationDocument>(RELATIONS, fact.factId)
  if (known === undefined) return
  unit.put(RELATIONS, fact.factId, { ...known, ...fact, ...changed, version: event.envelope.version })
}
