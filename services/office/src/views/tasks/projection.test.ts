import assert from 'node:assert/strict'
import { test } from 'node:test'
import { project, projectionSuite } from '@dulian/event-sourcing/testing'
import { first, officeStory, second, tasks } from '../../../test/office-story.ts'
import { TASKS, type TaskDocument, tasksProjection } from './projection.ts'

const { events } = officeStory()

test('[G5] every adopted task shows its state, progress and evidence', async () => {
  const view = await project(tasksProjection, events)
  for (const { taskId } of tasks) assert.ok(view.document<TaskDocument>(TASKS, taskId))
  const task = view.document<TaskDocument>(TASKS, first.taskId)
  assert.equal(task?.state, 'completed')
  assert.equal(task?.progressPercent, 100)
  assert.equal(task?.evidence, 1)
  assert.equal(task?.version, 4)
})

test('[G5] linked visits and problems are counted once each, those of another office not at all', async () => {
  const task = (await project(tasksProjection, events)).document<TaskDocument>(TASKS, first.taskId)
  assert.equal(task?.linkedVisits, 1)
  assert.equal(task?.linkedProblems, 2)
  assert.equal(task?.openProblems, 1)
})

test('[G4] other bodies are found under their own name and no longer under the former', async () => {
  const task = (await project(tasksProjection, events)).document<TaskDocument>(TASKS, second.taskId)
  assert.equal(task?.lead, '区体育局')
  assert.equal(task?.dueOn, '2026-11-30')
  assert.ok(task?.tokens.includes('body:区体育局'))
  assert.ok(!task?.tokens.includes('body:区政府教育督导室'))
})

test('[I1] an item marked as 综合督导 after the adoption marks its task', async () => {
  const task = (await project(tasksProjection, events)).document<TaskDocument>(TASKS, second.taskId)
  assert.equal(task?.comprehensiveInspection, true)
})

projectionSuite(tasksProjection, events)
