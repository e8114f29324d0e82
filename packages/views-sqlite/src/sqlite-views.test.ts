import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { SpaceDefinition } from '@dulian/views'
import { openSqliteViews } from './index.ts'

const VISITS: SpaceDefinition = {
  name: 'visits',
  revision: 1,
  collections: {
    visits: { indexes: { byDate: ['office', 'date'], byOpen: ['office', 'open', 'date'] }, tokens: 'words' },
  },
}

test('a document committed under a lease is found again after reopening', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'views-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const engine = openSqliteViews({ folder })
  const space = await engine.open(VISITS)
  const lease = await space.acquire('a', 30_000)
  assert.ok(lease)
  await space.commit(lease, {
    position: '7',
    writes: [1, 2, 3].map((n) => ({
      collection: 'visits',
      id: `v${n}`,
      version: '7',
      document: { office: 'yc', date: n % 2 ? '2026-01-01' : null, open: n === 1, words: ['永川', `w${n}`] },
    })),
  })
  await engine.close()
  const again = openSqliteViews({ folder })
  const reopened = await again.open(VISITS)
  assert.equal(await reopened.position(), '7')
  const page = await reopened.find('visits', { where: { office: 'yc' }, sort: [['date', 'desc']], limit: 2 })
  assert.deepEqual(
    page.items.map((item) => item.id),
    ['v3', 'v1'],
  )
  assert.ok(page.nextCursor)
  const second = await reopened.find('visits', {
    where: { office: 'yc' },
    sort: [['date', 'desc']],
    limit: 2,
    cursor: page.nextCursor,
  })
  assert.deepEqual(
    second.items.map((item) => item.id),
    ['v2'],
  )
  assert.deepEqual(
    (await reopened.find('visits', { where: { words: { all: ['永川', 'w2'] } } })).items.map((i) => i.id),
    ['v2'],
  )
  assert.deepEqual(await reopened.group('visits', ['open'], { office: 'yc' }), [
    { key: [false], count: 2 },
    { key: [true], count: 1 },
  ])
  assert.equal(await reopened.count('visits', { office: 'yc', open: true }), 1)
  const next = await reopened.beginGeneration()
  const nextLease = await next.acquire('w', 1000)
  assert.ok(nextLease)
  await next.commit(nextLease, {
    position: '9',
    writes: [{ collection: 'visits', id: 'x', version: '9', document: { office: 'yc' } }],
  })
  assert.equal(await reopened.count('visits', {}), 3)
  await reopened.promote(next)
  await next.close()
  assert.equal(await reopened.count('visits', {}), 1)
  assert.equal(reopened.generation, 2)
  await again.close()
})
