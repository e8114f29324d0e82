import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDomainError } from '@dulian/event-sourcing'
import { refusal, stateAfter } from '@dulian/event-sourcing/testing'
import {
  answer,
  checklist,
  photo,
  record,
  school,
  staff,
  supervisor,
  supervisorId,
  visitId,
} from '../../test/samples.ts'
import {
  cancelVisit,
  confirmFinding,
  dismissFinding,
  missVisit,
  recordQuickVisit,
  recordVisit,
  type ScheduleVisit,
  scheduleVisit,
  startVisit,
} from './decide.ts'
import { type VisitEvent, visitEvents } from './events.ts'
import { evolveVisit, initialVisit, type Visit } from './state.ts'
import { visitStream } from './visit.ts'

const toSchedule: ScheduleVisit = {
  school,
  supervisor,
  checklist,
  scheduledFor: '2026-11-20',
  taskId: null,
  by: staff,
  today: '2026-11-02',
}
const negative = answer('C02', { answer: 'no', note: '公示课表与班级课表不一致', evidence: [photo] })
const withNegative = record({ answers: [answer('A01'), negative, answer('D01')] })

type Step = (state: Visit) => readonly VisitEvent[]
const given = (...steps: readonly Step[]): Visit => stateAfter(visitStream, ...steps)
const scheduled = (state: Visit) => scheduleVisit(toSchedule, state)
const started = (state: Visit) => startVisit({ at: '2026-11-03T01:00:00.000Z' }, state)
const recorded = (state: Visit) => recordVisit(withNegative, state)
const missed = (state: Visit) => missVisit({ date: '2026-12-01' }, state)

function refused(act: () => unknown, code: string, pointer?: string): void {
  assert.throws(act, refusal(code, pointer))
}
function onlyFinding(state: Visit): string {
  assert.equal(state.stage, 'recorded')
  const [findingId] = state.stage === 'recorded' ? [...state.findings.keys()] : []
  assert.ok(findingId)
  return findingId
}

test('a visit keeps the list as published when it was scheduled', () => {
  const [event] = scheduleVisit(toSchedule, initialVisit)
  assert.equal(event?.type, 'VisitScheduled')
  assert.deepEqual(event?.type === 'VisitScheduled' && event.data.checklist, checklist)
})

test('[R2] a supervisor whose term is over on that day cannot be given a visit', () => {
  for (const scheduledFor of ['2028-08-31']) scheduleVisit({ ...toSchedule, scheduledFor }, initialVisit)
  refused(
    () => scheduleVisit({ ...toSchedule, scheduledFor: '2028-09-01' }, initialVisit),
    'VISIT_SUPERVISOR_TERM_NOT_RUNNING',
  )
  refused(
    () => scheduleVisit({ ...toSchedule, supervisor: { ...supervisor, termFrom: '2026-12-01' } }, initialVisit),
    'VISIT_SUPERVISOR_TERM_NOT_RUNNING',
  )
})

test('a visit is not scheduled for the past, nor for a school closed by then', () => {
  refused(
    () => scheduleVisit({ ...toSchedule, scheduledFor: '2026-11-01' }, initialVisit),
    'VISIT_IN_PAST',
    '/scheduledFor',
  )
  const closed = { ...school, closedOn: '2026-11-10' }
  refused(() => scheduleVisit({ ...toSchedule, school: closed }, initialVisit), 'SCHOOL_IS_CLOSED', '/schoolId')
})

test('[I6] an unanswered item blocks submission and is named', () => {
  const open = record({ answers: [answer('A01'), answer('C02', { answer: null }), answer('D01')] })
  refused(() => recordVisit(open, given(scheduled)), 'VISIT_ITEM_UNANSWERED', '/answers/1/answer')
  const absent = record({ answers: [answer('A01'), answer('D01')] })
  assert.throws(
    () => recordVisit(absent, given(scheduled)),
    (error) =>
      isDomainError(error, 'VISIT_ITEM_UNANSWERED') &&
      error.pointer === '/answers/-' &&
      error.details.code === 'C02' &&
      error.detail.includes('阴阳课表'),
  )
})

