import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { listFiles, readSources } from '../check/source-tree.ts'
import { addToTree, makeTree } from '../test/test-tree.ts'
import { checkContracts } from './check-contracts.ts'
import { compareVersions } from './contract-release.ts'
import { releaseContracts } from './release-contracts.ts'

const run = promisify(execFile)
const zod = import.meta.resolve('zod')

/** A module that publishes `lamp-lit` with these members; more of it, if wanted. */
function contracts(members: string, more = ''): string {
  return `import { z } from ${JSON.stringify(zod)}
const lampLit = {
  service: 'lamps', topic: 'dulian.lamps', name: 'lamp-lit', version: 1, type: 'cn.dulian.lamps.lamp-lit.v1',
  title: '灯已点亮', audience: 'public', schema: z.object({ ${members} }), example: { lamp: 'a', by: null },
}
export const publishedEvents = [lampLit${more}]
`
}

const released = 'lamp: z.string(), by: z.string().nullable()'
const index = 'contracts/src/index.ts'
const changelog = 'contracts/CHANGELOG.md'

/** A repository whose contracts were released as 1.0.0. */
async function releasedTree(t: TestContext): Promise<string> {
  t.mock.method(console, 'log', () => {})
  const root = await makeTree(t, {
    [index]: contracts(released),
    [changelog]: '# Changes\n\n## Unreleased\n\n- The first\n',
  })
  await run('git', ['init', '--quiet'], { cwd: root })
  assert.equal(await releaseContracts(['1.0.0', '--root', root], '2026-11-22'), 0)
  return root
}

async function check(root: string): Promise<readonly string[]> {
  const problems = await checkContracts(root, await readSources(root, await listFiles(root)))
  return problems.map(({ file, message }) => `${file}: ${message}`)
}

/** The same repository with other contracts; a folder of its own, as a module is loaded once. */
async function changedTree(t: TestContext, contract: string, notes = ''): Promise<string> {
  const before = await releasedTree(t)
  const sources = await readSources(before, await listFiles(before))
  const files = Object.fromEntries(sources.map(({ path, text }) => [path, text]))
  const root = await makeTree(t, { ...files, [index]: contract })
  await addToTree(root, {
    [changelog]: (files[changelog] ?? '').replace('## Unreleased\n', `## Unreleased\n\n${notes}\n`),
  })
  await run('git', ['init', '--quiet'], { cwd: root })
  return root
}

test('what is as it was released passes, and the changelog has room for what comes next', async (t) => {
  const root = await releasedTree(t)
  assert.deepEqual(await check(root), [])
  assert.equal(
    await readFile(join(root, changelog), 'utf8'),
    '# Changes\n\n## Unreleased\n\n## 1.0.0 · 2026-11-22\n\n- The first\n',
  )
})

test('a breaking change is refused with the way out', async (t) => {
  const root = await changedTree(t, contracts('lamp: z.string(), by: z.string().nullable(), room: z.string()'))
  const [problem] = await check(root)
  assert.match(problem ?? '', /^contracts\/src: cn\.dulian\.lamps\.lamp-lit\.v1 .*room may be missing, and is required/)
  assert.match(problem ?? '', /declare cn\.dulian\.lamps\.lamp-lit\.v2 beside it.*upcaster.*contracts\/CHANGELOG\.md/)
})

test('a new member passes once the changelog names it', async (t) => {
  const contract = contracts(`${released}, room: z.string().optional()`)
  const [silent, ...more] = await check(await changedTree(t, contract))
  assert.match(silent ?? '', /CHANGELOG.*has new members: room: say so .* naming `lamps\.lamp-lit\.v1` and `room`/)
  assert.deepEqual(more, [])
  assert.equal((await check(await changedTree(t, contract, '- `lamps.lamp-lit.v1` has a room.'))).length, 1)
  const told = await changedTree(t, contract, '- `lamps.lamp-lit.v1` tells the\n  `room`.')
  assert.deepEqual(await check(told), [])
})

test('the next version of an event passes beside the first, once the changelog names it', async (t) => {
  const next = `, { ...lampLit, version: 2, type: 'cn.dulian.lamps.lamp-lit.v2', schema: z.object({ lamp: z.number() }), example: { lamp: 1 } }`
  const root = await changedTree(t, contracts(released, next), '- `lamps.lamp-lit.v2`: lamps have numbers.')
  assert.deepEqual(await check(root), [])
})

test('a release is made once, in order, and never of contracts that break an earlier one', async (t) => {
  t.mock.method(console, 'error', () => {})
  const root = await releasedTree(t)
  for (const version of ['1.0.0', '0.9.0', 'next', ''])
    assert.equal(await releaseContracts([version, '--root', root], ''), 2)
  const broken = await changedTree(t, contracts('lamp: z.string()'))
  assert.equal(await releaseContracts(['1.1.0', '--root', broken], '2026-12-01'), 1)
  const told = await changedTree(
    t,
    contracts(`${released}, room: z.string().optional()`),
    '- `lamps.lamp-lit.v1`: `room`',
  )
  assert.equal(await releaseContracts(['1.1.0', '--root', told], '2026-12-01'), 0)
  assert.deepEqual(await check(told), [])
})

test('versions count by number, not by letter', () => {
  assert.ok(compareVersions('0.10.0', '0.9.1') > 0)
  assert.ok(compareVersions('1.0.0', '0.99.99') > 0)
  assert.equal(compareVersions('1.2.3', '1.2.3'), 0)
})
