import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCalendar } from '@dulian/calendar'
import { streamName } from '@dulian/event-sourcing'
import { EventLog, project, projectionSuite } from '@dulian/event-sourcing/testing'
import type { KnownInterval } from '@dulian/history'
import { historySuite } from '@dulian/history/testing'
import { clockEvents } from '@dulian/service-host'
import {
  decisionId,
  facts,
  findingId,
  noticeId,
  otherProblemId,
  photo,
  problemId,
  schoolId,
  supervisorId,
  zoneId,
} from '../test/samples.ts'
import { decisionEvents } from './decision/events.ts'
import { feedbackEvents } from './feedback/events.ts'
import { inbox } from './integration/consume.ts'
import { type ProblemEvent, problemEvents } from './problem/events.ts'
import { projections } from './projections.ts'
import { urgingNoticeEvents } from './urging-notice/events.ts'
import { deadlinesProjection } from './views/deadlines/projection.ts'
import { problemFactsProjection, problemHistoryProjection } from './views/problem-history/projection.ts'
import { nextStepForSchool, nextStepOf } from './views/problems/next-step.ts'
import type { ProblemDocument, ProblemFacts } from './views/problems/problem-document.ts'
import { problemsProjection } from './views/problems/projection.ts'
import { waitingOf } from './views/problems/waiting.ts'

const office = 'yongchuan'
const feedbackId = '0197a000-0000-7000-8000-000000000e01'
const otherSupervisor = '0197a000-0000-7000-8000-000000000502'
const head = { subject: 'head', name: '示例主任' }
const key = {
  schoolId,
  schoolName: facts.schoolName,
  findingId,
  visitId: facts.visitId,
  taskId: null,
  title: facts.title,
}