test('an answer to an item that the list has not, or a second one, is refused', () => {
  const more = [...record().answers]
  refused(
    () => recordVisit(record({ answers: [...more, answer('Z9')] }), given(scheduled)),
    'VISIT_ITEM_UNKNOWN',
    '/answers/3/code',
  )
  refused(
    () => recordVisit(record({ answers: [...more, answer('A01')] }), given(scheduled)),
    'VISIT_ITEM_ANSWERED_TWICE',
    '/answers/3/code',
  )
})

test('[I8] a negative answer needs a note, and becomes a proposed finding with its photo and its item', () => {
  for (const note of [null, '  ']) {
    const bare = record({ answers: [answer('A01'), answer('C02', { answer: 'no', note }), answer('D01')] })
    refused(() => recordVisit(bare, given(scheduled)), 'VISIT_NOTE_MISSING', '/answers/1/note')
  }
  const [event] = recordVisit(withNegative, given(scheduled, started))
  assert.equal(event?.type, 'VisitRecorded')
  if (event?.type !== 'VisitRecorded') return
  assert.equal(event.data.findings.length, 1)
  const [finding] = event.data.findings
  assert.equal(finding?.itemCode, 'C02')
  assert.equal(finding?.description, '公示课表与班级课表不一致')
  assert.deepEqual(finding?.evidence, [photo])
  assert.equal(event.data.supervisorName, '示例督学甲')
})

test('a record in order proposes nothing', () => {
  const [event] = recordVisit(record(), given(scheduled))
  assert.deepEqual(event?.type === 'VisitRecorded' && event.data.findings, [])
})

test('the same record sent twice is one record, another one is refused', () => {
  const state = given(scheduled, started, recorded)
  assert.deepEqual(recordVisit(withNegative, state), [])
  refused(() => recordVisit(record(), state), 'VISIT_ALREADY_RECORDED')
})

test('the same finding has the same id whenever it is computed', () => {
  assert.equal(onlyFinding(given(scheduled, recorded)), onlyFinding(given(scheduled, started, recorded)))
})

test('a record for a day to come is refused', () => {
  refused(() => recordVisit(record({ today: '2026-11-02' }), given(scheduled)), 'VISIT_IN_FUTURE', '/visitedOn')
})

test('[I8] the phone records an unscheduled visit in one append, by the supervisor posted that day only', () => {
  const quick = {
    ...withNegative,
    school,
    supervisor,
    checklist,
    taskId: null,
    by: staff,
    startedAt: '2026-11-03T01:00:00.000Z',
    postings: [
      { supervisorId: null, from: '2026-01-01' },
      { supervisorId, from: '2026-09-01' },
    ],
  }
  const events = recordQuickVisit(quick, initialVisit)
  assert.deepEqual(
    events.map(({ type }) => type),
    ['VisitScheduled', 'VisitStarted', 'VisitRecorded'],
  )
  const state = events.reduce(evolveVisit, initialVisit)
  assert.deepEqual(recordQuickVisit(quick, state), [], 'sent twice it is one visit')
  refused(() => recordQuickVisit({ ...quick, visitedOn: '2026-11-02' }, state), 'VISIT_ALREADY_RECORDED')
  const before = { ...quick, visitedOn: '2026-08-31' }
  refused(() => recordQuickVisit(before, initialVisit), 'VISIT_SUPERVISOR_NOT_POSTED', '/schoolId')
  refused(() => recordQuickVisit(quick, given(scheduled)), 'VISIT_ALREADY_SCHEDULED')
})

test('[X1] a confirmed finding carries everything that rectification needs, once', () => {
  const state = given(scheduled, started, recorded)
  const findingId = onlyFinding(state)
  const command = {
    findingId,
    severity: 'serious' as const,
    description: null,
    at: '2026-11-04T01:00:00.000Z',
    by: staff,
  }
  const [event] = confirmFinding(command, state)
  assert.equal(event?.type, 'FindingConfirmed')
  if (event?.type !== 'FindingConfirmed') return
  assert.deepEqual(
    [event.data.schoolName, event.data.zoneName, event.data.supervisorName, event.data.itemCode, event.data.foundOn],
    ['示例第一小学', '城区责任区', '示例督学甲', 'C02', '2026-11-03'],
  )
  assert.equal(event.data.severity, 'serious')
  assert.deepEqual(confirmFinding(command, evolveVisit(state, event)), [])
})

