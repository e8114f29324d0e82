import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { dulian } from './dulian.ts'
import { Workshop } from './instance-process.ts'

const workshop = new Workshop()
after(() => workshop.dispose())

const issuer = 'https://login.example'
const grant = (role: string, more: readonly string[] = []) => [
  'accounts',
  'grant',
  ...['--issuer', issuer, '--subject', 'u-1', '--office', 'yongchuan', '--name', '示例主任', '--role', role],
  ...more,
]

test('the first manager of an empty instance is named on the command line; again changes nothing, another role is added', async () => {
  const folder = workshop.folder()
  const first = await dulian(folder, grant('office-head', ['--json']))
  assert.equal(first.code, 0, first.stderr)
  assert.deepEqual([first.json.subject, first.json.roles[0].role, first.json.version], ['u-1', 'office-head', 2])
  const again = await dulian(folder, grant('office-head', ['--json']))
  assert.deepEqual([again.code, again.json.version, again.json.roles.length], [0, 2, 1])
  const second = await dulian(folder, grant('operator'))
  assert.deepEqual([second.code, second.stdout], [0, '示例主任（u-1）：督导室主任、系统管理员\n'], second.stderr)
  const list = await dulian(folder, ['accounts', 'list', '--office', 'yongchuan', '--json'])
  assert.deepEqual(
    list.json.map(({ name, roles }: { name: string; roles: { role: string }[] }) => [name, roles.length]),
    [['示例主任', 2]],
  )
})

test('what cannot be granted is refused in words: a role nobody has, an office that is none, a reach that is missing', async () => {
  const folder = workshop.folder()
  assert.equal((await dulian(folder, grant('door'))).code, 2)
  assert.equal((await dulian(folder, grant('emperor'))).code, 2)
  assert.equal((await dulian(folder, ['accounts', 'list', '--office', '../etc'])).code, 2)
  const refused = await dulian(folder, grant('school-principal', ['--json']))
  assert.deepEqual([refused.code, refused.json.code], [1, 'ROLE_NEEDS_REACH'])
  assert.match(refused.stderr, /请选择学校/)
})
