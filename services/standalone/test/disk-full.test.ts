import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { InstanceProcess } from './instance-process.ts'
import { END, fresh, makeOneOfEverything } from './one-of-everything.ts'
import { type Answer, ok, TestInstance } from './test-instance.ts'
import { documentsOf, rebuildAll } from './view-documents.ts'

const registry = '/api/supervisor-registry'

test('a full disk: commands say so, reads go on, nothing is half-written, and it goes on when space returns', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'dulian-full-'))
  try {
    if (!mounts('-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', folder)) {
      t.skip('SKIPPED: a small disk can only be mounted by root on Linux')
      return
    }
    try {
      await onSmallDisk(folder)
    } finally {
      execFileSync('umount', ['--lazy', folder])
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

async function onSmallDisk(folder: string): Promise<void> {
  const house = await TestInstance.open({ now: END, folder, durable: true })
  try {
    const things = await makeOneOfEverything(house)
    const head = house.as('office-head')
    const visit = `/api/inspections/visits/${things.recordedVisitId}`
    const finding = `${visit}/findings/${things.proposedFindingId}/confirm`
    const reads = [
      `${registry}/schools/${things.schoolId}`,
      '/api/office/tasks',
      visit,
      `/api/rectification/problems/${things.problemId}`,
      '/api/rectification/board',
    ]
    const read = async () => await Promise.all(reads.map(async (path) => ok(await head.get(path)).body))
    const before = await read()
    const heads = await house.heads()
    const problems = await problemsOf(house)

    const balloon = join(folder, 'balloon')
    fillUp(balloon)
    const zone = (n: number) => head.post(`${registry}/zones`, { name: `满盘${n}` }, { key: `zone-${n}` })
    // What still found room is the first few; the rest is refused, all in the same words.
    const zones = await Promise.all(Array.from({ length: 40 }, (_, n) => zone(n)))
    const acknowledged = zones.filter(({ status }) => status === 201).map(({ body }) => body.id as string)
    const refused = zones.filter(({ status }) => status !== 201)
    assert.ok(refused.length > 10, `only ${refused.length} refused`)
    for (const answer of refused) assertFull(answer)
    for (const answer of [
      await head.post(finding, { severity: 'ordinary' }),
      await head.post('/api/inspections/checklists', { title: '满盘', items: [{ code: 'A', title: '条目' }] }),
      await head.post('/api/office/plans', { fileName: '满盘.txt', text: '一、满盘\n1. 每年组织一次综合督导。' }),
    ]) {
      assertFull(answer)
    }
    await assert.rejects(head.upload('office', '满'.repeat(10_000)), /503 .*STORAGE_FULL/)
    assert.deepEqual(await read(), before)
    assert.equal((await head.get('/health/live')).status, 200)
    const grown = Object.entries(await house.heads()).filter(([service, at]) => heads[service] !== at)
    assert.deepEqual(
      grown.map(([service]) => service),
      acknowledged.length === 0 ? [] : ['supervisor-registry'],
    )

    // A day begins meanwhile; nobody can write that down, and nobody falls over it.
    house.clock.set('2026-11-11T02:00:00Z')
    await house.instance.host.tick()
    assert.equal((await head.get('/api/rectification/board')).body.asOf, '2026-11-11')

    const late = new InstanceProcess(join(folder, 'another'), { DULIAN_DEMO: '0' })
    assert.deepEqual(await late.ended, { code: 1, signal: null })
    assert.match(late.stderr, /^督联：.*(空间不足|空间已满)/m)
    assert.doesNotMatch(late.stderr, /\n\s+at .*:\d+/)

    rmSync(balloon)
    rmSync(join(folder, 'another'), { recursive: true, force: true })
    const again = await Promise.all(zones.map((_, n) => zone(n)))
    assert.ok(again.every(({ status }) => status === 201))
    for (const id of acknowledged)
      assert.ok(
        again.some(({ body }) => body.id === id),
        'acknowledged twice, differently',
      )
    const confirmed = ok(await head.post(finding, { severity: 'ordinary' }))
    await house.instance.host.tick()
    await house.settle()
    ok(await head.get(visit, fresh(confirmed)))
    await assertWhole(
      house,
      again.map(({ body }) => body.id as string),
    )
    assert.equal(
      (await problemsOf(house)).length,
      problems.length + 1,
      'the finding confirmed after the full disk became no problem',
    )
  } finally {
    await house.dispose()
  }
}

/** Each thing once, nothing set aside on the way, and every view as its rebuild. */
async function assertWhole(house: TestInstance, zoneIds: readonly string[]): Promise<void> {
  const head = house.as('office-head')
  const { items } = ok(await head.get(`${registry}/zones?limit=200`)).body
  const named = items.filter(({ name }: { name: string }) => name.startsWith('满盘'))
  assert.deepEqual(named.map(({ zoneId }: { zoneId: string }) => zoneId).sort(), zoneIds.toSorted())
  for (const { definition } of house.instance.host.services) {
    const { body } = await house.as('operator').get(`/api/${definition.name}/system/status`)
    assert.deepEqual(body.deadLetters, [])
    for (const { name, parked } of body.subscriptions) assert.deepEqual(parked, [], `${definition.name}/${name}`)
  }
  const live = await documentsOf(house.instance.host)
  await rebuildAll(house.instance.host, house.folder)
  assert.deepEqual(await documentsOf(house.instance.host), live)
}

async function problemsOf(house: TestInstance): Promise<readonly unknown[]> {
  return ok(await house.as('office-head').get('/api/rectification/problems?limit=200')).body.items
}

function assertFull({ status, headers, body }: Answer): void {
  assert.deepEqual([status, body.code, body.status], [503, 'STORAGE_FULL', 503], JSON.stringify(body))
  assert.match(String(headers['content-type']), /^application\/problem\+json/)
  assert.match(body.detail, /磁盘空间不足.*没有保存任何内容/)
  assert.ok(body.traceId)
}

/** Takes every byte there is. */
function fillUp(file: string): void {
  const handle = openSync(file, 'w')
  try {
    for (let piece = 65_536; piece >= 512; piece /= 2) {
      const bytes = Buffer.alloc(piece)
      for (let isFull = false; !isFull; ) {
        try {
          writeSync(handle, bytes)
        } catch (error) {
          if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
          isFull = true
        }
      }
    }
  } finally {
    closeSync(handle)
  }
}

function mounts(...mount: string[]): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && spawnSync('mount', mount).status === 0
}
