import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusal, stateAfter } from '@dulian/event-sourcing/testing'
import { decisionId, facts, head, photo, principal, schoolId, supervisor } from '../../test/samples.ts'
import { cancelProblem, openProblem, reportRectification, setDemand, verifyRectification } from './decide.ts'
import {
  confirmEffect,
  hasTaken,
  passReCheck,
  reboundAsFound,
  reboundAtReCheck,
  scheduleReCheck,
} from './decide-aftercare.ts'
import { askBody, replyForBody } from './decide-body.ts'
import { type ProblemEvent, problemEvents } from './events.ts'
import { problemStream } from './problem.ts'
import { initialProblem, type Problem } from './state.ts'

type Step = (state: Problem) => readonly ProblemEvent[]

const person = { subject: 'head', name: '示例主任' }
const reCheck = { from: '2027-01-12', dueOn: '2027-02-09', rule: { id: 're-check-term', version: 1 } }
const demand = {
  decisionId,
  documentNumber: '永教督决〔2026〕1号',
  demand: '清理',
  dueOn: '2026-12-01',
  issuedOn: '2026-11-05',
  issuedBy: person,
}
const upToVerified: readonly Step[] = [
  (state) => openProblem(facts, state),
  (state) => setDemand(demand, state),
  (state) =>
    reportRectification({ text: '已清理', evidence: [photo], reportedOn: '2026-11-20', reportedBy: principal }, state),
  (state) => verifyRectification({ finding: '通畅', evidence: [photo], by: supervisor, today: '2026-11-24' }, state),
]
const cancelled: Step = (state) =>
  cancelProblem({ note: '同意', by: head, today: '2026-11-25', at: '2026-11-25T01:00:00.000Z', reCheck }, state)
const passed =
  (today = '2027-01-12', by = supervisor): Step =>
  (state) =>
    passReCheck({ finding: '仍通畅', evidence: [photo], by, today }, state)
const confirmed: Step = (state) => confirmEffect({ note: '见底见效', by: head, today: '2027-01-20' }, state)
const reboundSeen: Step = (state) =>
  reboundAtReCheck(
    { finding: '又堆满了', evidence: [photo], by: supervisor, today: '2026-12-10', occurrenceId: decisionId },
    state,
  )
const found =
  (given: { foundOn?: string; since?: string; severity?: 'ordinary' | 'urgent' } = {}): Step =>
  (state) =>
    reboundAsFound(
      {
        cause: 'finding',
        occurrenceId: schoolId,
        findingId: schoolId,
        visitId: null,
        taskId: null,
        description: '又堆满了',
        evidence: [],
        severity: 'ordinary',
        source: facts.source,
        rule: { id: 'rebound-window', version: 1 },
        since: '2025-12-10',
        foundOn: '2026-12-10',
        foundBy: person,
        ...given,
      },
      state,
    )
const given = (...steps: readonly Step[]): Problem => stateAfter(problemStream, ...upToVerified, ...steps)
function refused(step: Step, state: Problem, code: string, pointer?: string): void {
  assert.throws(() => step(state), refusal(code, pointer))
}

test('[X7] a cancellation schedules its re-check with it; what was cancelled before there were any gets one, once', () => {
  assert.deepEqual(
    cancelled(given()).map(({ type }) => type),
    ['ProblemCancelled', 'ReCheckScheduled'],
  )
  const bare: Step = (state) =>
    cancelProblem({ note: '同意', by: head, today: '2026-11-25', at: '2026-11-25T01:00:00.000Z' }, state)
  assert.equal(scheduleReCheck(reCheck, given(bare)).length, 1)
  assert.deepEqual(scheduleReCheck(reCheck, given(cancelled)), [])
  assert.deepEqual(scheduleReCheck(reCheck, given()), [], 'nothing for what is open')
})

test('[X7] a re-check is made after its first day, with evidence, once, and only of what is cancelled', () => {
  assert.equal(passed()(given(cancelled)).length, 1)
  refused(passed('2027-01-11'), given(cancelled), 'RECHECK_TOO_EARLY')
  refused(passed(), given(cancelled, passed()), 'RECHECK_DONE')
  refused(passed(), given(), 'PROBLEM_STEP_NOT_OPEN')
  refused(passed(), initialProblem, 'PROBLEM_NOT_FOUND')
  const bare: Step = (state) => passReCheck({ finding: '好', evidence: [], by: supervisor, today: '2027-01-12' }, state)
  refused(bare, given(cancelled), 'RECHECK_EVIDENCE_MISSING', '/evidence')
})

test('[X7] neither the reporter nor anybody of the school makes the re-check, or finds the rebound', () => {
  for (const by of [principal, { ...principal, schoolId: null }, { subject: 'teacher', name: '示例教师', schoolId }]) {
    refused(passed('2027-01-12', by), given(cancelled), 'PROBLEM_VERIFIER_IS_REPORTER')
    const rebound: Step = (state) =>
      reboundAtReCheck({ finding: '反弹', evidence: [photo], by, today: '2027-01-12', occurrenceId: decisionId }, state)
    refused(rebound, given(cancelled), 'PROBLEM_VERIFIER_IS_REPORTER')
  }
})

