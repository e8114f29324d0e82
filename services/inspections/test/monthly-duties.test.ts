import assert from 'node:assert/strict'
import { test } from 'node:test'
import { postingChanged, schoolClosed, schoolRegistered } from '@dulian/contracts'
import { ok } from '@dulian/service-host/testing'
import { startWithTeam, unposted } from './campaign-story.ts'
import {
  answersFor,
  bothSigned,
  type InspectionsHost,
  kindergarten,
  schoolA,
  schoolB,
  startInspections,
  supervisorA,
  supervisorB,
  training,
  zoneA,
  zoneB,
} from './inspections-host.ts'

const api = '/api/inspections'
const office = 'yongchuan'

interface Duty {
  schoolId: string
  schoolName: string
  supervisorName: string | null
  state: string
  visits: number
}

async function dutiesOf(person: InspectionsHost['head'], search = ''): Promise<Duty[]> {
  return ok(await person.get(`${api}/monthly-duties?limit=200${search}`)).body.items
}

async function visit(host: InspectionsHost, schoolId: string, visitedOn: string): Promise<void> {
  const person = schoolId === schoolB ? host.otherSupervisor : host.supervisor
  const answers = await answersFor(host.supervisor, {}, schoolId === kindergarten ? 'kindergarten' : 'school')
  ok(await person.post(`${api}/visits/quick`, { schoolId, visitedOn, answers, signatures: bothSigned }), 201)
  await host.settle()
}

test('[I7] every school and kindergarten has its visit of the month with its posted supervisor; a training institution has none', async (t) => {
  const host = await startWithTeam(t)
  const duties = await dutiesOf(host.head)
  assert.deepEqual(duties.map(({ schoolName, supervisorName, state }) => [schoolName, supervisorName, state]).sort(), [
    ['示例幼儿园', '示例督学甲', 'due'],
    ['示例无挂牌小学', null, 'due'],
    ['示例第一小学', '示例督学甲', 'due'],
    ['示例第二小学', '示例督学乙', 'due'],
  ])
  assert.ok(duties.every(({ schoolId }) => schoolId !== training))
  assert.deepEqual(
    (await dutiesOf(host.head, '&supervisorId=none')).map(({ schoolId }) => schoolId),
    [unposted],
  )
  assert.equal(ok(await host.head.get(`${api}/coverage`)).body.totals.unposted, 1)
})

test('[I7][D5] month’s end: the unvisited are listed by name and supervisor, and coverage by school, supervisor and zone says the same', async (t) => {
  const host = await startWithTeam(t)
  await visit(host, schoolA, '2026-11-03')
  await host.moveTo('2026-11-30T16:00:01Z')
  const unvisited = await dutiesOf(host.head, '&month=2026-11&unvisited=true')
  assert.deepEqual(
    unvisited.map(({ schoolName, supervisorName, state }) => [schoolName, supervisorName, state]).sort(),
    [
      ['示例幼儿园', '示例督学甲', 'missed'],
      ['示例无挂牌小学', null, 'missed'],
      ['示例第二小学', '示例督学乙', 'missed'],
    ],
  )
  const coverage = ok(await host.head.get(`${api}/coverage?month=2026-11`)).body
  assert.deepEqual(coverage.totals, { schools: 4, covered: 1, uncovered: 3, visits: 1, unposted: 1 })
  const uncovered = coverage.items.filter((row: { covered: boolean }) => !row.covered)
  assert.deepEqual(
    uncovered.map((row: { schoolId: string }) => row.schoolId).sort(),
    unvisited.map(({ schoolId }) => schoolId).sort(),
  )
  for (const [groups, field] of [
    [coverage.byZone, 'zoneId'],
    [coverage.bySupervisor, 'supervisorId'],
  ] as const) {
    for (const group of groups as { id: string | null; schools: number; covered: number }[]) {
      const all = await dutiesOf(host.head, `&month=2026-11&${field}=${group.id ?? 'none'}`)
      assert.deepEqual([group.schools, group.covered], [all.length, all.filter(({ state }) => state === 'met').length])
    }
  }
  assert.ok(
    (await dutiesOf(host.head)).every(({ state }) => state === 'due'),
    'December has begun',
  )
  assert.equal((await dutiesOf(host.head)).length, 4)
})

