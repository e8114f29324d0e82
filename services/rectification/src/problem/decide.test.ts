import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDomainError } from '@dulian/event-sourcing'
import { refusal, stateAfter } from '@dulian/event-sourcing/testing'
import {
  decisionId,
  facts,
  head,
  noticeId,
  photo,
  principal,
  schoolId,
  supervisor,
  supervisorId,
  zoneId,
} from '../../test/samples.ts'
import { urgingLevelAt } from '../rules/aftercare-rules.ts'
import {
  assertDemandable,
  cancelProblem,
  extendDeadline,
  openProblem,
  passDeadline,
  reportRectification,
  returnRectification,
  setDemand,
  urgeProblem,
  verifyRectification,
} from './decide.ts'
import { type ProblemEvent, problemEvents } from './events.ts'
import { problemStream } from './problem.ts'
import { initialProblem, type Problem } from './state.ts'

type Step = (state: Problem) => readonly ProblemEvent[]

const demand = {
  decisionId,
  documentNumber: '永教督决〔2026〕1号',
  demand: '清理楼梯间，保持通道畅通',
  dueOn: '2026-12-01',
  issuedOn: '2026-11-05',
  issuedBy: { subject: 'head', name: '示例主任' },
}
const opened: Step = (state) => openProblem(facts, state)
const demanded: Step = (state) => setDemand(demand, state)
const reported: Step = (state) =>
  reportRectification(
    {
      text: '已清理',
      evidence: [photo],
      reportedOn: '2026-11-20',
      reportedBy: { subject: 'principal-a', name: '示例校长' },
    },
    state,
  )
const returned: Step = (state) =>
  returnRectification({ reason: '仍有杂物', dueOn: undefined, by: supervisor, today: '2026-11-23' }, state)
const verified: Step = (state) =>
  verifyRectification({ finding: '现场通畅', evidence: [photo], by: supervisor, today: '2026-11-24' }, state)
const cancelled: Step = (state) =>
  cancelProblem({ note: '同意销号', by: head, today: '2026-11-25', at: '2026-11-25T01:00:00.000Z' }, state)
const passed =
  (date: string): Step =>
  (state) =>
    passDeadline({ date }, state)
const urged =
  (today: string, dueOn = '2026-12-20'): Step =>
  (state) =>
    urgeProblem(
      {
        ...urgingLevelAt(1, today),
        noticeId,
        documentNumber: '永教督办〔2026〕3号',
        text: '请限期整改',
        dueOn,
        workingDaysOverdue: 1,
        zoneId,
        supervisorId,
        by: { subject: 'head', name: '示例主任' },
        today,
      },
      state,
    )
const extended =
  (dueOn: string, today = '2026-11-20'): Step =>
  (state) =>
    extendDeadline({ dueOn, reason: '雨季停工', by: { subject: 'head', name: '示例主任' }, today }, state)

const given = (...steps: readonly Step[]): Problem => stateAfter(problemStream, ...steps)
function refused(step: Step, state: Problem, code: string, pointer?: string): void {
  assert.throws(() => step(state), refusal(code, pointer))
}

test('[X1] a problem passes all steps, each one event', () => {
  const steps = [opened, demanded, reported, verified, cancelled]
  const types = steps.map((step, place) => step(given(...steps.slice(0, place))).map(({ type }) => type))
  assert.deepEqual(types.flat(), [
    'ProblemOpened',
    'DemandSet',
    'RectificationReported',
    'RectificationVerified',
    'ProblemCancelled',
  ])
  assert.equal(given(...steps).stage, 'cancelled')
})

