import { addDays } from '@dulian/calendar'
import { type Decoded, defineProjection, on, streamOf, type UnitOfWork } from '@dulian/event-sourcing'
import { searchTokens } from '@dulian/views'
import { postingEvents } from '../../posting/events.ts'
import {
  type SupervisorAppointed,
  type SupervisorEvent,
  type SupervisorRegistered,
  supervisorEvents,
} from '../../supervisor/events.ts'
import { maskPhone } from './mask-phone.ts'

export const SUPERVISORS = 'supervisors'

/** A person of the 督学库. The phone is here in its masked form only. */
export type SupervisorDocument = {
  readonly supervisorId: string
  readonly office: string
  readonly name: string
  readonly category: SupervisorRegistered['category']
  readonly employment: SupervisorRegistered['employment']
  readonly homeUnit: string
  readonly field: string
  readonly phoneMasked: string
  readonly status: 'registered' | 'appointed' | 'dismissed'
  readonly dismissedOn: string | null
  readonly termFrom: string | null
  readonly termTo: string | null
  readonly termState: 'none' | 'running' | 'near-end' | 'ended'
  readonly consecutiveTerms: number
  readonly certificateNumber: string | null
  /** The papers of every term so far, oldest first; what they are worth depends on the day of reading. */
  readonly papers: readonly TermPapers[]
  /** 有效 · 已届满 · 已失效, as the events told so far */
  readonly certificateState: 'none' | 'valid' | 'expired' | 'void'
  readonly schoolIds: readonly string[]
  /** Next day on which the clock changes something about the term; what the term policy looks for. */
  readonly nextTermDay: string | null
  readonly version: number
  readonly tokens: readonly string[]
}

export type TermPapers = {
  readonly termFrom: string
  readonly termTo: string
  /** Null until they are issued. */
  readonly certificateNumber: string | null
}

export const supervisorsProjection = defineProjection(
  {
    name: 'supervisors',
    revision: 2,
    collections: {
      [SUPERVISORS]: {
        indexes: {
          byName: ['office', 'name'],
          byId: ['office', 'supervisorId'],
          byCategory: ['office', 'category', 'employment', 'status', 'termState', 'name'],
          byTermDay: ['nextTermDay'],
        },
        tokens: 'tokens',
      },
    },
  },
  [
    on(supervisorEvents, {
      SupervisorRegistered: (event, unit) => {
        const { office, id } = streamOf(event)
        const { phone, ...person } = event.data
        put(unit, {
          supervisorId: id,
          office,
          ...person,
          phoneMasked: maskPhone(phone),
          status: 'registered',
          dismissedOn: null,
          termFrom: null,
          termTo: null,
          termState: 'none',
          consecutiveTerms: 0,
          certificateNumber: null,
          papers: [],
          certificateState: 'none',
          schoolIds: [],
          nextTermDay: null,
          version: event.envelope.version,
          tokens: searchTokens(person.name, person.homeUnit, person.field),
        })
      },
      SupervisorDetailsCorrected: (event, unit) =>
        change(event, unit, (person) => {
          const homeUnit = event.data.homeUnit ?? person.homeUnit
          const field = event.data.field ?? person.field
          const { phone } = event.data
          return {
            homeUnit,
            field,
            phoneMasked: phone === null ? person.phoneMasked : maskPhone(phone),
            tokens: searchTokens(person.name, homeUnit, field),
          }
        }),
      SupervisorAppointed: (event, unit) => change(event, unit, (person) => termOf(event.data, person)),
      SupervisorReappointed: (event, unit) => change(event, unit, (person) => termOf(event.data, person)),
      CertificateIssued: (event, unit) =>
        change(event, unit, ({ papers }) => ({
          certificateNumber: event.data.certificateNumber,
          papers: papers.map((one) =>
            one.termFrom === event.data.termFrom ? { ...one, certificateNumber: event.data.certificateNumber } : one,
          ),
          certificateState: 'valid',
        })),
      TermNearingEnd: (event, unit) =>
        change(event, unit, () => ({ termState: 'near-end', nextTermDay: addDays(event.data.termTo, 1) })),
      TermEnded: (event, unit) =>
        change(event, unit, ({ certificateState }) => ({
          termState: 'ended',
          nextTermDay: null,
          certificateState: certificateState === 'valid' ? 'expired' : certificateState,
        })),
      SupervisorDismissed: (event, unit) =>
        change(event, unit, ({ certificateNumber }) => ({
          status: 'dismissed',
          dismissedOn: event.data.on,
          nextTermDay: null,
          certificateState: certificateNumber === null ? 'none' : 'void',
        })),
    }),
    on(postingEvents, {
      SupervisorPosted: (event, unit) => take(unit, event.data.supervisorId, streamOf(event).id),
      PostingReplaced: async (event, unit) => {
        await give(unit, event.data.formerSupervisorId, streamOf(event).id)
        await take(unit, event.data.supervisorId, streamOf(event).id)
      },
      PostingEnded: (event, unit) => give(unit, event.data.supervisorId, streamOf(event).id),
    }),
  ],
)

function termOf(data: SupervisorAppointed, { papers }: SupervisorDocument): Partial<SupervisorDocument> {
  const { termFrom, termTo } = data
  return {
    papers: [...papers.filter((one) => one.termFrom !== termFrom), { termFrom, termTo, certificateNumber: null }],
    status: 'appointed',
    termFrom: data.termFrom,
    termTo: data.termTo,
    termState: 'running',
    consecutiveTerms: data.consecutiveTerm,
    nextTermDay: data.noticeFrom,
  }
}

async function change(
  event: Decoded<SupervisorEvent>,
  unit: UnitOfWork,
  changed: (person: SupervisorDocument) => Partial<SupervisorDocument>,
): Promise<void> {
  const person = await unit.get<SupervisorDocument>(SUPERVISORS, streamOf(event).id)
  if (person !== undefined) put(unit, { ...person, ...changed(person), version: event.envelope.version })
}

async function take(unit: UnitOfWork, supervisorId: string, schoolId: string): Promise<void> {
  const person = await unit.get<SupervisorDocument>(SUPERVISORS, supervisorId)
  if (person === undefined || person.schoolIds.includes(schoolId)) return
  put(unit, { ...person, schoolIds: [...person.schoolIds, schoolId] })
}

async function give(unit: UnitOfWork, supervisorId: string, schoolId: string): Promise<void> {
  const person = await unit.get<SupervisorDocument>(SUPERVISORS, supervisorId)
  if (person === undefined) return
  put(unit, { ...person, schoolIds: person.schoolIds.filter((id) => id !== schoolId) })
}

function put(unit: UnitOfWork, person: SupervisorDocument): void {
  unit.put(SUPERVISORS, person.supervisorId, person)
}