/** One problem through everything that can happen to it, a second one just open, and the registry changing beside them. */
function aLife() {
  const log = new EventLog('2026-11-01T01:00:00.000Z')
  const told = (id: string, event: Parameters<typeof inbox.encode>[0]) =>
    log.add(inbox, streamName('inbox', office, id), event)
  const happened = (at: string, event: ProblemEvent, id = problemId) => {
    log.at(at)
    log.add(problemEvents, streamName('problem', office, id), event)
  }
  const school = {
    office,
    schoolId,
    code: '1',
    kind: 'school',
    stage: 'primary',
    ownership: 'public',
    enrolment: 1,
  } as const
  told('posting', {
    type: 'PostingChanged',
    data: { office, schoolId, supervisorId, supervisorName: '示例督学甲', from: '2026-09-01' },
  })
  told('school', {
    type: 'SchoolRegistered',
    data: { ...school, name: facts.schoolName, zoneId, zoneName: '城区责任区' },
  })
  happened('2026-11-04T02:00:00.000Z', { type: 'ProblemOpened', data: facts })
  const second = {
    ...facts,
    number: '永-2026-0002',
    origin: null,
    findingId: null,
    visitId: null,
    openedBy: head,
    body: '区住建委',
  }
  happened('2026-11-04T03:00:00.000Z', { type: 'ProblemOpened', data: second }, otherProblemId)
  const documentNumber = '永教督决〔2026〕1号'
  const item = {
    problemId,
    number: facts.number,
    title: facts.title,
    description: facts.description,
    schoolId,
    schoolName: facts.schoolName,
    zoneId,
    supervisorId,
    body: null,
    demand: '清理',
    dueOn: '2026-11-13',
  }
  log.at('2026-11-06T02:00:00.000Z')
  log.add(decisionEvents, streamName('decision', office, decisionId), {
    type: 'DecisionIssued',
    data: {
      documentNumber,
      form: 'writing',
      meeting: null,
      note: null,
      problems: [item],
      issuedOn: '2026-11-06',
      issuedBy: head,
      termRule: { id: 'rectification-term', version: 1, workingDays: 30 },
    },
  })
  happened('2026-11-06T02:00:00.000Z', {
    type: 'DemandSet',
    data: { decisionId, documentNumber, demand: '清理', dueOn: '2026-11-13', issuedOn: '2026-11-06', issuedBy: head },
  })
  happened('2026-11-09T02:00:00.000Z', {
    type: 'DeadlineExtended',
    data: { formerDueOn: '2026-11-13', dueOn: '2026-11-16', reason: '雨', extendedBy: head },
  })
  log.at('2026-11-16T16:00:01.000Z')
  log.add(clockEvents, streamName('clock', 'all', 'days'), {
    type: 'DayBegan',
    data: { date: '2026-11-17', workingDay: true },
  })
  happened('2026-11-16T16:00:02.000Z', {
    type: 'DeadlinePassed',
    data: { dueOn: '2026-11-16', noticedOn: '2026-11-17' },
  })
  const urged = {
    ...key,
    documentNumber: '永教督办〔2026〕1号',
    problemNumber: facts.number,
    decisionNumber: documentNumber,
    level: 1,
    levelName: '督办',
    consequence: '将予以通报。',
    text: '请整改',
    formerDueOn: '2026-11-16',
    workingDaysOverdue: 1,
    zoneId,
    supervisorId,
    body: null,
  }
  happened('2026-11-17T02:00:00.000Z', {
    type: 'ProblemUrged',
    data: { ...urged, noticeId, dueOn: '2026-11-27', urgedOn: '2026-11-17', urgedBy: head },
  })
  log.add(urgingNoticeEvents, streamName('urgingNotice', office, noticeId), {
    type: 'UrgingNoticeIssued',
    data: { ...urged, problemId, newDueOn: '2026-11-27', issuedOn: '2026-11-17', issuedBy: head },
  })
  const reported: ProblemEvent = {
    type: 'RectificationReported',
    data: {
      text: '已清理',
      evidence: [photo],
      reportedOn: '2026-11-19',
      reportedBy: { subject: 'p', name: '示例校长' },
    },
  }
  happened('2026-11-19T02:00:00.000Z', reported)
  happened('2026-11-20T02:00:00.000Z', {
    type: 'RectificationReturned',
    data: { reason: '仍有杂物', formerDueOn: '2026-11-27', dueOn: '2026-11-27', returnedBy: head },
  })
  log.at('2026-11-20T03:00:00.000Z')
  told('posting', {
    type: 'PostingChanged',
    data: { office, schoolId, supervisorId: otherSupervisor, supervisorName: '示例督学乙', from: '2026-11-25' },
  })
  told('school', { type: 'SchoolChanged', data: { ...school, name: '示例实验小学', zoneId, zoneName: '新城责任区' } })
  happened('2026-11-23T02:00:00.000Z', reported)
  log.at('2026-11-24T16:00:01.000Z')
  log.add(clockEvents, streamName('clock', 'all', 'days'), {
    type: 'DayBegan',
    data: { date: '2026-11-25', workingDay: true },
  })
  happened('2026-11-26T02:00:00.000Z', {
    type: 'RectificationVerified',
    data: { finding: '现场通畅', evidence: [photo], verifiedOn: '2026-11-26', verifiedBy: head },
  })
  const received = { receivedOn: '2026-11-26', receivedBy: { subject: 'p', name: '示例校长' } }
  log.add(decisionEvents, streamName('decision', office, decisionId), {
    type: 'DecisionReceived',
    data: { ...received, schoolId, schoolName: facts.schoolName, problemIds: [problemId] },
  })
  log.add(urgingNoticeEvents, streamName('urgingNotice', office, noticeId), {
    type: 'UrgingNoticeReceived',
    data: { ...received, problemId },
  })
  log.add(feedbackEvents, streamName('feedback', office, feedbackId), {
    type: 'FeedbackRegistered',
    data: {
      source: second.source,
      receivedOn: '2026-11-26',
      files: [photo],
      problems: [],
      registeredOn: '2026-11-26',
      registeredBy: head,
    },
  })
  happened('2026-11-30T02:00:00.000Z', {
    type: 'ProblemCancelled',
    data: {
      ...key,
      note: '同意销号',
      cancelledOn: '2026-11-30',
      cancelledAt: '2026-11-30T02:00:00.000Z',
      cancelledBy: head,
    },
  })
  happened('2026-11-30T02:00:00.000Z', {
    type: 'ReCheckScheduled',
    data: { from: '2027-01-12', dueOn: '2027-02-09', rule: { id: 're-check-term', version: 1 } },
  })
  told('school', { type: 'SchoolClosed', data: { office, schoolId, closedOn: '2026-12-31' } })
  return log.events
}