test('[X9] the effect is confirmed after a passed re-check, once', () => {
  refused(confirmed, given(cancelled), 'EFFECT_NOT_CHECKED')
  assert.equal(confirmed(given(cancelled, passed())).length, 1)
  refused(confirmed, given(cancelled, passed(), confirmed), 'EFFECT_CONFIRMED')
  refused(confirmed, given(), 'PROBLEM_STEP_NOT_OPEN')
  const byReporter: Step = (state) => confirmEffect({ note: '好', by: principal, today: '2027-01-20' }, state)
  refused(byReporter, given(cancelled, passed()), 'PROBLEM_VERIFIER_IS_REPORTER')
})

test('[X7] a re-check that finds it again reopens the problem, graver and one level higher, before its first day too', () => {
  const [event] = reboundSeen(given(cancelled))
  assert.equal(event?.type, 'ReboundFound')
  if (event?.type !== 'ReboundFound') return
  const { formerSeverity, severity, times, urgingLevel, cancelledOn } = event.data
  assert.deepEqual(
    [formerSeverity, severity, times, urgingLevel, cancelledOn],
    ['serious', 'urgent', 1, 1, '2026-11-25'],
  )
  const state = given(cancelled, reboundSeen)
  assert.equal(state.stage, 'rebounded')
  refused(reboundSeen, state, 'PROBLEM_STEP_NOT_OPEN')
})

test('[N9] the same problem found again within the window rebounds; later, or while it is open, it does not', () => {
  assert.equal(found()(given(cancelled)).length, 1)
  assert.equal(found()(given(cancelled, passed(), confirmed)).length, 1, 'also when its effect was confirmed')
  assert.deepEqual(found({ since: '2026-11-26' })(given(cancelled)), [])
  assert.deepEqual(found()(given()), [])
  const state = given(cancelled, found())
  assert.deepEqual(found()(state), [], 'told twice it rebounds once')
  assert.ok(hasTaken(state, schoolId))
  assert.ok(!hasTaken(state, decisionId) && !hasTaken(initialProblem, schoolId))
})

test('[N9] a rebound needs a new decision: the old one sets no demand any more', () => {
  const state = given(cancelled, found())
  assert.deepEqual(setDemand(demand, state), [])
  assert.equal(setDemand({ ...demand, decisionId: schoolId, dueOn: '2027-01-15' }, state).length, 1)
})

const asked = {
  body: '区住建委',
  question: '请提出改造意见',
  replyDueOn: '2026-11-20',
  askedOn: '2026-11-06',
  askedBy: person,
}
const replied = { text: '同意', evidence: [photo], repliedOn: '2026-11-18', repliedBy: person }

test('[N16] a department is asked once at a time, by a day ahead, and only it is answered for', () => {
  const before = stateAfter(problemStream, ...upToVerified.slice(0, 2))
  assert.equal(askBody(asked, before).length, 1)
  const waiting = stateAfter(problemStream, ...upToVerified.slice(0, 2), (state) => askBody(asked, state))
  refused((state) => askBody(asked, state), waiting, 'BODY_ASKED_ALREADY')
  refused(
    (state) => askBody({ ...asked, replyDueOn: '2026-11-06' }, state),
    before,
    'DEADLINE_NOT_IN_FUTURE',
    '/replyDueOn',
  )
  refused((state) => replyForBody(replied, state), before, 'BODY_NOT_ASKED')
  refused((state) => askBody(asked, state), given(cancelled), 'PROBLEM_IS_CANCELLED')
  const answered = stateAfter(
    problemStream,
    ...upToVerified.slice(0, 2),
    (state) => askBody(asked, state),
    (state) => replyForBody(replied, state),
  )
  refused((state) => askBody({ ...asked, body: '区财政局' }, state), answered, 'BODY_IS_ANOTHER', '/body')
  assert.equal(askBody(asked, answered).length, 1, 'the same department can be asked again')
})

test('every event of what follows a cancellation can be stored', () => {
  const before = stateAfter(problemStream, ...upToVerified.slice(0, 2))
  const waiting = stateAfter(problemStream, ...upToVerified.slice(0, 2), (state) => askBody(asked, state))
  const events = [
    ...askBody(asked, before),
    ...replyForBody(replied, waiting),
    ...cancelled(given()),
    ...passed()(given(cancelled)),
    ...confirmed(given(cancelled, passed())),
    ...reboundSeen(given(cancelled)),
  ]
  for (const event of events) assert.ok(problemEvents.owns(problemEvents.encode(event).type))
  assert.equal(new Set(events.map(({ type }) => type)).size, 7)
})
