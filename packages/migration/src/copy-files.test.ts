import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { copyFiles } from './copy-files.ts'

interface Folders {
  readonly source: string
  readonly target: string
}

function folders(t: TestContext): Folders {
  const folder = mkdtempSync(join(tmpdir(), 'dulian-files-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return { source: join(folder, 'a', 'files'), target: join(folder, 'b', 'files') }
}

/** Answers the path within the folder. */
function keep(folder: string, office: string, content: string): string {
  const hash = createHash('sha256').update(content).digest('hex')
  const home = join(folder, office, hash.slice(0, 2))
  mkdirSync(home, { recursive: true })
  writeFileSync(join(home, hash), content)
  writeFileSync(join(home, `${hash}.json`), JSON.stringify({ mediaType: 'text/plain', name: `${content}.txt` }))
  return `${office}/${hash.slice(0, 2)}/${hash}`
}

async function copy({ source, target }: Folders, verifyOnly = false) {
  return await copyFiles({ service: 'doors', source, target, verifyOnly, progress: () => {} })
}

test('every office’s files arrive with the words about them, once; what is still coming in stays', async (t) => {
  const both = folders(t)
  const paths = [
    keep(both.source, 'yongchuan', '照片'),
    keep(both.source, 'qijiang', '照片'),
    keep(both.source, 'qijiang', '表'),
  ]
  mkdirSync(join(both.source, '.incoming'))
  writeFileSync(join(both.source, '.incoming', 'half'), 'half')
  const report = await copy(both)
  assert.deepEqual(report, { files: 3, bytes: 15, copied: 3, damaged: [], differing: [] })
  for (const path of paths.flatMap((each) => [each, `${each}.json`])) {
    assert.deepEqual(readFileSync(join(both.target, path)), readFileSync(join(both.source, path)))
  }
  const names = await readdir(both.target, { recursive: true, withFileTypes: true })
  assert.equal(names.filter((entry) => entry.isFile()).length, 6)
  assert.deepEqual(await copy(both), { ...report, copied: 0 })
})

test('a file damaged on the way is copied again; one that is damaged in the source is named, and copied as it is', async (t) => {
  const both = folders(t)
  const [damaged, fine] = [keep(both.source, 'demo', '一'), keep(both.source, 'demo', '二')]
  await copy(both)
  writeFileSync(join(both.target, fine), 'half')
  assert.deepEqual((await copy(both, true)).differing, [fine])
  assert.equal((await copy(both)).copied, 1)
  writeFileSync(join(both.source, damaged), 'rotten')
  const report = await copy(both)
  assert.deepEqual([report.damaged, report.differing, report.copied], [[damaged], [], 1])
  assert.equal(readFileSync(join(both.target, damaged), 'utf8'), 'rotten')
})

test('verifying names what is missing or said otherwise, and writes nothing', async (t) => {
  const both = folders(t)
  const [missing, renamed] = [keep(both.source, 'demo', '一'), keep(both.source, 'demo', '二')]
  keep(both.target, 'demo', '二')
  writeFileSync(join(both.target, `${renamed}.json`), '{}')
  const report = await copy(both, true)
  assert.deepEqual([report.copied, [...report.differing].sort()], [0, [missing, renamed].sort()])
  assert.equal(
    (await readdir(both.target, { recursive: true })).some((name) => missing.endsWith(name)),
    false,
  )
})

test('a service that never kept a file has none to move', async (t) => {
  assert.deepEqual(await copy(folders(t)), { files: 0, bytes: 0, copied: 0, damaged: [], differing: [] })
})
