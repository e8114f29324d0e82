import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { dataFilesIn } from './data-files.ts'

test('evidence and what is known of it are backed up, the small pictures drawn from it are not', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'dulian-data-files-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const hash = 'ab'.repeat(32)
  const home = join(folder, 'inspections', 'files', 'yongchuan', 'ab')
  await mkdir(home, { recursive: true })
  for (const ending of ['', '.json', '.small.jpg']) await writeFile(join(home, `${hash}${ending}`), 'x')
  await writeFile(join(home, 'mine.small.jpg'), 'x')
  const at = 'inspections/files/yongchuan/ab'
  assert.deepEqual(dataFilesIn(folder), {
    databases: [],
    others: [`${at}/${hash}`, `${at}/${hash}.json`, `${at}/mine.small.jpg`],
  })
})
