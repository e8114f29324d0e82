import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EvidenceRef } from '@dulian/contracts'
import { refusal } from '@dulian/event-sourcing/testing'
import { assignTask, attachEvidence, completeTask, reassignTask, reopenTask, reportProgress } from './decide.ts'
import type { TaskAssigned, TaskEvent } from './events.ts'
import { evolveTask, initialTask, type Task } from './state.ts'

const assignment: TaskAssigned = {
  planId: '0197a000-0000-7000-8000-000000000900',
  planTitle: '示例区2026年教育督导工作要点',
  itemId: '0197a000-0000-7000-8000-000000000912',
  order: 2,
  itemPath: '一、 › 1.',
  title: '开展综合督导',
  text: '每年组织一次综合督导。',
  bodies: [{ name: '区教委', role: 'lead' }],
  lead: { name: '区教委', assumed: false },
  dueOn: '2026-10-31',
  comprehensiveInspection: true,
}
const evidence: EvidenceRef = {
  hash: 'c'.repeat(64),
  name: '方案.pdf',
  mediaType: 'application/pdf',
  size: 1024,
  service: 'office',
}
const assigned = assignTask(assignment, initialTask).reduce(evolveTask, initialTask)
const when = (state: Task, decide: (state: Task) => TaskEvent[]): Task => decide(state).reduce(evolveTask, state)
const completed = when(assigned, (state) => completeTask({ note: '已完成' }, state))

test('[G5] a task is assigned once, however often its plan is worked off', () => {
  assert.equal(assigned.stage, 'assigned')
  assert.deepEqual(assignTask(assignment, assigned), [])
})

test('[G5] progress and evidence put a task in progress, completion settles it', () => {
  const begun = when(assigned, (state) => reportProgress({ percent: 40, note: '已完成方案' }, state))
  assert.ok(begun.stage === 'in-progress')
  assert.equal(begun.percent, 40)
  const proved = when(assigned, (state) => attachEvidence({ evidence, note: null }, state))
  assert.ok(proved.stage === 'in-progress')
  assert.deepEqual(proved.evidence, [evidence.hash])
  assert.ok(completed.stage === 'completed')
  assert.equal(completed.percent, 100)
})

test('[G5] the same file twice is one piece of evidence', () => {
  const proved = when(assigned, (state) => attachEvidence({ evidence, note: null }, state))
  assert.deepEqual(attachEvidence({ evidence, note: '再次' }, proved), [])
})

test('[G5] a completed task takes no progress, no evidence and no other body until it is reopened', () => {
  for (const decide of [
    () => reportProgress({ percent: 50, note: '补充' }, completed),
    () => attachEvidence({ evidence, note: null }, completed),
    () => reassignTask({ bodies: assignment.bodies, dueOn: '2026-12-31' }, completed),
  ]) {
    assert.throws(decide, refusal('TASK_COMPLETED'))
  }
  const reopened = when(completed, (state) => reopenTask({ reason: '缺少通报' }, state))
  assert.equal(reopened.stage, 'in-progress')
  assert.equal(reportProgress({ percent: 90, note: '补充通报' }, reopened).length, 1)
})

test('[G5] completing twice changes nothing; what is not completed cannot be reopened', () => {
  assert.deepEqual(completeTask({ note: '再次' }, completed), [])
  assert.throws(() => reopenTask({ reason: '退回' }, assigned), refusal('TASK_NOT_COMPLETED'))
})

test('[G4] other bodies and another day; the first named leads, and that is marked as assumed', () => {
  const [event] = reassignTask(
    {
      bodies: [
        { name: '区财政局', role: 'cooperating' },
        { name: '区教委', role: 'cooperating' },
      ],
      dueOn: '2026-11-30',
    },
    assigned,
  )
  assert.ok(event?.type === 'TaskReassigned')
  assert.deepEqual(event.data.lead, { name: '区财政局', assumed: true })
  assert.deepEqual(event.data.bodies, [
    { name: '区财政局', role: 'lead' },
    { name: '区教委', role: 'cooperating' },
  ])
  assert.equal(event.data.dueOn, '2026-11-30')
})

test('[G4] a task always has a body; naming the same ones again changes nothing', () => {
  assert.throws(() => reassignTask({ bodies: [], dueOn: undefined }, assigned), refusal('TASK_WITHOUT_BODY', '/bodies'))
  assert.deepEqual(reassignTask({ bodies: assignment.bodies, dueOn: undefined }, assigned), [])
})
