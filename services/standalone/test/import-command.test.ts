import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { dulian } from './dulian.ts'
import { Workshop } from './instance-process.ts'

const workshop = new Workshop()
after(() => workshop.dispose())

const header = '学校标识码,学校名称,办学类型,学段,办学性质,责任区'
const good = `${header}\n3150000901,示例导入小学,学校,小学,公办,\n3150000902,示例导入幼儿园,幼儿园,学前,民办,\n`
const more = (file: string, name: string, ...rest: string[]) => [
  ...['import', name, file, '--kind', 'schools', '--office', 'yongchuan', ...rest],
]

test('[R1] import check stores nothing, import run registers with its progress on stderr, and again changes nothing', async () => {
  const folder = workshop.folder()
  const file = join(folder, '学校.csv')
  writeFileSync(file, good)
  const checked = await dulian(folder, more(file, 'check', '--json'))
  assert.deepEqual([checked.code, checked.json.created, checked.json.refused], [0, 2, 0], checked.stderr)
  const run = await dulian(folder, more(file, 'run', '--json'))
  assert.deepEqual([run.code, run.json.state, run.json.created], [0, 'finished', 2], run.stderr)
  assert.match(run.stderr, /导入 2\/2/)
  const again = await dulian(folder, more(file, 'run'))
  assert.equal(again.code, 0, again.stderr)
  assert.match(again.stdout, /新建 0 行，更正 0 行，没有变化 2 行/)
})

test('[R1] refused rows end with 1 and are named; a wrong kind or office is wrong usage, a file that is not there is said', async () => {
  const folder = workshop.folder()
  const file = join(folder, '学校.csv')
  writeFileSync(file, `${good}3150000903,示例错误小学,学校,大学,公办,没有的责任区\n`)
  const checked = await dulian(folder, more(file, 'check'))
  assert.equal(checked.code, 1)
  assert.match(checked.stdout, /第 4 行“学段”：不在可选项中/)
  assert.match(checked.stderr, /有 1 行没有通过/)
  for (const args of [
    ['import', 'check', file, '--kind', 'teachers', '--office', 'yongchuan'],
    ['import', 'run', file, '--kind', 'schools', '--office', '../etc'],
    ['import', 'run', file, '--kind', 'schools'],
  ]) {
    assert.equal((await dulian(folder, args)).code, 2, args.join(' '))
  }
  const missing = await dulian(folder, more(join(folder, 'no-such-file.xlsx'), 'check'))
  assert.equal(missing.code, 1)
  assert.match(missing.stderr, /文件不存在/)
})
