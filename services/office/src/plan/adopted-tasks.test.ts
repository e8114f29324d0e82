import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { planId, planText, written } from '../../test/written-plan.ts'
import { adoptedTasks } from './adopted-tasks.ts'
import { importPlan } from './decide.ts'
import type { AdoptedTask, PlanImported } from './events.ts'
import { outlineRoles } from './outline-roles.ts'
import { evolvePlan, initialPlan, type Plan } from './state.ts'

const plans = new URL('../../fixtures/plans/', import.meta.url)
const read = (name: string) => written(readFileSync(new URL(name, plans), 'utf8'))
const importedState = (plan: PlanImported): Extract<Plan, { stage: 'imported' }> => {
  const state = importPlan(plan).reduce(evolvePlan, initialPlan)
  assert.ok(state.stage === 'imported')
  return state
}
const tasksOf = (plan: PlanImported): AdoptedTask[] => {
  const { items } = importedState(plan)
  return adoptedTasks({ planId, issuer: plan.issuer, year: plan.year, items })
}
const titles = (plan: PlanImported) => tasksOf(plan).map(({ title }) => title)

test('[G5] every item of a section becomes a task, the section itself a group', () => {
  const tasks = tasksOf(written())
  assert.deepEqual(
    tasks.map(({ itemPath, title }) => [itemPath, title]),
    [
      ['一、 › 1.', '开展综合督导'],
      ['一、 › 2.', '做好履职评价'],
      ['二、 › 1.', '落实挂牌督导'],
      ['二、 › 2.', '开展2025年问题整改'],
    ],
  )
})

test('[G5] what is only enumerated inside an item stays part of its task, word for word', () => {
  const task = tasksOf(written())[1]
  assert.ok(task)
  for (const said of ['一是', '对照指标开展自查', '三是', '迎接实地核查']) assert.ok(task.text.includes(said), said)
})

test('[G4] each task has a lead: the printed one, else the office itself, marked as assumed', () => {
  const tasks = tasksOf(written())
  assert.deepEqual(
    tasks.map(({ lead }) => lead),
    [
      { name: '区教委', assumed: false },
      { name: '区政府教育督导室', assumed: false },
      { name: '区政府教育督导室', assumed: true },
      { name: '区政府教育督导室', assumed: true },
    ],
  )
  for (const { bodies, lead } of tasks) {
    assert.deepEqual(
      bodies.filter(({ role }) => role === 'lead').map(({ name }) => name),
      [lead.name],
    )
  }
})

test('[G4] without any printed body the office of the place leads', () => {
  const [task] = tasksOf(written(planText.replace(/（[^）]*单位：[^）]*）/g, '')))
  assert.deepEqual(task?.lead, { name: '示例区教育督导室', assumed: true })
})

test('[G5] a task is due on the latest day it names in the plan year or after, else at the end of the year', () => {
  const due = Object.fromEntries(tasksOf(written()).map(({ title, dueOn }) => [title, dueOn]))
  assert.equal(due.开展综合督导, '2026-10-31')
  assert.equal(due.落实挂牌督导, '2026-12-31')
  assert.equal(due.开展2025年问题整改, '2026-12-31')
})

test('[I1] an item that says 综合督导 is proposed as the one of the year, a 综合督导评估 of a person is not', () => {
  const marked = (text: string) =>
    tasksOf(written(text)).filter(({ comprehensiveInspection }) => comprehensiveInspection).length
  assert.equal(marked(planText), 1)
  assert.equal(marked(planText.replaceAll('综合督导', '校长任期结束综合督导评估')), 0)
})

test('[G4] sub-items with bodies of their own are tasks beside each other, not parts', () => {
  const text = `示例区2026年教育督导工作方案

一、优化体制
（一）完善机构设置
1．调整委员会。由副区长担任主任。（责任单位：区委组织部、区教委）
2．设立总督学。负责具体工作。（责任单位：区委编办、区教委）
（二）落实职能。每年组织一次综合督导。（责任单位：区教委）
`
  assert.deepEqual(
    tasksOf(written(text)).map(({ itemPath, lead }) => [itemPath, lead.name]),
    [
      ['一、 › （一） › 1．', '区委组织部'],
      ['一、 › （一） › 2．', '区委编办'],
      ['一、 › （二）', '区教委'],
    ],
  )
})

test('[G5] a review of the year before becomes no task, and the year is the one to come', () => {
  const plan = read('jinhe-summary-and-priorities.txt')
  assert.equal(plan.year, 2027)
  assert.ok(tasksOf(plan).every(({ itemPath }) => itemPath.startsWith('二、')))
})

test('[G5] a second plan in the same document: its tasks carry its title, and the titles are no tasks', () => {
  const tasks = tasksOf(read('qinghe-two-plans.txt'))
  const paths = tasks.map(({ itemPath }) => itemPath)
  assert.equal(new Set(paths).size, paths.length)
  assert.ok(paths.some((path) => path.startsWith('清禾县2025年幼儿园办园行为督导评估工作计划 › 一、')))
  assert.ok(tasks.every(({ title }) => title !== ''))
})

test('[G4] a table of tasks gives each row its title without the cells beside it', () => {
  assert.ok(titles(read('tongyuan-task-table.txt')).includes('开展对县（区）政府履行教育职责评价'))
})

test('[G5] a section that says something itself is a task beside its items', () => {
  const text = planText.replace(
    '二、聚焦督学',
    '二、聚焦督学\n各学校要建立督导工作台账，逐条逐项明确责任人，每季度向督导室报送一次进展情况。',
  )
  const paths = tasksOf(written(text)).map(({ itemPath }) => itemPath)
  assert.ok(paths.includes('二、'))
  assert.ok(paths.includes('二、 › 1.'))
})

test("[G5] a person's word overrules the proposal: excluded, grouped, or one task with all that stands in it", () => {
  const { items } = importedState(written())
  const [section, first] = items
  assert.ok(section && first)
  const rolesWith = (itemId: string, changed: object) =>
    outlineRoles(items.map((item) => (item.itemId === itemId ? { ...item, ...changed } : item)))
  assert.equal(rolesWith(section.itemId, { becomesTask: true }).get(first.itemId), 'part')
  assert.equal(rolesWith(section.itemId, { excluded: true }).get(first.itemId), 'excluded')
  assert.equal(rolesWith(first.itemId, { becomesTask: false }).get(first.itemId), 'group')
})

test('[G5] the same plan gives the same tasks with the same ids', () => {
  assert.deepEqual(tasksOf(written()), tasksOf(written()))
})
