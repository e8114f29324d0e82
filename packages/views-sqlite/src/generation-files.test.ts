import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { on, once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { isViewError, type ViewSpace } from '@dulian/views'
import { openSqliteViews } from './index.ts'
import { BATCH, batchOf, COUNTING } from './testing/counting-view.ts'

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'views-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function countOf(space: ViewSpace): Promise<number> {
  return await space.count('items', {})
}

test('a worker thread rebuilds a view while the main thread reads and writes the live one; the swap reaches both', async (t) => {
  const folder = folderFor(t)
  const engine = openSqliteViews({ folder })
  t.after(() => engine.close())
  const space = await engine.open(COUNTING)
  const lease = await space.acquire('main', 60_000)
  assert.ok(lease)
  const worker = new Worker(new URL('./testing/rebuild-in-worker.ts', import.meta.url), {
    workerData: { folder, batches: 40 },
  })
  const exited = once(worker, 'exit')
  let committed = 0
  for await (const [told] of on(worker, 'message')) {
    if (told === 'promoted') break
    committed += 1
    await space.commit(lease, batchOf(committed))
    assert.equal(await countOf(space), committed * BATCH)
    assert.equal(space.generation, 1)
    if (told === 40) worker.postMessage('promote')
  }
  await exited
  assert.equal(await countOf(space), 40 * BATCH)
  assert.equal(await space.position(), '40')
  assert.equal(space.generation, 2)
  await assert.rejects(space.commit(lease, batchOf(41)), (error) => isViewError(error, 'LEASE_LOST'))
  assert.deepEqual(
    readdirSync(folder).filter((file) => file.includes('.g1.')),
    [],
  )
})

test('files of generations that no space names any more are removed when the folder is opened', async (t) => {
  const folder = folderFor(t)
  const engine = openSqliteViews({ folder })
  const space = await engine.open({ ...COUNTING, name: '名/称.g7' })
  await space.position()
  const next = await space.beginGeneration()
  await next.position()
  await engine.close()
  const kept = readdirSync(folder).sort()
  assert.equal(kept.length, 3)
  for (const leftover of ['dropped.g1.db', 'dropped.g1.db-wal', 'counting.g12.db']) {
    writeFileSync(join(folder, leftover), '')
  }
  writeFileSync(join(folder, 'notes.txt'), 'somebody else’s')
  await openSqliteViews({ folder }).close()
  assert.deepEqual(readdirSync(folder).sort(), [...kept, 'notes.txt'].sort())
})

test('a full disk is reported, keeps nothing of the commit, and work goes on when there is space', async (t) => {
  const folder = folderFor(t)
  const tight = openSqliteViews({ folder, maxFileBytes: 400_000 })
  const space = await tight.open(COUNTING)
  const lease = await space.acquire('main', 60_000)
  assert.ok(lease)
  let kept = 0
  await assert.rejects(
    async () => {
      for (let batch = 1; batch <= 100; batch += 1) {
        await space.commit(lease, batchOf(batch))
        kept = batch
      }
    },
    (error) => isViewError(error, 'VIEW_STORAGE_FULL'),
  )
  assert.ok(kept > 0)
  assert.equal(await countOf(space), kept * BATCH)
  assert.equal(await space.position(), String(kept))
  const page = await space.find('items', { where: { words: { all: ['督导', 'w1'] } }, limit: 1000 })
  assert.equal(page.items.length, kept)
  await tight.close()

  const roomy = openSqliteViews({ folder })
  t.after(() => roomy.close())
  const again = await roomy.open(COUNTING)
  const next = await again.acquire('main', 60_000)
  assert.ok(next)
  await again.commit(next, batchOf(kept + 1))
  assert.equal(await countOf(again), (kept + 1) * BATCH)
})

test('a killed process loses no answered commit and leaves no half one', async (t) => {
  const folder = folderFor(t)
  const script = fileURLToPath(new URL('./testing/write-until-killed.ts', import.meta.url))
  let answered = 0
  for (let round = 1; round <= 3; round += 1) {
    const child = spawn(process.execPath, [script, folder, String(answered + 1)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const enough = answered + 20 * round
    for await (const line of createInterface({ input: child.stdout })) {
      answered = Number(line)
      if (answered === enough) child.kill('SIGKILL')
    }
    const engine = openSqliteViews({ folder, clock: () => Date.now() + round * 3_600_000 })
    const space = await engine.open(COUNTING)
    const reached = Number(await space.position())
    assert.ok(answered >= enough && reached >= answered, `${reached} of ${answered}`)
    assert.equal(await countOf(space), reached * BATCH)
    const lease = await space.acquire('survivor', 1)
    assert.ok(lease)
    await space.release(lease)
    await engine.close()
    answered = reached
  }
})
