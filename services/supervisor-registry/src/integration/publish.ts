import { addDays } from '@dulian/calendar'
import {
  postingChanged,
  recusalFactChanged,
  roleGranted,
  roleRevoked,
  schoolChanged,
  schoolClosed,
  schoolRegistered,
  supervisorAppointed,
  supervisorDismissed,
} from '@dulian/contracts'
import { type Decoded, parseStreamName } from '@dulian/event-sourcing'
import { type Announcement, announce, type PublicationPart } from '@dulian/service-host'
import { accountEvents } from '../account/events.ts'
import { postingEvents, type SupervisorPosted } from '../posting/events.ts'
import { type RelationFact, relationEvents } from '../relation/events.ts'
import { type SchoolDetails, type SchoolEvent, schoolEvents } from '../school/events.ts'
import { type SupervisorAppointed, supervisorEvents } from '../supervisor/events.ts'

type Envelope = Decoded<SchoolEvent>['envelope']

/** What the other services learn of the registry. Addresses, phones and home units stay here. */
export const publishes: readonly PublicationPart[] = [
  announce(schoolEvents, {
    SchoolRegistered: ({ data, envelope }) => [
      { contract: schoolRegistered, data: schoolSnapshot(data.school, envelope) },
    ],
    SchoolDetailsCorrected: ({ data, envelope }) => [
      { contract: schoolChanged, data: { ...schoolSnapshot(data.school, envelope), validFrom: data.effectiveFrom } },
    ],
    EnrolmentReported: ({ data, envelope }) => [
      { contract: schoolChanged, data: { ...schoolSnapshot(data.school, envelope), validFrom: data.asOf } },
    ],
    SchoolClosed: ({ data, envelope }) => {
      const { office, id } = parseStreamName(envelope.stream)
      return [{ contract: schoolClosed, data: { office, schoolId: id, closedOn: data.closedOn } }]
    },
  }),
  announce(supervisorEvents, {
    SupervisorAppointed: ({ data, envelope }) => [appointment(data, envelope)],
    SupervisorReappointed: ({ data, envelope }) => [appointment(data, envelope)],
    SupervisorDismissed: ({ data, envelope }) => {
      const { office, id } = parseStreamName(envelope.stream)
      return [{ contract: supervisorDismissed, data: { office, supervisorId: id, dismissedOn: data.on } }]
    },
  }),
  announce(postingEvents, {
    SupervisorPosted: ({ data, envelope }) => [posting(data, envelope)],
    PostingReplaced: ({ data, envelope }) => [posting(data, envelope)],
    PostingEnded: ({ data, envelope }) => {
      const { office, id } = parseStreamName(envelope.stream)
      const nobody = { supervisorId: null, supervisorName: null, from: addDays(data.on, 1) }
      return [{ contract: postingChanged, data: { office, schoolId: id, ...nobody } }]
    },
  }),
  announce(relationEvents, {
    RelationDeclared: ({ data, envelope }) => [recusalFact(data.fact, envelope)],
    RelationEnded: ({ data, envelope }) => [recusalFact(data.fact, envelope)],
    RelationWithdrawn: ({ data, envelope }) => [recusalFact(data.fact, envelope, true)],
  }),
  announce(accountEvents, {
    RoleGranted: ({ data, envelope }) => {
      const { office, id } = parseStreamName(envelope.stream)
      const { name, role, zoneId, schoolId, body, supervisorId } = data
      const grant = { office, accountId: id, name, role, zoneId, schoolId, body, supervisorId }
      return [{ contract: roleGranted, data: grant }]
    },
    RoleRevoked: ({ data, envelope }) => {
      const { office, id } = parseStreamName(envelope.stream)
      return [{ contract: roleRevoked, data: { office, accountId: id, role: data.role } }]
    },
  }),
]

function schoolSnapshot(school: SchoolDetails, envelope: Envelope) {
  const { office, id } = parseStreamName(envelope.stream)
  const { address: _, ...known } = school
  return { office, schoolId: id, ...known }
}

/** `termFrom` is the first day of unbroken service: who is renewed in advance stays in office meanwhile. */
function appointment(data: SupervisorAppointed, envelope: Envelope): Announcement {
  const { office, id } = parseStreamName(envelope.stream)
  const { name, category, employment, inOfficeFrom, termTo } = data
  return {
    contract: supervisorAppointed,
    data: { office, supervisorId: id, name, category, employment, termFrom: inOfficeFrom, termTo },
  }
}

function posting(data: SupervisorPosted, envelope: Envelope): Announcement {
  const { office, id } = parseStreamName(envelope.stream)
  const { supervisorId, supervisorName, from } = data
  return { contract: postingChanged, data: { office, schoolId: id, supervisorId, supervisorName, from } }
}

/** The tie itself; who the relative is stays here. */
function recusalFact(fact: RelationFact, envelope: Envelope, withdrawn = false): Announcement {
  const { office, id } = parseStreamName(envelope.stream)
  return { contract: recusalFactChanged, data: { office, supervisorId: id, ...fact, withdrawn } }
}
