import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusal } from '@dulian/event-sourcing/testing'
import { facts, otherProblemId, problemId } from '../../test/samples.ts'
import { type GivenProblem, type IssueDecision, issueDecision } from './decide.ts'
import { evolveDecision, initialDecision } from './state.ts'

function problem(given: Partial<GivenProblem> = {}): GivenProblem {
  const { number, title, schoolId, schoolName, zoneId, supervisorId, body } = facts
  const demanded = { demand: '清理楼梯间', dueOn: '2026-12-01' }
  return { problemId, number, title, schoolId, schoolName, zoneId, supervisorId, body, ...demanded, ...given }
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
function refused(command: IssueDecision, code: string, pointer: string): void {
  assert.throws(() => issueDecision(command, initialDecision), refusal(code, pointer))
}

test('[X4] a decision lists every problem with its demand and its date', () => {
  const [event] = issueDecision(decision([problem(), problem({ problemId: otherProblemId })]), initialDecision)
  assert.deepEqual(
    event?.data.problems.map(({ demand, dueOn }) => [demand, dueOn]),
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

test('[X4] feedback in a meeting names the meeting', () => {
  refused(decision([problem()], { form: 'meeting' }), 'DECISION_MEETING_MISSING', '/meeting')
  const [event] = issueDecision(decision([problem()], { form: 'meeting', meeting: '11月反馈会' }), initialDecision)
  assert.equal(event?.data.meeting, '11月反馈会')
})

test('[N11] the decision keeps the rule and version its term was proposed under', () => {
  const [event] = issueDecision(decision([problem()]), initialDecision)
  assert.deepEqual(event?.data.termRule, { id: 'rectification-term', version: 1, workingDays: 30 })
})

test('issuing twice changes nothing', () => {
  const events = issueDecision(decision([problem()]), initialDecision)
  assert.deepEqual(issueDecision(decision([problem()]), events.reduce(evolveDecision, initialDecision)), [])
})
