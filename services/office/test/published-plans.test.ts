import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { permissions, roles } from '@dulian/contracts'
import { ok, startTestHost, type TestHost, type TestPerson } from '@dulian/service-host/testing'
import { officeService } from '../src/service.ts'

const url = '/api/office'
const written = new URL('../fixtures/plans/', import.meta.url)
/** Has no numbered item, and is refused as a plan. */
const noPlan = 'xiye-no-items.txt'
const samples = process.env.DULIAN_SAMPLES
const skip =
  samples === undefined || samples === ''
    ? 'SKIPPED: set DULIAN_SAMPLES to the folder of published plans; without it no real plan is led through the service'
    : false

interface Body {
  readonly name: string
  readonly role: 'lead' | 'cooperating'
}
interface Item {
  readonly itemId: string
  readonly parentId: string | null
  readonly level: number
  readonly marker: string
  readonly heading: string | null
  readonly text: string
  readonly bodies: readonly Body[]
  readonly role: 'task' | 'part' | 'group' | 'excluded'
  readonly taskId: string | null
  readonly task: { readonly state: string; readonly progressPercent: number; readonly evidence: number } | null
}
interface Plan {
  readonly title: string
  readonly year: number
  readonly version: number
  readonly preamble: string
  readonly trailing: string
  readonly tasks: number
  readonly done: number
  readonly items: readonly Item[]
}
interface Task {
  readonly taskId: string
  readonly itemId: string
  readonly lead: string
  readonly leadAssumed: boolean
  readonly bodies: readonly Body[]
  readonly dueOn: string
  readonly version: number
}

let host: TestHost
let head: TestPerson

before(async () => {
  host = await startTestHost({ services: [officeService], access: { permissions, roles }, now: '2026-03-02T01:00:00Z' })
  head = host.as({ roles: ['office-head'], subject: 'head' })
})
after(() => host.dispose())

/** Imports and adopts a text; what the service then says of plan and tasks. */
async function adopt(fileName: string, text: string): Promise<{ planId: string; plan: Plan; tasks: Task[] }> {
  const imported = await head.post(`${url}/plans`, { fileName, text })
  assert.equal(imported.status, 201, JSON.stringify(imported.body))
  const planId: string = imported.body.id
  const adopted = await head.post(`${url}/plans/${planId}/adopt`, {}, { ifMatch: imported.body.version })
  assert.equal(adopted.status, 200, JSON.stringify(adopted.body))
  const fresh = { 'min-position': adopted.body.position }
  const { body: plan } = await head.get(`${url}/plans/${planId}`, fresh)
  const { body: list } = await head.get(`${url}/tasks?planId=${planId}&limit=200`, fresh)
  return { planId, plan, tasks: list.items }
}

const dense = (text: string) => text.replace(/\s+/g, '')
const printed = ({ preamble, items, trailing }: Plan) =>
  dense([preamble, ...items.map(({ marker, heading, text }) => marker + (heading ?? '') + text), trailing].join(''))

function assertEachTaskHasOneLead(tasks: readonly Task[]): void {
  for (const { bodies, lead } of tasks) {
    assert.deepEqual(
      bodies.filter(({ role }) => role === 'lead').map(({ name }) => name),
      [lead],
    )
  }
}

for (const fileName of readdirSync(written).filter((name) => name !== noPlan)) {
  test(`[G4][G5] ${fileName}: nothing is lost, each item is a task, part or group, each task has one lead and a day`, async () => {
    const text = readFileSync(new URL(fileName, written), 'utf8')
    const { body: preview } = await head.post(`${url}/plans/parse`, { fileName, text })
    assert.equal(preview.lost, '')
    const { plan, tasks } = await adopt(fileName, text)
    // Word-processor residue aside, which the preview has counted already.
    if (!fileName.includes('residue')) assert.equal(printed(plan), dense(text))
    assert.ok(tasks.length > 0)
    assert.equal(plan.tasks, tasks.length)
    assert.deepEqual(
      plan.items.filter(({ taskId }) => taskId !== null).map(({ itemId }) => itemId),
      tasks.map(({ itemId }) => itemId),
    )
    for (const { role, taskId } of plan.items) assert.equal(role === 'task', taskId !== null)
    assertEachTaskHasOneLead(tasks)
    for (const { dueOn } of tasks) assert.ok(dueOn >= `${plan.year}-01-01`, dueOn)
  })
}

test('[G5] a text without any numbered item is previewed with a warning and not imported', async () => {
  const text = readFileSync(new URL(noPlan, written), 'utf8')
  const { body: preview } = await head.post(`${url}/plans/parse`, { fileName: noPlan, text })
  assert.deepEqual(preview.plan.items, [])
  assert.ok(preview.warnings.some(({ code }: { code: string }) => code === 'NO_ITEMS'))
  const refused = await head.post(`${url}/plans`, { fileName: noPlan, text })
  assert.deepEqual([refused.status, refused.body.code], [422, 'PLAN_WITHOUT_ITEMS'])
})

test('[G5] the fifteen items of the 綦江 plan: each gets progress and evidence, and shows them', { skip }, async () => {
  const name = 'plan-qijiang-2026.txt'
  const { planId, plan, tasks } = await adopt(name, readFileSync(join(samples ?? '', name), 'utf8'))
  assert.equal(dense(plan.title), '綦江区2026年教育督导工作要点')
  const items = plan.items.filter(({ level }) => level === 2)
  assert.deepEqual([items.length, tasks.length], [15, 15])
  assert.ok(items.every(({ role, task }) => role === 'task' && task?.state === 'assigned'))
  let position = '0'
  for (const [place, task] of tasks.entries()) {
    const path = `${url}/tasks/${task.taskId}`
    const percent = place + 1
    await head.post(`${path}/progress`, { percent, note: `第${percent}项进展` }, { ifMatch: task.version })
    const file = { name: '印证.txt', content: `第${percent}项的印证材料` }
    const { hash } = ok(await head.upload(`${url}/files`, file), 201).body
    const evidence = { hash, name: '印证.txt', mediaType: 'text/plain', size: 1, service: 'office' }
    const attached = await head.post(`${path}/evidence`, { evidence }, { ifMatch: task.version + 1 })
    assert.equal(attached.status, 200, JSON.stringify(attached.body))
    position = attached.body.position
  }
  const { body } = await head.get(`${url}/plans/${planId}`, { 'min-position': position })
  assert.deepEqual(
    body.items
      .filter(({ level }: Item) => level === 2)
      .map(({ task }: Item) => [task?.state, task?.progressPercent, task?.evidence]),
    items.map((_, place) => ['in-progress', place + 1, 1]),
  )
})

test('[G4] the nineteen articles of the 大渡口 plan with their bodies, and each task with its printed lead', {
  skip,
}, async () => {
  const name = 'reform-dadukou-2021.txt'
  const { plan, tasks } = await adopt(name, readFileSync(join(samples ?? '', name), 'utf8'))
  const articles = plan.items.filter(({ level }) => level === 2)
  assert.equal(articles.length, 19)
  assert.ok(articles.every(({ bodies }) => bodies.length >= 2))
  assertEachTaskHasOneLead(tasks)
  assert.ok(tasks.every(({ leadAssumed }) => !leadAssumed))
  const byItem = new Map(plan.items.map((item) => [item.itemId, item]))
  const withTask = new Set(
    tasks.map(({ itemId }) => byItem.get(itemId)).map((item) => (item?.level === 2 ? item.itemId : item?.parentId)),
  )
  assert.deepEqual(
    [...withTask],
    articles.map(({ itemId }) => itemId),
  )
})