test('[I7] a record handed in after the month’s end takes the school off the list of the unvisited', async (t) => {
  const host = await startInspections(t)
  await host.moveTo('2026-12-02T01:00:00Z')
  assert.equal((await dutiesOf(host.head, '&month=2026-11&unvisited=true')).length, 3)
  await visit(host, schoolB, '2026-11-28')
  assert.deepEqual(
    (await dutiesOf(host.head, '&month=2026-11&unvisited=true')).map(({ schoolId }) => schoolId).sort(),
    [schoolA, kindergarten].sort(),
  )
  assert.equal(ok(await host.head.get(`${api}/coverage?month=2026-11`)).body.totals.covered, 1)
})

test('[I7][R7] replaced mid-month, opened mid-month, closed mid-month: the duty follows', async (t) => {
  const host = await startInspections(t)
  const replaced = { office, schoolId: schoolA, supervisorId: supervisorB, supervisorName: '示例督学乙' }
  await host.announce(postingChanged, { ...replaced, from: '2026-11-16' }, office, `posting-${schoolA}`)
  await host.settle()
  const holder = async () => (await dutiesOf(host.head, `&schoolId=${schoolA}`))[0]?.supervisorName
  assert.equal(await holder(), '示例督学甲', 'not before its day')
  await host.moveTo('2026-11-16T01:00:00Z')
  assert.equal(await holder(), '示例督学乙')
  assert.deepEqual((await dutiesOf(host.otherSupervisor)).map(({ schoolId }) => schoolId).sort(), [schoolA, schoolB])

  const opened = {
    office,
    schoolId: unposted,
    code: '9',
    name: '示例新建小学',
    kind: 'school',
    stage: 'primary',
    ownership: 'public',
    zoneId: zoneB,
    zoneName: '乡镇责任区',
    enrolment: 120,
  }
  await host.announce(schoolRegistered, opened, office)
  await host.announce(schoolClosed, { office, schoolId: kindergarten, closedOn: '2026-11-20' }, office)
  await host.settle()
  const states = Object.fromEntries((await dutiesOf(host.head)).map(({ schoolName, state }) => [schoolName, state]))
  assert.deepEqual(states, { 示例幼儿园: 'waived', 示例新建小学: 'due', 示例第一小学: 'due', 示例第二小学: 'due' })
  await host.moveTo('2026-12-01T01:00:00Z')
  assert.deepEqual(
    (await dutiesOf(host.head, '&month=2026-11&unvisited=true')).map(({ schoolName }) => schoolName).sort(),
    ['示例新建小学', '示例第一小学', '示例第二小学'],
  )
  assert.equal((await dutiesOf(host.head)).length, 3, 'a closed school has no visit in December')
  assert.deepEqual(await dutiesOf(host.head, '&month=2026-10'), [], 'no month before the school was known')
})

test('[I7] after a stop of three months every month has begun once and ended once', async (t) => {
  const host = await startInspections(t)
  await host.moveTo('2027-02-10T01:00:00Z')
  for (const month of ['2026-11', '2026-12', '2027-01']) {
    const duties = await dutiesOf(host.head, `&month=${month}`)
    assert.deepEqual(duties.map(({ schoolId }) => schoolId).sort(), [schoolA, schoolB, kindergarten].sort(), month)
    assert.deepEqual(
      duties.map(({ state }) => state),
      ['missed', 'missed', 'missed'],
      month,
    )
  }
  assert.ok((await dutiesOf(host.head)).every(({ state }) => state === 'due'))
})

test('[I7] a supervisor sees only the own schools, a zone head the zone, another office nothing of it', async (t) => {
  const host = await startInspections(t)
  const ids = async (person: InspectionsHost['head'], search = '') =>
    (await dutiesOf(person, search)).map(({ schoolId }) => schoolId).sort()
  assert.deepEqual(await ids(host.supervisor), [schoolA, kindergarten].sort())
  assert.deepEqual(await ids(host.otherSupervisor), [schoolB])
  assert.deepEqual(await ids(host.zoneHead), [schoolA, kindergarten].sort())
  assert.deepEqual(await ids(host.zoneHead, `&zoneId=${zoneB}`), [], 'a filter does not widen a scope')
  assert.deepEqual(await ids(host.supervisor, `&supervisorId=${supervisorB}`), [])
  assert.deepEqual(await ids(host.foreignHead, `&schoolId=${schoolA}`), [])
  assert.deepEqual(await ids(host.head, `&supervisorId=${supervisorA}&zoneId=${zoneA}`), [schoolA, kindergarten].sort())
})
