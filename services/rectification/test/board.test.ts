import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { openCalendar } from '@dulian/calendar'
import { testAuthorization, testIdentity } from '@dulian/http-kit/testing'
import { ok, upTo } from '@dulian/service-host/testing'
import { boardOf } from '../src/views/board/queries.ts'
import { problemViews } from '../src/views/problems/queries.ts'
import { api, schoolB, startRectification, zoneA } from './rectification-host.ts'

type Host = Awaited<ReturnType<typeof startRectification>>

async function boardAndList(host: Host, query = '') {
  const board = ok(await host.head.get(`${api}/board?${query}`)).body
  const count = async (filter: string) =>
    ok(await host.head.get(`${api}/problems?limit=200&${query}&${filter}`)).body.items.length
  return { board, count }
}

async function cancel(host: Host, id: string): Promise<void> {
  const evidence = [await host.evidence()]
  let { version } = await host.problem(id)
  const steps = [
    [host.principal, 'report', { text: '已整改', evidence }],
    [host.supervisor, 'verify', { finding: '属实', evidence }],
    [host.head, 'cancel', { note: '同意' }],
  ] as const
  for (const [person, step, body] of steps) {
    version = ok(await person.post(`${api}/problems/${id}/${step}`, body, { ifMatch: version })).body.version
  }
  await host.settle()
}

/** Five problems on Friday 2026-11-20: one just open, one overdue, one due soon, two with time. */
async function fiveProblems(host: Host): Promise<string[]> {
  const ids: string[] = []
  for (const code of ['A01', 'A02', 'A03', 'A04']) ids.push(await host.finding(undefined, { itemCode: code }))
  ids.push(await host.finding(schoolB, { itemCode: 'A05' }))
  const limits = [undefined, '2026-11-19', '2026-11-25', '2026-11-26', '2026-12-18']
  for (const [place, dueOn] of limits.entries()) {
    const id = ids[place]
    if (dueOn !== undefined && id !== undefined) await host.demand(id, dueOn)
  }
  await host.moveTo('2026-11-20T02:00:00Z')
  return ids
}

test('[D3] the board’s counts equal the list, for every lamp, zone and filter', async (t) => {
  const host = await startRectification(t)
  await fiveProblems(host)
  for (const query of ['', `zoneId=${zoneA}`, `schoolId=${schoolB}`, 'source=routine', 'source=special']) {
    const { board, count } = await boardAndList(host, query)
    assert.equal(board.totals.overdue, await count('lamp=overdue'))
    assert.equal(board.totals.overdue, await count('overdue=true'))
    assert.equal(board.totals.dueSoon, await count('lamp=due-soon'))
    assert.equal(board.totals.onTime, await count('lamp=on-time'))
    assert.equal(board.totals.cancelled, await count('lamp=closed'))
    assert.equal(board.tiles.length, board.totals.open)
    const lampsOfTiles = Map.groupBy(board.tiles, (tile: { lamp: string }) => tile.lamp)
    assert.equal(lampsOfTiles.get('overdue')?.length ?? 0, board.totals.overdue)
    assert.equal(lampsOfTiles.get('due-soon')?.length ?? 0, board.totals.dueSoon)
  }
  const { board } = await boardAndList(host)
  assert.deepEqual(board.totals, { open: 5, onTime: 3, dueSoon: 1, overdue: 1, awaitingVerification: 0, cancelled: 0 })
  assert.deepEqual(
    board.byUnit.map((unit: Record<string, unknown>) => [unit.name, unit.open, unit.dueSoon, unit.overdue]),
    [
      ['示例第一小学', 4, 1, 1],
      ['示例第二小学', 1, 0, 0],
    ],
  )
  assert.equal(board.tiles[0].lamp, 'overdue')
})

test('[D4] funnel and ageing: each bar opens exactly its problems', async (t) => {
  const host = await startRectification(t)
  const [, second = ''] = await fiveProblems(host)
  await cancel(host, second)
  await host.moveTo('2026-12-10T02:00:00Z')
  await host.finding(schoolB, { itemCode: 'A09' })
  const { board, count } = await boardAndList(host)
  for (const bar of board.funnel) assert.equal(bar.count, await count(`state=${bar.state}`), bar.state)
  assert.deepEqual(
    board.funnel.map((bar: { count: number }) => bar.count),
    [2, 0, 3, 0, 0, 0, 1],
  )
  for (const bar of board.ageing) {
    const from = bar.openedFrom === null ? '' : `openedFrom=${bar.openedFrom}&`
    const listed = await count(`${from}openedTo=${bar.openedTo}`)
    const closedAmong = await count(`${from}openedTo=${bar.openedTo}&state=cancelled`)
    assert.equal(bar.count, listed - closedAmong, bar.days)
  }
  assert.deepEqual(
    board.ageing.map((bar: { count: number }) => bar.count),
    [1, 4, 0],
  )
})

test('[D3] a board with more open problems than tiles asks the view for its counts, and they are the same', async (t) => {
  const host = await startRectification(t)
  const [, second = ''] = await fiveProblems(host)
  await cancel(host, second)
  await host.moveTo('2026-12-10T02:00:00Z')
  await host.finding(schoolB, { itemCode: 'A09' })
  const service = host.host.service('rectification')
  const [live, history] = [service.view('problems'), service.view('problem-history')]
  const problems = problemViews({ live, history, clock: host.clock })
  const calendar = openCalendar()
  for (const days of [{}, { asOf: '2026-11-20' }, { validOn: '2026-11-30' }]) {
    for (const filters of [{}, { zoneId: zoneA }, { schoolId: schoolB }, { openedOn: { gte: '2026-12-01' } }]) {
      const where = { office: 'yongchuan', ...filters }
      const { tiles, more, ...counted } = await boardOf(problems.at(days), where, calendar)
      const asked = await boardOf(problems.at(days), where, calendar, 1)
      const label = JSON.stringify([days, filters])
      assert.deepEqual({ ...asked, tiles, more }, { ...counted, tiles, more }, label)
      assert.equal(asked.more, Math.max(0, tiles.length - 1), label)
    }
  }
})

