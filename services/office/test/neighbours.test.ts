import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { permissions, problemOpened, roles, taskAssigned, visitRecorded } from '@dulian/contracts'
import { defineProjection, on } from '@dulian/event-sourcing'
import { inboxCatalogue, type ServiceDefinition } from '@dulian/service-host'
import { startTestHost } from '@dulian/service-host/testing'
import { officeService } from '../src/service.ts'
import { planText } from './written-plan.ts'

const url = '/api/office'
const heard = inboxCatalogue({ TaskAssigned: taskAssigned })
const heardTasks = defineProjection({ name: 'heard', revision: 1, collections: { tasks: { indexes: {} } } }, [
  on(heard, { TaskAssigned: ({ data }, unit) => unit.put('tasks', data.taskId, { ...data }) }),
])

/** Another service that listens to the office, as the inspections do. */
function listener(read: (find: () => Promise<readonly unknown[]>) => void): ServiceDefinition {
  return {
    name: 'listener',
    title: '旁听',
    projections: [heardTasks],
    projectionsModule: import.meta.url,
    publishes: [],
    consumes: [taskAssigned],
    build(platform) {
      const view = platform.view(heardTasks)
      read(async () => (await view.find('tasks', { where: {}, limit: 100 })).items.map(({ document }) => document))
      return { routes: () => {} }
    },
  }
}

async function withAdoptedPlan(t: TestContext) {
  let find: () => Promise<readonly unknown[]> = async () => []
  const services = [
    officeService,
    listener((reads) => {
      find = reads
    }),
  ]
  const host = await startTestHost({ services, access: { permissions, roles }, now: '2026-03-02T01:00:00Z' })
  t.after(() => host.dispose())
  const head = host.as({ subject: 'head', roles: ['office-head'] })
  const imported = await head.post(`${url}/plans`, { fileName: '要点.txt', text: planText }, { key: 'import' })
  const path = `${url}/plans/${imported.body.id}`
  const adopted = await head.post(`${path}/adopt`, {}, { ifMatch: 1, key: 'adopt' })
  assert.equal(adopted.status, 200, JSON.stringify(adopted.body))
  await host.settle()
  const { body: list } = await head.get(`${url}/tasks?planId=${imported.body.id}`)
  const tasks = list.items as { taskId: string }[]
  const [first, second] = tasks.map(({ taskId }) => taskId)
  assert.ok(first !== undefined && second !== undefined)
  return { host, head, find, path, planId: imported.body.id as string, tasks, first, second }
}

test('[G4] every task of an adopted plan reaches the other services with its bodies, and again when they change', async (t) => {
  const { host, head, find, planId, tasks, first: taskId } = await withAdoptedPlan(t)
  const known = async () => (await find()) as { taskId: string; planId: string; bodies: unknown }[]
  assert.deepEqual((await known()).map(({ taskId }) => taskId).toSorted(), tasks.map(({ taskId }) => taskId).toSorted())
  assert.ok((await known()).every((task) => task.planId === planId))
  const bodies = [{ name: '区体育局', role: 'lead' }]
  await head.post(`${url}/tasks/${taskId}/assign`, { bodies }, { ifMatch: 1 })
  await host.settle()
  assert.deepEqual((await known()).find((task) => task.taskId === taskId)?.bodies, bodies)
})

test('[G5] import, adoption and progress sent twice with one key happen once', async (t) => {
  const { host, head, path, first: taskId } = await withAdoptedPlan(t)
  const again = await head.post(`${url}/plans`, { fileName: '要点.txt', text: planText }, { key: 'import' })
  assert.deepEqual([again.status, again.headers['idempotency-replayed']], [201, 'true'])
  assert.equal((await head.post(`${path}/adopt`, {}, { ifMatch: 1, key: 'adopt' })).status, 200)
  const task = `${url}/tasks/${taskId}`
  const report = { percent: 30, note: '过半' }
  const once = await head.post(`${task}/progress`, report, { ifMatch: 1, key: 'progress' })
  const twice = await head.post(`${task}/progress`, report, { ifMatch: 1, key: 'progress' })
  assert.deepEqual([twice.status, twice.body.version], [200, once.body.version])
  await host.settle()
  const { body } = await head.get(task)
  assert.deepEqual(
    body.timeline.map(({ event }: { event: string }) => event),
    ['TaskAssigned', 'ProgressReported'],
  )
  const seen = await head.get(`${url}/plans`)
  assert.equal(seen.body.items.length, 1)
})

test('a rebuilt view answers what the live one answered', async (t) => {
  const { host, head, path, first: taskId, second: otherId } = await withAdoptedPlan(t)
  const task = `${url}/tasks/${taskId}`
  await head.post(`${task}/progress`, { percent: 30, note: '过半' }, { ifMatch: 1 })
  await host.announce(visitRecorded, { ...visitRecorded.example, taskId })
  await host.announce(problemOpened, { ...problemOpened.example, taskId })
  await head.post(`${url}/tasks/${otherId}/complete`, { note: '已办' }, { ifMatch: 1 })
  await host.settle()
  const paths = [`${url}/plans`, path, `${url}/tasks`, task, `${url}/tasks?body=${encodeURIComponent('区教委')}`]
  const ask = async () => await Promise.all(paths.map(async (one) => (await head.get(one)).body))
  const live = await ask()
  assert.equal(live[3].linkedVisits, 1)
  for (const view of ['plans', 'tasks']) await host.host.service('office').rebuild(view)
  await host.settle()
  assert.deepEqual(await ask(), live)
})