async function documentAfter(count?: number, id = problemId): Promise<ProblemDocument> {
  const view = await project(problemsProjection, aLife().slice(0, count))
  const document = view.document<ProblemDocument>('problems', id)
  assert.ok(document)
  return document
}

for (const projection of projections) projectionSuite(projection, aLife())
historySuite(problemHistoryProjection, problemFactsProjection, aLife())

test('[X1] the timeline leads from the checklist line to 销号, with who, when and what', async () => {
  const { timeline, reports, state } = await documentAfter()
  assert.equal(state, 'cancelled')
  assert.deepEqual(
    timeline.map(({ event, actorName, documentNumber }) => [event, actorName, documentNumber]),
    [
      ['VisitRecorded', '示例督学甲', null],
      ['FindingConfirmed', '示例主任', null],
      ['ProblemOpened', null, null],
      ['DemandSet', '示例主任', '永教督决〔2026〕1号'],
      ['DeadlineExtended', '示例主任', null],
      ['DeadlinePassed', null, null],
      ['ProblemUrged', '示例主任', '永教督办〔2026〕1号'],
      ['RectificationReported', '示例校长', null],
      ['RectificationReturned', '示例主任', null],
      ['RectificationReported', '示例校长', null],
      ['RectificationVerified', '示例主任', null],
      ['DecisionReceived', '示例校长', null],
      ['UrgingNoticeReceived', '示例校长', null],
      ['ProblemCancelled', '示例主任', null],
      ['ReCheckScheduled', null, null],
    ],
  )
  assert.match(timeline[0]?.at ?? '', /^\d{4}-\d{2}-\d{2}$/, 'of the visit only its day is known here')
  assert.ok(timeline[0]?.title.includes('A05') && timeline[0].note?.includes('课桌'))
  assert.deepEqual(
    reports.map(({ outcome, outcomeNote }) => [outcome, outcomeNote]),
    [
      ['returned', '仍有杂物'],
      ['verified', '现场通畅'],
    ],
  )
})

test('[N16] waiting time is split by party in working days and adds up', async () => {
  const { waits } = await documentAfter()
  assert.deepEqual(waits, [
    { party: 'office', from: '2026-11-04', to: '2026-11-06' },
    { party: 'school', from: '2026-11-06', to: '2026-11-19' },
    { party: 'supervisor', from: '2026-11-19', to: '2026-11-20' },
    { party: 'school', from: '2026-11-20', to: '2026-11-23' },
    { party: 'supervisor', from: '2026-11-23', to: '2026-11-26' },
    { party: 'office', from: '2026-11-26', to: '2026-11-30' },
  ])
  const calendar = openCalendar()
  const { total, parties } = waitingOf(waits, '2026-12-31', calendar)
  assert.deepEqual(parties, [
    { party: 'school', workingDays: 9 + 1 },
    { party: 'office', workingDays: 2 + 2 },
    { party: 'supervisor', workingDays: 1 + 3 },
    { party: 'body', workingDays: 0 },
  ])
  assert.equal(total, calendar.workingDaysBetween('2026-11-04', '2026-11-30'))
})

test('[N16] an open wait counts up to the day that is asked about', () => {
  const waits = [{ party: 'office', from: '2026-11-04', to: null }] as const
  assert.equal(waitingOf(waits, '2026-11-09', openCalendar()).total, 3)
  assert.equal(waitingOf(waits, '2026-11-01', openCalendar()).total, 0)
})

test('the next step says whose turn it is; the school hears only of its own', async () => {
  const opened = await documentAfter(3)
  assert.deepEqual(nextStepOf(opened), { role: 'office', action: '下达整改决定', by: null })
  assert.equal(nextStepForSchool(opened)?.action, '等待督导室下达整改决定')
  const demanded = await documentAfter(6)
  assert.deepEqual([nextStepOf(demanded)?.role, nextStepOf(demanded)?.by], ['school', '2026-11-13'])
  assert.deepEqual(nextStepForSchool(demanded), nextStepOf(demanded))
  const cancelled = await documentAfter()
  assert.deepEqual(nextStepOf(cancelled), { role: 'supervisor', action: '开展回头看', by: '2027-02-09' })
  assert.equal(nextStepForSchool(cancelled), null)
})