test('what was dismissed cannot be confirmed, and the other way round', () => {
  const state = given(scheduled, recorded)
  const findingId = onlyFinding(state)
  const confirm = {
    findingId,
    severity: 'ordinary' as const,
    description: null,
    at: '2026-11-04T01:00:00.000Z',
    by: staff,
  }
  const dismissed = dismissFinding({ findingId, reason: '已现场整改', by: staff }, state).reduce(evolveVisit, state)
  refused(() => confirmFinding(confirm, dismissed), 'FINDING_ALREADY_DISMISSED')
  assert.deepEqual(dismissFinding({ findingId, reason: '已现场整改', by: staff }, dismissed), [])
  const confirmed = confirmFinding(confirm, state).reduce(evolveVisit, state)
  refused(() => dismissFinding({ findingId, reason: '误判', by: staff }, confirmed), 'FINDING_ALREADY_CONFIRMED')
})

test('nothing is confirmed before the record is there, nor what the record has not', () => {
  const confirm = {
    findingId: visitId,
    severity: 'ordinary' as const,
    description: null,
    at: '2026-11-04T01:00:00.000Z',
    by: staff,
  }
  refused(() => confirmFinding(confirm, initialVisit), 'VISIT_NOT_FOUND')
  refused(() => confirmFinding(confirm, given(scheduled)), 'VISIT_NOT_RECORDED')
  refused(() => confirmFinding(confirm, given(scheduled, recorded)), 'FINDING_NOT_FOUND')
})

test('[I7] a visit that its month went by without is missed, once, and only after the month', () => {
  assert.deepEqual(missVisit({ date: '2026-11-30' }, given(scheduled)), [])
  const [event] = missVisit({ date: '2026-12-01' }, given(scheduled))
  assert.deepEqual(event, { type: 'VisitMissed', data: { month: '2026-11', noticedOn: '2026-12-01' } })
  assert.deepEqual(missVisit({ date: '2026-12-02' }, given(scheduled, missed)), [])
  assert.deepEqual(missVisit({ date: '2026-12-01' }, given(scheduled, recorded)), [])
  assert.deepEqual(
    missVisit(
      { date: '2026-12-01' },
      given(scheduled, (s) => cancelVisit({ reason: '停课', by: staff }, s)),
    ),
    [],
  )
})

test('[I7] a record from a phone that was offline over the month’s end still counts for its month', () => {
  const late = record({ visitedOn: '2026-11-30', today: '2026-12-02' })
  assert.equal(recordVisit(late, given(scheduled, missed))[0]?.type, 'VisitRecorded')
  const tooLate = record({ visitedOn: '2026-12-01', today: '2026-12-02' })
  refused(() => recordVisit(tooLate, given(scheduled, missed)), 'VISIT_IS_MISSED')
})

test('a cancelled visit can neither start nor be recorded, a recorded one not be cancelled', () => {
  const cancelled = given(scheduled, (state) => cancelVisit({ reason: '停课', by: staff }, state))
  refused(() => startVisit({ at: '2026-11-03T01:00:00.000Z' }, cancelled), 'VISIT_IS_CANCELLED')
  refused(() => recordVisit(record(), cancelled), 'VISIT_IS_CANCELLED')
  refused(() => cancelVisit({ reason: '停课', by: staff }, given(scheduled, recorded)), 'VISIT_ALREADY_RECORDED')
  assert.deepEqual(cancelVisit({ reason: '停课', by: staff }, cancelled), [])
  assert.deepEqual(startVisit({ at: '2026-11-03T01:00:00.000Z' }, given(scheduled, started)), [])
})

test('every event a decision makes can be stored', () => {
  const state = given(scheduled, started, recorded)
  const findingId = onlyFinding(state)
  const events = [
    ...scheduled(initialVisit),
    ...started(given(scheduled)),
    ...recorded(given(scheduled)),
    ...confirmFinding(
      { findingId, severity: 'urgent', description: '补充', at: '2026-11-04T01:00:00.000Z', by: staff },
      state,
    ),
    ...dismissFinding({ findingId, reason: '误判', by: staff }, state),
    ...cancelVisit({ reason: '停课', by: staff }, given(scheduled)),
    ...missed(given(scheduled)),
  ]
  const today = visitEvents.storedNames.filter((name) => name !== 'visit-scheduled.v1')
  assert.deepEqual(new Set(events.map((event) => visitEvents.encode(event).type)), new Set(today))
})
