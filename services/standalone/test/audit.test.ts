import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { testEngines } from '@dulian/service-host/testing'
import { dulian } from './dulian.ts'
import { Workshop } from './instance-process.ts'
import { ok, TestInstance } from './test-instance.ts'

const workshop = new Workshop()
after(() => workshop.dispose())
const skip = testEngines('').events === 'sqlite' ? false : 'SKIPPED: changes a byte of a file'

test('dulian audit verify names the entry of which one byte was changed, and ends with 1', { skip }, async () => {
  const folder = workshop.folder()
  assert.deepEqual((await dulian(folder, ['audit', 'verify', '--json'])).json, { intact: true, entries: 0, chains: [] })
  const house = await TestInstance.open({ now: '2026-11-10T02:00:00Z', folder })
  const noted = join(workshop.folder(), 'noted.json')
  try {
    const head = house.as('office-head')
    for (const rows of [3, 5, 8]) {
      const list = { list: 'problems', title: '问题台账', rows, columns: ['编号'], filters: `第${rows}行` }
      ok(await head.post('/api/audit/exports', list))
    }
    const elsewhere = house.as('office-head', { office: 'qijiang' })
    ok(await elsewhere.post('/api/audit/exports', { list: 'schools', title: '学校', rows: 1 }))
    // While the instance runs.
    const whole = await dulian(folder, ['audit', 'verify', '--json'])
    assert.equal(whole.code, 0, whole.stderr)
    assert.deepEqual(
      whole.json.chains.map(({ office, entries }: { office: string; entries: number }) => [office, entries]),
      [
        ['yongchuan', 3],
        ['qijiang', 1],
      ],
    )
    writeFileSync(noted, whole.stdout)
  } finally {
    await house.dispose()
  }
  assert.equal((await dulian(folder, ['audit', 'verify', '--noted', noted])).code, 0)

  const file = join(folder, 'audit', 'events.db')
  const content = readFileSync(file)
  const changed = Buffer.from(content)
  const at = changed.indexOf('第5行') + Buffer.byteLength('第')
  changed.write('6', at)
  writeFileSync(file, changed)
  const broken = await dulian(folder, ['audit', 'verify', '--json'])
  assert.equal(broken.code, 1)
  assert.deepEqual(
    [broken.json.intact, broken.json.broken.office, broken.json.broken.sequence, broken.json.broken.stream],
    [false, 'yongchuan', 2, 'audit-yongchuan-chain'],
  )
  const words = await dulian(folder, ['audit', 'verify'])
  assert.equal(words.code, 1)
  assert.match(words.stdout, /督导室 yongchuan 的第 2 条（audit-yongchuan-chain，位置 2）有误：内容与校验值不符/)

  writeFileSync(file, content)
  const other = await TestInstance.open({ now: '2026-11-10T02:00:00Z', folder: workshop.folder() })
  await other.dispose()
  const cut = await dulian(other.folder, ['audit', 'verify', '--noted', noted, '--json'])
  assert.equal(cut.code, 1, 'entries that were noted are gone')
})

test('what is not an earlier answer cannot be compared with', async () => {
  const folder = workshop.folder()
  const notes = join(folder, 'notes.txt')
  writeFileSync(notes, '不是核对结果')
  const refused = await dulian(folder, ['audit', 'verify', '--noted', notes])
  assert.equal(refused.code, 1)
  assert.match(refused.stderr, /不是此前用 dulian audit verify --json 保存的结果/)
  assert.match((await dulian(folder, ['audit', 'verify', '--noted', join(folder, 'none')])).stderr, /没有文件/)
})
