import { type Decoded, defineProjection, on, streamOf, type UnitOfWork } from '@dulian/event-sourcing'
import { searchTokens } from '@dulian/views'
import { postingEvents } from '../../posting/events.ts'
import { type SchoolDetails, type SchoolEvent, schoolEvents } from '../../school/events.ts'

export const SCHOOLS = 'schools'

/** A school with who answers for it. `version` is that of the school's own stream. */
export type SchoolDocument = {
  readonly schoolId: string
  readonly office: string
  readonly code: string
  readonly name: string
  readonly kind: SchoolDetails['kind']
  readonly stage: SchoolDetails['stage']
  readonly ownership: SchoolDetails['ownership']
  readonly address: string | null
  readonly zoneId: string | null
  readonly zoneName: string | null
  readonly enrolment: number | null
  readonly enrolmentAsOf: string | null
  readonly status: 'open' | 'closed'
  readonly closedOn: string | null
  readonly supervisorId: string | null
  readonly supervisorName: string | null
  readonly postedFrom: string | null
  readonly version: number
  readonly tokens: readonly string[]
}

const vacant = { supervisorId: null, supervisorName: null, postedFrom: null }

export const schoolsProjection = defineProjection(
  {
    name: 'schools',
    revision: 1,
    collections: {
      [SCHOOLS]: {
        indexes: {
          byCode: ['office', 'code'],
          byZone: ['office', 'zoneId', 'code'],
          bySupervisor: ['office', 'supervisorId', 'code'],
          byId: ['office', 'schoolId'],
          byKind: ['office', 'status', 'kind', 'stage', 'ownership', 'code'],
        },
        tokens: 'tokens',
      },
    },
  },
  [
    on(schoolEvents, {
      SchoolRegistered: (event, unit) => {
        const { office, id } = streamOf(event)
        const { school } = event.data
        put(unit, {
          schoolId: id,
          office,
          ...school,
          enrolmentAsOf: null,
          status: 'open',
          closedOn: null,
          ...vacant,
          version: event.envelope.version,
          tokens: tokensOf(school),
        })
      },
      SchoolDetailsCorrected: (event, unit) => change(event, unit, detailsOf(event.data.school)),
      EnrolmentReported: (event, unit) =>
        change(event, unit, { ...detailsOf(event.data.school), enrolmentAsOf: event.data.asOf }),
      SchoolClosed: (event, unit) => change(event, unit, { status: 'closed', closedOn: event.data.closedOn }),
    }),
    on(postingEvents, {
      SupervisorPosted: (event, unit) => post(unit, streamOf(event).id, event.data),
      PostingReplaced: (event, unit) => post(unit, streamOf(event).id, event.data),
      PostingEnded: async (event, unit) => {
        const school = await unit.get<SchoolDocument>(SCHOOLS, streamOf(event).id)
        if (school !== undefined) put(unit, { ...school, ...vacant })
      },
    }),
  ],
)

function detailsOf(school: SchoolDetails): Partial<SchoolDocument> {
  return { ...school, tokens: tokensOf(school) }
}

async function change(event: Decoded<SchoolEvent>, unit: UnitOfWork, changed: Partial<SchoolDocument>): Promise<void> {
  const school = await unit.get<SchoolDocument>(SCHOOLS, streamOf(event).id)
  if (school !== undefined) put(unit, { ...school, ...changed, version: event.envelope.version })
}

async function post(
  unit: UnitOfWork,
  schoolId: string,
  posted: { readonly supervisorId: string; readonly supervisorName: string; readonly from: string },
): Promise<void> {
  const school = await unit.get<SchoolDocument>(SCHOOLS, schoolId)
  if (school === undefined) return
  const { supervisorId, supervisorName, from } = posted
  put(unit, { ...school, supervisorId, supervisorName, postedFrom: from })
}

function put(unit: UnitOfWork, school: SchoolDocument): void {
  unit.put(SCHOOLS, school.schoolId, school)
}

function tokensOf(school: SchoolDetails): string[] {
  return searchTokens(school.name, school.code, school.address ?? '')
}
