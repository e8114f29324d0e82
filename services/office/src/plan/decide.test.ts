import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusal } from '@dulian/event-sourcing/testing'
import { planId, written } from '../../test/written-plan.ts'
import { adoptPlan, closePlan, correctItem, importPlan, issuePlan } from './decide.ts'
import type { ItemChanges } from './events.ts'
import { contentHashOf, planIdOf } from './plan.ts'
import { evolvePlan, initialPlan, type Plan } from './state.ts'

const imported = importPlan(written()).reduce(evolvePlan, initialPlan)
const adopted = adoptPlan({ planId }, imported).reduce(evolvePlan, imported)
const issue = { documentNumber: '示例教督〔2026〕1号', issuedOn: '2026-01-15', recipients: ['各学校'] }
const issued = issuePlan(issue, adopted).reduce(evolvePlan, adopted)
const itemOf = (state: Plan, place: number) => {
  assert.ok(state.stage !== 'unknown')
  const item = state.items[place]
  assert.ok(item)
  return item
}
const correct = (state: Plan, place: number, changes: ItemChanges, note: string | null = null) =>
  correctItem({ itemId: itemOf(state, place).itemId, changes, note }, state)
const inspection = (state: Plan) => {
  assert.ok(state.stage !== 'unknown' && state.stage !== 'imported')
  return state.tasks.filter((task) => task.comprehensiveInspection).map(({ taskId }) => taskId)
}

const nothing: ReadonlySet<string> = new Set()

test('[G5] an imported plan keeps every character: preamble, items in order and trailing', () => {
  const plan = written()
  const whole = [
    plan.preamble,
    ...plan.items.map(({ marker, heading, text }) => `${marker}${heading ?? ''}${text}`),
    plan.trailing,
  ].join('')
  assert.equal(contentHashOf(whole), plan.source.contentHash)
})

test('[G5] a document without items is not imported', () => {
  assert.throws(() => importPlan(written('情况说明\n\n没有条目的一段话。')), refusal('PLAN_WITHOUT_ITEMS'))
})

test('[G5] the same content has the same plan id whatever its line breaks, per office and year', () => {
  const hash = contentHashOf('一、 做好\n督导')
  assert.equal(contentHashOf('一、做好督导'), hash)
  assert.equal(planIdOf('qijiang', 2026, hash), planIdOf('qijiang', 2026, hash))
  assert.notEqual(planIdOf('qijiang', 2026, hash), planIdOf('yongchuan', 2026, hash))
  assert.notEqual(planIdOf('qijiang', 2026, hash), planIdOf('qijiang', 2027, hash))
})

test('[G5] a corrected text keeps the printed one beside it, also when it is corrected again', () => {
  const before = itemOf(imported, 1)
  let state = correct(imported, 1, { text: '第一次校正。' }).reduce(evolvePlan, imported)
  state = correct(state, 1, { text: '第二次校正。', heading: '新标题' }).reduce(evolvePlan, state)
  const after = itemOf(state, 1)
  assert.equal(after.text, '第二次校正。')
  assert.deepEqual(after.printed, { heading: before.heading, text: before.text })
})

test('[G4] corrected bodies go into the task', () => {
  const bodies = [{ name: '区体育局', role: 'lead' as const }]
  const state = correct(imported, 1, { bodies }).reduce(evolvePlan, imported)
  const [event] = adoptPlan({ planId }, state)
  assert.ok(event?.type === 'PlanAdopted')
  assert.deepEqual(event.data.tasks[0]?.bodies, bodies)
  assert.equal(itemOf(state, 1).printed, null)
})

test('a correction carries only what it changes; what is true already is no event', () => {
  const { heading, text } = itemOf(imported, 1)
  const [event] = correct(imported, 1, { text, excluded: true })
  assert.ok(event?.type === 'ItemCorrected')
  assert.deepEqual(event.data.changes, { excluded: true })
  assert.deepEqual(correct(imported, 1, { text, ...(heading === null ? {} : { heading }) }), [])
  assert.throws(() => correct(imported, 1, {}), refusal('PLAN_ITEM_NOTHING_TO_CORRECT'))
  assert.equal(correct(imported, 1, {}, '请核对').length, 1)
})

test('an item of another plan is not corrected', () => {
  assert.throws(
    () => correctItem({ itemId: planId, changes: { text: '新' }, note: null }, imported),
    refusal('PLAN_ITEM_UNKNOWN'),
  )
})

test('[G5] adopting is done once and gives every task its id', () => {
  assert.deepEqual(adoptPlan({ planId }, adopted), [])
  assert.ok(adopted.stage === 'adopted')
  assert.equal(new Set(adopted.tasks.map(({ taskId }) => taskId)).size, 4)
})

test('[G5] a plan of which everything is excluded cannot be adopted', () => {
  assert.ok(imported.stage === 'imported')
  const state = imported.items.reduce<Plan>(
    (now, _, place) => correct(now, place, { excluded: true }).reduce(evolvePlan, now),
    imported,
  )
  assert.throws(() => adoptPlan({ planId }, state), refusal('PLAN_NOTHING_TO_ADOPT'))
})