test('[X3] cancel two and the board falls by two', async (t) => {
  const host = await startRectification(t)
  const [, second = '', third = ''] = await fiveProblems(host)
  await cancel(host, second)
  await cancel(host, third)
  const { board, count } = await boardAndList(host)
  assert.deepEqual([board.totals.open, board.totals.cancelled, board.tiles.length], [3, 2, 3])
  assert.equal(await count('state=cancelled'), 2)
})

test('[N10] board and list answer as known at the end of a past day, and a later change leaves that answer alone', async (t) => {
  const host = await startRectification(t)
  const [, second = ''] = await fiveProblems(host)
  const on = async (asOf: string) => {
    const { board, count } = await boardAndList(host, `asOf=${asOf}`)
    const { open, overdue, dueSoon, cancelled } = board.totals
    assert.equal(board.tiles.length, open)
    assert.equal(await count('lamp=overdue'), overdue)
    return { open, overdue, dueSoon, cancelled }
  }
  assert.deepEqual(await on('2026-11-01'), { open: 0, overdue: 0, dueSoon: 0, cancelled: 0 })
  assert.deepEqual(await on('2026-11-16'), { open: 5, overdue: 0, dueSoon: 1, cancelled: 0 })
  const before = await on('2026-11-20')
  assert.deepEqual(before, { open: 5, overdue: 1, dueSoon: 1, cancelled: 0 })
  await cancel(host, second)
  await host.moveTo('2026-11-23T02:00:00Z')
  assert.deepEqual(await on('2026-11-19'), { open: 5, overdue: 0, dueSoon: 1, cancelled: 0 })
  assert.deepEqual(await on('2026-11-20'), { open: 4, overdue: 0, dueSoon: 1, cancelled: 1 })
  assert.deepEqual((await boardAndList(host)).board.asOf, '2026-11-23')
  const list = ok(await host.head.get(`${api}/problems?asOf=2026-11-19&lamp=due-soon`)).body.items
  assert.deepEqual(
    list.map((problem: { problemId: string; state: string; workingDaysLeft: number }) => [
      problem.problemId,
      problem.state,
      problem.workingDaysLeft,
    ]),
    [[second, 'demanded', 0]],
  )
})

test('a rebuilt view answers what the live one answered', async (t) => {
  const host = await startRectification(t)
  const [, second = ''] = await fiveProblems(host)
  await cancel(host, second)
  const paths = ['/problems', '/board', '/board?asOf=2026-11-19', '/decisions', '/notices', `/problems/${second}`]
  const ask = async () => await Promise.all(paths.map(async (path) => ok(await host.head.get(`${api}${path}`)).body))
  const live = await ask()
  for (const view of ['problems', 'problem-history', 'decisions', 'notices', 'deadlines']) {
    await host.host.service('rectification').rebuild(view)
  }
  await host.settle()
  assert.deepEqual(await ask(), live)
})

async function openStream(host: Host, office: string): Promise<{ response: IncomingMessage; received: () => string }> {
  if (!host.app.server.listening) await host.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = host.app.server.address() as AddressInfo
  const authorization = testAuthorization(testIdentity({ subject: `watch-${office}`, office, roles: ['office-head'] }))
  const request = get({ host: '127.0.0.1', port, path: `${api}/board/stream`, headers: { authorization } })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  let text = ''
  response.setEncoding('utf8')
  response.on('data', (chunk: string) => {
    text += chunk
  })
  return { response, received: () => text }
}

async function until(condition: () => boolean, response: IncomingMessage): Promise<void> {
  while (!condition()) await once(response, 'data', { signal: AbortSignal.timeout(5_000) })
}

test('[D3] the board is live: a change is announced to its own office with the position to ask for', async (t) => {
  const host = await startRectification(t)
  const own = await openStream(host, 'yongchuan')
  const foreign = await openStream(host, 'qijiang')
  assert.equal(own.response.headers['content-type'], 'text/event-stream; charset=utf-8')
  await host.finding()
  await until(() => own.received().includes('event: changed'), own.response)
  const position = /"position":"([\d/]+)"/.exec(own.received())?.[1]
  assert.ok(position)
  const board = ok(await host.head.get(`${api}/board`, { 'min-position': position })).body
  assert.equal(board.totals.open, 1)

  host.clock.advance(15_000)
  await until(() => foreign.received().includes(': heartbeat'), foreign.response)
  assert.ok(!foreign.received().includes('changed'), 'another office hears nothing')

  const ended = once(own.response, 'end')
  foreign.response.destroy()
  await host.app.close()
  await ended
})

test('the stream asks for a permission like any other route', async (t) => {
  const host = await startRectification(t)
  const operator = host.as({ subject: 'op', roles: ['operator'] })
  assert.equal((await operator.get(`${api}/board/stream`)).status, 403)
  assert.equal((await host.app.inject({ url: `${api}/board/stream` })).statusCode, 401)
})

test('read your own writes: the board shows what the command answered for', async (t) => {
  const host = await startRectification(t)
  const body = {
    schoolId: schoolB,
    title: '食堂留样不全',
    description: '三餐留样缺一',
    severity: 'serious',
    source: { kind: 'special', title: '校园食品安全专项督导', level: 'district', year: 2026 },
  }
  const made = ok(await host.staff.post(`${api}/problems`, body), 201)
  assert.equal(ok(await host.staff.get(`${api}/board`, upTo(made))).body.totals.open, 1)
})
