import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { addDays, chinaDate } from '@dulian/calendar'
import { ask, Workshop } from './instance-process.ts'

/** What `npm start` shows to somebody who has set nothing: a year of four offices. */
const offices = ['yongchuan', 'qijiang', 'chengkou', 'dadukou'] as const
const workshop = new Workshop()
after(() => workshop.dispose())
let address: string

before(async () => {
  address = await workshop.start(workshop.folder(), { DULIAN_DEMO: '1' }).ready()
})

test('each office has sixty schools or more and has visited them in every month of a year', async () => {
  for (const office of offices) {
    for (const month of monthsBefore(chinaDate(Date.now()), 11)) {
      const { totals, items } = await read(office, `/api/inspections/coverage?month=${month}`)
      assert.ok(items.length >= 60, `${office} has ${items.length} schools in ${month}`)
      assert.ok(totals.covered >= items.length * 0.9, `${office} visited ${totals.covered} schools in ${month}`)
    }
  }
})

test('there are two hundred problems, in every stage that a problem has', async () => {
  const stages = new Map<string, number>()
  for (const office of offices) {
    const { funnel } = await read(office, '/api/rectification/board')
    for (const { state, count } of funnel) stages.set(state, (stages.get(state) ?? 0) + count)
  }
  const count = stages.values().reduce((sum, some) => sum + some, 0)
  assert.ok(count >= 200, `${count} problems`)
  const empty = [...stages].filter(([, some]) => some === 0).map(([state]) => state)
  assert.deepEqual(empty, [], `no problem is ${empty.join(' or ')}`)
  assert.equal(stages.size, 7)
})

/** `YYYY-MM`, so many months before that of the day, the nearest first. */
function monthsBefore(day: string, count: number): string[] {
  const months: string[] = []
  for (let last = day; months.length < count; ) {
    last = addDays(`${last.slice(0, 7)}-01`, -1)
    months.push(last.slice(0, 7))
  }
  return months
}

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came back
async function read(office: string, path: string): Promise<any> {
  const { body: session } = await ask(address, '/auth/demo', { body: { card: `${office}-office-head` } })
  const told = await ask(address, path, { token: session.accessToken })
  assert.equal(told.status, 200, told.text)
  return told.body
}