test('[G5] after the adoption the items are settled, but which task is the 综合督导 may still be marked', () => {
  assert.throws(() => correct(adopted, 1, { text: '改' }), refusal('PLAN_ITEM_SETTLED'))
  assert.throws(() => correct(adopted, 0, { comprehensiveInspection: true }), refusal('PLAN_ITEM_HAS_NO_TASK'))
  const marked = correct(adopted, 7, { comprehensiveInspection: true }).reduce(evolvePlan, adopted)
  assert.equal(inspection(marked).length, 2)
  const none = correct(adopted, 1, { comprehensiveInspection: false }).reduce(evolvePlan, adopted)
  assert.deepEqual(inspection(none), [])
})

test('[I1] a mark that a task took over from what is enumerated in it can be taken back', () => {
  const text =
    '示例区2026年教育督导工作要点\n\n一、抓好督政。做好三件事：一是开展综合督导；二是开展专项督导。\n二、抓好督学。按月到校。\n'
  const before = importPlan(written(text)).reduce(evolvePlan, initialPlan)
  const state = adoptPlan({ planId }, before).reduce(evolvePlan, before)
  assert.equal(itemOf(state, 0).comprehensiveInspection, false)
  assert.equal(inspection(state).length, 1)
  assert.deepEqual(correct(state, 0, { comprehensiveInspection: true }), [])
  const none = correct(state, 0, { comprehensiveInspection: false }).reduce(evolvePlan, state)
  assert.deepEqual(inspection(none), [])
})

test('[G5] a plan is issued with number, day and recipients, after the adoption and once', () => {
  assert.throws(() => issuePlan(issue, imported), refusal('PLAN_NOT_ADOPTED'))
  assert.ok(issued.stage === 'issued')
  assert.equal(issued.plan.documentNumber, issue.documentNumber)
  assert.deepEqual(issued.plan.recipients, ['各学校'])
  assert.deepEqual(issuePlan(issue, issued), [])
  assert.throws(
    () => issuePlan({ ...issue, documentNumber: '示例教督〔2026〕2号' }, issued),
    refusal('PLAN_ALREADY_ISSUED'),
  )
})

test('[I1] the year does not close without a 综合督导: none marked, or the marked one not completed', () => {
  const on = '2026-12-31'
  const unmarked = correct(issued, 1, { comprehensiveInspection: false }).reduce(evolvePlan, issued)
  for (const state of [unmarked, issued]) {
    assert.throws(
      () => closePlan({ inspected: nothing, completed: new Set(), on }, state),
      refusal('PLAN_COMPREHENSIVE_INSPECTION_MISSING'),
    )
  }
  const other = new Set(['0197a000-0000-7000-8000-00000000beef'])
  assert.throws(
    () => closePlan({ inspected: nothing, completed: other, on }, issued),
    refusal('PLAN_COMPREHENSIVE_INSPECTION_MISSING'),
  )
})

test('[I1] a 综合督导 held and closed for a task of the plan counts, whether the task is marked or not; another plan’s does not', () => {
  assert.ok(issued.stage === 'issued')
  const unmarked = issued.tasks.find((task) => !task.comprehensiveInspection)
  assert.ok(unmarked)
  const on = '2026-12-31'
  const [event] = closePlan({ completed: nothing, inspected: new Set([unmarked.taskId]), on }, issued)
  assert.ok(event?.type === 'PlanClosed')
  assert.deepEqual(event.data.comprehensiveInspections, [unmarked.taskId])
  const elsewhere = new Set(['0197a000-0000-7000-8000-00000000beef'])
  assert.throws(
    () => closePlan({ completed: nothing, inspected: elsewhere, on }, issued),
    refusal('PLAN_COMPREHENSIVE_INSPECTION_MISSING'),
  )
})

test('[I1] with its 综合督导 completed the plan closes, under the rule of the day, and changes no more', () => {
  const completed = new Set(inspection(issued))
  const events = closePlan({ inspected: nothing, completed, on: '2026-12-31' }, issued)
  assert.deepEqual(events, [
    {
      type: 'PlanClosed',
      data: {
        comprehensiveInspections: [...completed],
        rule: { id: 'comprehensive-inspections-per-year', version: 1 },
      },
    },
  ])
  const closed = events.reduce(evolvePlan, issued)
  assert.deepEqual(closePlan({ inspected: nothing, completed, on: '2026-12-31' }, closed), [])
  assert.throws(() => correct(closed, 1, { comprehensiveInspection: false }), refusal('PLAN_CLOSED'))
  assert.throws(() => issuePlan(issue, closed), refusal('PLAN_CLOSED'))
  assert.throws(
    () => closePlan({ inspected: nothing, completed, on: '2026-12-31' }, imported),
    refusal('PLAN_NOT_ADOPTED'),
  )
})