test('[X1] no step can be left out', () => {
  const stages: Record<string, Problem> = {
    opened: given(opened),
    demanded: given(opened, demanded),
    reported: given(opened, demanded, reported),
    returned: given(opened, demanded, reported, returned),
    verified: given(opened, demanded, reported, verified),
    cancelled: given(opened, demanded, reported, verified, cancelled),
  }
  const allowed: Record<string, readonly [Step, readonly string[]]> = {
    report: [reported, ['demanded', 'returned']],
    return: [returned, ['reported']],
    verify: [verified, ['reported']],
    cancel: [cancelled, ['verified']],
  }
  for (const [name, [step, from]] of Object.entries(allowed)) {
    for (const [stage, state] of Object.entries(stages)) {
      if (from.includes(stage)) assert.equal(step(state).length, 1, `${name} from ${stage}`)
      else refused(step, state, stage === 'cancelled' ? 'PROBLEM_IS_CANCELLED' : 'PROBLEM_STEP_NOT_OPEN')
    }
    refused(step, initialProblem, 'PROBLEM_NOT_FOUND')
  }
})

test('[X1] a refused step names the stage and the step that is missing', () => {
  assert.throws(
    () => cancelled(given(opened, demanded, reported)),
    (error) => isDomainError(error) && error.detail.includes('待核查') && error.detail.includes('“核查”'),
  )
})

test('opening twice, and a demand set twice, change nothing', () => {
  assert.deepEqual(opened(given(opened)), [])
  assert.deepEqual(demanded(given(opened, demanded)), [])
  assert.deepEqual(demanded(given(opened, demanded, reported)), [], 'a demand that comes late is not refused')
  assert.throws(() => assertDemandable(given(opened, demanded)), refusal('PROBLEM_STEP_NOT_OPEN'))
})

test('[X6] a report without evidence is refused', () => {
  const bare: Step = (state) =>
    reportRectification(
      { text: '已改', evidence: [], reportedOn: '2026-11-20', reportedBy: { subject: 'p', name: '示例校长' } },
      state,
    )
  refused(bare, given(opened, demanded), 'PROBLEM_REPORT_EVIDENCE_MISSING', '/evidence')
})

test('[X3] neither the reporter nor anybody of the school verifies, returns or cancels', () => {
  const colleague = { subject: 'teacher', name: '示例教师', schoolId }
  const reporterElsewhere = { ...principal, schoolId: null }
  for (const by of [principal, colleague, reporterElsewhere]) {
    refused(
      (state) => verifyRectification({ finding: '好', evidence: [photo], by, today: '2026-11-24' }, state),
      given(opened, demanded, reported),
      'PROBLEM_VERIFIER_IS_REPORTER',
    )
    refused(
      (state) => returnRectification({ reason: '不好', dueOn: undefined, by, today: '2026-11-24' }, state),
      given(opened, demanded, reported),
      'PROBLEM_VERIFIER_IS_REPORTER',
    )
    refused(
      (state) => cancelProblem({ note: '销', by, today: '2026-11-25', at: '2026-11-25T01:00:00.000Z' }, state),
      given(opened, demanded, reported, verified),
      'PROBLEM_VERIFIER_IS_REPORTER',
    )
  }
})

test('[X3] a verification, and so a cancelled problem, needs evidence', () => {
  refused(
    (state) => verifyRectification({ finding: '好', evidence: [], by: head, today: '2026-11-24' }, state),
    given(opened, demanded, reported),
    'PROBLEM_VERIFICATION_EVIDENCE_MISSING',
    '/evidence',
  )
})

test('[X5] a limit passes the day after it, exactly once', () => {
  const state = given(opened, demanded)
  assert.deepEqual(passed('2026-12-01')(state), [])
  assert.deepEqual(passed('2026-12-02')(state), [
    { type: 'DeadlinePassed', data: { dueOn: '2026-12-01', noticedOn: '2026-12-02' } },
  ])
  const after = given(opened, demanded, passed('2026-12-02'))
  for (const date of ['2026-12-02', '2026-12-03', '2026-12-01']) assert.deepEqual(passed(date)(after), [])
})

test('[X5] what is reported in time does not pass, however long the verification takes; returned it can', () => {
  assert.deepEqual(passed('2027-01-31')(given(opened, demanded, reported)), [])
  assert.equal(passed('2026-12-02')(given(opened, demanded, reported, returned)).length, 1)
  assert.deepEqual(passed('2027-01-31')(given(opened)), [])
  assert.deepEqual(passed('2027-01-31')(given(opened, demanded, reported, verified, cancelled)), [])
})

