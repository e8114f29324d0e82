import assert from 'node:assert/strict'
import { test } from 'node:test'
import { project, projectionSuite } from '@dulian/event-sourcing/testing'
import { first, officeStory } from '../../../test/office-story.ts'
import { planId } from '../../../test/written-plan.ts'
import { type TaskReassigned, taskEvents } from '../../task/events.ts'
import { PLANS, type PlanDocument, plansProjection } from './projection.ts'

const { events } = officeStory()

test('[G5] a plan shows its stage, its items, its tasks and how many are done now', async () => {
  const plan = (await project(plansProjection, events)).document<PlanDocument>(PLANS, planId)
  assert.equal(plan?.state, 'issued')
  assert.equal(plan?.documentNumber, '示例教督〔2026〕1号')
  assert.equal(plan?.items, 9)
  assert.equal(plan?.tasks, 4)
  assert.equal(plan?.done, 1)
  assert.equal(plan?.version, 4)
})

test('[G4] a plan is found by every body that has a task in it now: one named later, none whose last task went', async () => {
  const story = officeStory()
  const plan = (await project(plansProjection, story.events)).document<PlanDocument>(PLANS, planId)
  for (const body of ['区教委', '区财政局', '区体育局']) assert.ok(plan?.tokens.includes(`body:${body}`), body)
  const { planTitle, itemPath, title, dueOn } = { planTitle: '', ...first }
  const data: TaskReassigned = {
    ...{ planId, planTitle, itemPath, title, dueOn },
    bodies: [{ name: '区妇联', role: 'lead' }],
    lead: { name: '区妇联', assumed: false },
  }
  story.add(taskEvents, `task-yongchuan-${first.taskId}`, { type: 'TaskReassigned', data })
  const after = (await project(plansProjection, story.events)).document<PlanDocument>(PLANS, planId)
  assert.ok(after?.tokens.includes('body:区妇联'))
  assert.ok(!after?.tokens.includes('body:区财政局'))
})

projectionSuite(plansProjection, events)
