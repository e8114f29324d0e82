import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusal } from '@dulian/event-sourcing/testing'
import { facts, otherProblemId, problemId } from '../../test/samples.ts'
import { type GivenProblem, type IssueDecision, issueDecision, receiveDecision } from './decide.ts'
import type { DecisionIssued } from './events.ts'
import { evolveDecision, initialDecision } from './state.ts'

function problem(given: Partial<GivenProblem> = {}): GivenProblem {
  const { number, title, description, schoolId, schoolName, zoneId, supervisorId, body } = facts
  const demanded = { demand: '清理楼梯间', dueOn: '2026-12-01' }
  return {
    problemId,
    number,
    title,
    description,
    schoolId,
    schoolName,
    zoneId,
    supervisorId,
    body,
    ...demanded,
    ...given,
  }
}
function decision(problems: readonly GivenProblem[], given: Partial<IssueDecision> = {}): IssueDecision {
  return {
    documentNumber: '永教督决〔2026〕1号',
    form: 'writing',
    meeting: null,
    problems,
    note: null,
    issuedOn: '2026-11-05',
    issuedBy: { subject: 'head', name: '示例主任' },
    termRule: { id: 'rectification-term', version: 1, workingDays: 30 },
    ...given,
  }
}
function issued(command: IssueDecision): DecisionIssued {
  const [event] = issueDecision(command, initialDecision)
  assert.equal(event?.type, 'DecisionIssued')
  return event.data
}
function refused(command: IssueDecision, code: string, pointer: string): void {
  assert.throws(() => issueDecision(command, initialDecision), refusal(code, pointer))
}

test('[X4] a decision lists every problem with its demand and its date', () => {
  const event = issued(decision([problem(), problem({ problemId: otherProblemId })]))
  assert.deepEqual(
    event.problems.map(({ demand, dueOn }) => [demand, dueOn]),
    [
      ['清理楼梯间', '2026-12-01'],
      ['清理楼梯间', '2026-12-01'],
    ],
  )
})

test('[X4] a demand or a date left out is refused at its place', () => {
  for (const demand of [undefined, '', '  ']) {
    const second = problem({ problemId: otherProblemId, demand })
    refused(decision([problem(), second]), 'DECISION_DEMAND_MISSING', '/problems/1/demand')
  }
  refused(decision([problem({ dueOn: undefined })]), 'DECISION_DATE_MISSING', '/problems/0/dueOn')
  refused(decision([problem({ dueOn: '2026-11-05' })]), 'DEADLINE_NOT_IN_FUTURE', '/problems/0/dueOn')
})

test('[X4] a decision without problems, or with one twice, is refused', () => {
  refused(decision([]), 'DECISION_EMPTY', '/problems')
  refused(decision([problem(), problem()]), 'DECISION_PROBLEM_TWICE', '/problems/1/problemId')
})

const meeting = {
  title: '11月督导反馈会',
  heldOn: '2026-11-05',
  place: '第一会议室',
  attendees: ['示例主任', '示例校长'],
  minutes: '逐项反馈了督查发现的问题。',
}

test('[X4] feedback in a meeting says which, when, where, who was there and what was said', () => {
  const inMeeting = (given: Partial<typeof meeting> | null) =>
    decision([problem()], { form: 'meeting', meeting: given === null ? null : { ...meeting, ...given } })
  refused(inMeeting(null), 'DECISION_MEETING_MISSING', '/meeting')
  for (const field of ['title', 'heldOn', 'place', 'minutes'] as const) {
    refused(inMeeting({ [field]: '' }), 'DECISION_MEETING_MISSING', `/meeting/${field}`)
  }
  refused(inMeeting({ attendees: [] }), 'DECISION_MEETING_MISSING', '/meeting/attendees')
  refused(inMeeting({ heldOn: '2026-11-06' }), 'DECISION_MEETING_IN_FUTURE', '/meeting/heldOn')
  assert.deepEqual(issued(inMeeting({})).meeting, meeting)
})

test('[X4] each school acknowledges the decision once, and nobody whom it is not about', () => {
  const state = issueDecision(decision([problem()]), initialDecision).reduce(evolveDecision, initialDecision)
  const by = { receivedOn: '2026-11-06', receivedBy: { subject: 'principal-a', name: '示例校长' } }
  const receipt = receiveDecision({ ...by, schoolId: facts.schoolId }, state)
  assert.deepEqual(
    receipt.map(({ type, data }) => [type, 'problemIds' in data && data.problemIds]),
    [['DecisionReceived', [problemId]]],
  )
  assert.deepEqual(receiveDecision({ ...by, schoolId: facts.schoolId }, receipt.reduce(evolveDecision, state)), [])
  for (const [schoolId, before] of [
    [otherProblemId, state],
    [facts.schoolId, initialDecision],
  ] as const) {
    assert.throws(() => receiveDecision({ ...by, schoolId }, before), refusal('DECISION_NOT_FOUND'))
  }
})

test('[N11] the decision keeps the rule and version its term was proposed under', () => {
  assert.deepEqual(issued(decision([problem()])).termRule, { id: 'rectification-term', version: 1, workingDays: 30 })
})

test('issuing twice changes nothing', () => {
  const events = issueDecision(decision([problem()]), initialDecision)
  assert.deepEqual(issueDecision(decision([problem()]), events.reduce(evolveDecision, initialDecision)), [])
})
