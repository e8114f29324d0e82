import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bindStreams, type CommandContext, deterministicId } from '@dulian/event-sourcing'
import { ok } from '@dulian/service-host/testing'
import { decisionStream } from '../src/decision/decision.ts'
import { urgeProblem } from '../src/problem/decide.ts'
import { problemStream } from '../src/problem/problem.ts'
import { urgingLevelAt } from '../src/rules/aftercare-rules.ts'
import { api, startRectification, supervisorA, zoneA } from './rectification-host.ts'

const by = { subject: 'head', name: '示例主任' }

function context(at: string, name: string): CommandContext {
  const commandId = deterministicId('cut-off', name)
  return { commandId, actor: 'head', office: 'yongchuan', at, correlationId: commandId }
}

test('[X4] a decision whose command was cut off after it still sets its demands', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  const { number, title, description, schoolId, schoolName } = await host.problem(id)
  const decisions = bindStreams(host.host.service('rectification').store, decisionStream)
  const decisionId = deterministicId('decision')
  const facts = {
    number,
    title,
    description,
    schoolId,
    schoolName,
    zoneId: zoneA,
    supervisorId: supervisorA,
    body: null,
  }
  await decisions.execute(decisionId, context('2026-11-02T02:00:00.000Z', 'decision'), {
    decide: () => [
      {
        type: 'DecisionIssued',
        data: {
          documentNumber: '永教督决〔2026〕1号',
          form: 'writing',
          meeting: null,
          note: null,
          issuedOn: '2026-11-02',
          issuedBy: by,
          termRule: { id: 'rectification-term', version: 1, workingDays: 30 },
          problems: [{ ...facts, problemId: id, demand: '清理', dueOn: '2026-11-13' }],
        },
      },
    ],
  })
  await host.settle()
  const problem = await host.problem(id)
  assert.deepEqual([problem.state, problem.documentNumber, problem.version], ['demanded', '永教督决〔2026〕1号', 2])
})

test('[X5] an urging whose command was cut off before its notice still gets it, once', async (t) => {
  const host = await startRectification(t)
  const id = await host.finding()
  await host.demand(id, '2026-11-13')
  await host.moveTo('2026-11-17T02:00:00Z')
  const problems = bindStreams(host.host.service('rectification').store, problemStream)
  const noticeId = deterministicId('notice')
  await problems.execute(id, context('2026-11-17T02:00:00.000Z', 'urging'), {
    decide: (state) =>
      urgeProblem(
        {
          ...urgingLevelAt(1, '2026-11-17'),
          noticeId,
          documentNumber: '永教督办〔2026〕1号',
          text: '请限期整改',
          dueOn: '2026-11-27',
          workingDaysOverdue: 2,
          zoneId: zoneA,
          supervisorId: supervisorA,
          by,
          today: '2026-11-17',
        },
        state,
      ),
  })
  await host.settle()
  const notices = ok(await host.head.get(`${api}/notices`)).body.items
  assert.deepEqual(
    notices.map((notice: { noticeId: string; newDueOn: string }) => [notice.noticeId, notice.newDueOn]),
    [[noticeId, '2026-11-27']],
  )
})
