import { addDays } from '@dulian/calendar'
import type { Fact } from '@dulian/conflict-of-interest'
/** Who answers for a school from a day on; `supervisorId: null` while nobody does. */
export type KnownPosting = {
  readonly supervisorId: string | null
  readonly supervisorName: string | null
  readonly from: string
}

/** What this service knows of a school, from the registry, its own visits and rectification. */
export type KnownSchool = {
  readonly office: string
  readonly schoolId: string
  readonly name: string
  readonly kind: string
  readonly stage: string
  readonly ownership: string
  readonly zoneId: string | null
  readonly zoneName: string | null
  readonly enrolment: number | null
  /** `unknown`: somebody spoke of it before the registry did. */
  readonly status: 'unknown' | 'open' | 'closed'
  readonly closedOn: string | null
  /** The day the registry first told of it. */
  readonly knownSince: string | null
  /** Who is posted now. */
  readonly supervisorId: string | null
  readonly supervisorName: string | null
  readonly postedFrom: string | null
  /** All postings, in the order of their days. */
  readonly postings: readonly KnownPosting[]
  readonly openProblemIds: readonly string[]
  readonly lastVisitOn: string | null
}

export type KnownSupervisor = {
  readonly office: string
  readonly supervisorId: string
  readonly name: string
  readonly termFrom: string
  /** Last day of the term; the day before the dismissal when there was one. */
  readonly termTo: string
}

export type KnownTask = {
  readonly office: string
  readonly taskId: string
  readonly title: string
  readonly planTitle: string
  readonly itemPath: string
}

export function unknownSchool(office: string, schoolId: string): KnownSchool {
  return {
    office,
    schoolId,
    name: '（学校信息待同步）',
    kind: 'school',
    stage: 'primary',
    ownership: 'public',
    zoneId: null,
    zoneName: null,
    enrolment: null,
    status: 'unknown',
    closedOn: null,
    knownSince: null,
    supervisorId: null,
    supervisorName: null,
    postedFrom: null,
    postings: [],
    openProblemIds: [],
    lastVisitOn: null,
  }
}

/** Who was posted on a day. */
export function postingOn(postings: readonly KnownPosting[], day: string): KnownPosting | undefined {
  return postings.findLast(({ from }) => from <= day)
}

/** When a supervisor answered for the school: what keeps somebody out of a team that inspects it. */
export function postingFacts({ schoolId, postings }: KnownSchool, supervisorId: string): Fact[] {
  return postings.flatMap((posting, place) => {
    if (posting.supervisorId !== supervisorId) return []
    const next = postings[place + 1]
    const id = `posting-${schoolId}-${posting.from}`
    const to = next === undefined ? null : addDays(next.from, -1)
    const description = '担任该校挂牌督学'
    return [{ id, personId: supervisorId, kind: 'posting', objectId: schoolId, description, from: posting.from, to }]
  })
}

/** A newly announced posting replaces whatever was announced for its day or later. */
export function withPosting(postings: readonly KnownPosting[], posting: KnownPosting): KnownPosting[] {
  return [...postings.filter(({ from }) => from < posting.from), posting]
}

/** The school as it stands on a day: its supervisor is whoever is posted then. */
export function standingOn(school: KnownSchool, day: string): KnownSchool {
  const posting = postingOn(school.postings, day)
  return {
    ...school,
    supervisorId: posting?.supervisorId ?? null,
    supervisorName: posting?.supervisorName ?? null,
    postedFrom: posting?.supervisorId == null ? null : posting.from,
  }
}