test('a problem follows its school’s name and zone, and its new supervisor from the day of the posting', async () => {
  const events = aLife()
  const renamed = events.findIndex(({ type }) => type.includes('school-changed')) + 1
  const before = await documentAfter(renamed)
  assert.deepEqual(
    [before.schoolName, before.zoneName, before.supervisorName],
    ['示例实验小学', '新城责任区', '示例督学甲'],
  )
  const after = await documentAfter(events.length)
  assert.equal(after.supervisorName, '示例督学乙')
  const second = await documentAfter(events.length, otherProblemId)
  assert.deepEqual([second.schoolName, second.supervisorName], ['示例实验小学', '示例督学乙'])
})

async function snapshotOn(day: string): Promise<(ProblemFacts & KnownInterval) | undefined> {
  const view = await project(problemHistoryProjection, aLife())
  const known = view.documents<ProblemFacts & KnownInterval>('problems-known')
  const found = known.filter((one) => one.problemId === problemId && one.knownFrom <= day && one.knownTo > day)
  assert.ok(found.length <= 1, 'one snapshot a day')
  return found[0]
}

test('[N10] every past day has exactly one snapshot: what was known at its end', async () => {
  const on = async (day: string) => (await snapshotOn(day))?.state
  assert.equal(await on('2026-11-03'), undefined)
  assert.deepEqual(
    await Promise.all(
      [
        '2026-11-04',
        '2026-11-05',
        '2026-11-06',
        '2026-11-18',
        '2026-11-19',
        '2026-11-20',
        '2026-11-29',
        '2026-11-30',
        '2030-01-01',
      ].map(on),
    ),
    ['opened', 'opened', 'demanded', 'demanded', 'reported', 'returned', 'verified', 'cancelled', 'cancelled'],
  )
  assert.equal((await snapshotOn('2026-11-08'))?.dueOn, '2026-11-13')
  assert.equal((await snapshotOn('2026-11-09'))?.dueOn, '2026-11-16')
  assert.equal((await snapshotOn('2026-11-19'))?.schoolName, '示例第一小学')
  assert.equal((await snapshotOn('2026-11-20'))?.schoolName, '示例实验小学')
})

test('[N10] a day that began in China while it was yesterday in UTC is that day', async () => {
  // DeadlinePassed was stored at 16:00:02 UTC on the 16th: the 17th in China.
  const view = await project(problemHistoryProjection, aLife())
  const closed = view.documents<KnownInterval>('problems-known')
  assert.ok(closed.some(({ knownTo }) => knownTo === '2026-11-17'))
  assert.ok(!closed.some(({ knownFrom }) => knownFrom === '2026-11-16'))
})

test('[X5] a deadline waits only while it counts and has not passed', async () => {
  const events = aLife()
  const waiting = async (type: string) => {
    const until = events.findIndex((event) => event.type.startsWith(`${type}.`)) + 1
    const view = await project(deadlinesProjection, events.slice(0, until))
    const deadline = view.document<{ waiting: boolean; dueOn: string }>('deadlines', problemId)
    return deadline === undefined ? undefined : [deadline.dueOn, deadline.waiting]
  }
  assert.deepEqual(await waiting('demand-set'), ['2026-11-13', true])
  assert.deepEqual(await waiting('deadline-extended'), ['2026-11-16', true])
  assert.deepEqual(await waiting('deadline-passed'), ['2026-11-16', false])
  assert.deepEqual(await waiting('problem-urged'), ['2026-11-27', true])
  assert.deepEqual(await waiting('rectification-reported'), ['2026-11-27', false])
  assert.deepEqual(await waiting('rectification-returned'), ['2026-11-27', true])
  assert.equal(await waiting('problem-cancelled'), undefined)
})