test('[X5] an overdue problem is urged with a new limit, which passes in its turn', () => {
  refused(urged('2026-12-01'), given(opened, demanded), 'PROBLEM_NOT_OVERDUE')
  const [event] = urged('2026-12-02')(given(opened, demanded, passed('2026-12-02')))
  assert.equal(event?.type, 'ProblemUrged')
  if (event?.type !== 'ProblemUrged') return
  assert.deepEqual(
    [event.data.documentNumber, event.data.formerDueOn, event.data.dueOn, event.data.schoolName],
    ['永教督办〔2026〕3号', '2026-12-01', '2026-12-20', '示例第一小学'],
  )
  const state = given(opened, demanded, passed('2026-12-02'), urged('2026-12-02'))
  assert.deepEqual(passed('2026-12-20')(state), [])
  assert.equal(passed('2026-12-21')(state).length, 1)
  refused(urged('2026-12-20'), state, 'PROBLEM_NOT_OVERDUE')
  assert.equal(state.stage === 'demanded' && state.demand.originalDueOn, '2026-12-01')
})

test('[X5] the new limit of an urging lies ahead, and only what has a counting limit is urged', () => {
  refused(urged('2026-12-02', '2026-12-02'), given(opened, demanded), 'DEADLINE_NOT_IN_FUTURE', '/newDueOn')
  refused(urged('2026-12-02'), given(opened), 'PROBLEM_HAS_NO_DEADLINE')
  refused(urged('2026-12-02'), given(opened, demanded, reported), 'PROBLEM_HAS_NO_DEADLINE')
})

test('a limit is extended only to a later day ahead, with its reason', () => {
  const [event] = extended('2026-12-10')(given(opened, demanded))
  assert.deepEqual(
    event?.type === 'DeadlineExtended' && [event.data.formerDueOn, event.data.dueOn, event.data.reason],
    ['2026-12-01', '2026-12-10', '雨季停工'],
  )
  refused(extended('2026-12-01'), given(opened, demanded), 'DEADLINE_NOT_LATER', '/dueOn')
  refused(extended('2026-12-10', '2026-12-10'), given(opened, demanded), 'DEADLINE_NOT_IN_FUTURE', '/dueOn')
  refused(extended('2026-12-10'), given(opened), 'PROBLEM_HAS_NO_DEADLINE')
})

test('a limit is put off twice at most', () => {
  const twice = given(opened, demanded, extended('2026-12-10'), extended('2026-12-20'))
  refused(extended('2026-12-30'), twice, 'EXTENSIONS_USED_UP')
})

test('[X1] a returned report goes back to the school, with a new date when one is given', () => {
  const later: Step = (state) =>
    returnRectification({ reason: '仍有杂物', dueOn: '2026-12-15', by: head, today: '2026-11-23' }, state)
  const state = given(opened, demanded, reported, later)
  assert.equal(state.stage === 'returned' && state.demand.dueOn, '2026-12-15')
  assert.equal(given(opened, demanded, reported, later, reported).stage, 'reported')
  const past: Step = (problem) =>
    returnRectification({ reason: '仍有杂物', dueOn: '2026-11-23', by: head, today: '2026-11-23' }, problem)
  refused(past, given(opened, demanded, reported), 'DEADLINE_NOT_IN_FUTURE', '/dueOn')
})

test('every event a decision makes can be stored', () => {
  const events = [
    ...opened(initialProblem),
    ...demanded(given(opened)),
    ...extended('2026-12-10')(given(opened, demanded)),
    ...passed('2026-12-02')(given(opened, demanded)),
    ...urged('2026-12-02')(given(opened, demanded)),
    ...reported(given(opened, demanded)),
    ...returned(given(opened, demanded, reported)),
    ...verified(given(opened, demanded, reported)),
    ...cancelled(given(opened, demanded, reported, verified)),
  ]
  const written = new Set(events.map((event) => problemEvents.encode(event).type))
  // The rest is in decide-aftercare.test.ts; what is stored in an older form is written no more.
  assert.equal(written.size, events.length)
  for (const type of written) assert.ok(problemEvents.owns(type))
})
