import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { makeTree } from './test-tree.ts'

const passing = `import { test } from 'node:test'\ntest('it holds', () => {})\n`
const failing = `import { test } from 'node:test'\nimport assert from 'node:assert'\ntest('it breaks', () => assert.equal(1, 2))\n`
const skipping = `import { test } from 'node:test'\ntest('it needs more', { skip: 'no chromium found' }, () => {})\n`

async function npmTest(
  context: TestContext,
  files: Record<string, string>,
  args: string[] = [],
  env: Record<string, string> = {},
): Promise<{ code: number | null; output: string; lastLine: string | undefined; root: string }> {
  const root = await makeTree(context, files)
  const { NODE_TEST_CONTEXT: _, ...ours } = process.env
  const child = spawn(process.execPath, [join(import.meta.dirname, 'run.ts'), '--root', root, ...args], {
    env: { ...ours, DULIAN_REQUIRE: '', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, output, lastLine: output.trimEnd().split('\n').at(-1), root }
}

test('a run in which everything passes exits 0 and ends with the line scripts read', async (context) => {
  const run = await npmTest(context, { 'packages/a/a.test.ts': passing, 'services/b/src/b.test.ts': passing })
  assert.equal(run.lastLine, 'tests: 2 passed, 0 failed')
  assert.equal(run.code, 0)
})

test('a failing test is printed with its file and its cause, and the run exits 1', async (context) => {
  const run = await npmTest(context, { 'packages/a/a.test.ts': passing, 'packages/b/b.test.ts': failing })
  assert.equal(run.code, 1)
  assert.equal(run.lastLine, 'tests: 1 passed, 1 failed')
  assert.match(run.output, /FAILED: it breaks\n\s+in packages\/b\/b\.test\.ts/)
  assert.match(run.output, /1 == 2/)
})

test('every outcome is kept in test-output/results.json under its full name', async (context) => {
  const nested = `import { describe, it } from 'node:test'\ndescribe('a plan', () => { it('[G5] is read', () => {}) })\n`
  const run = await npmTest(context, { 'packages/a/a.test.ts': nested, 'packages/b/b.test.ts': skipping })
  const results = JSON.parse(await readFile(join(run.root, 'test-output', 'results.json'), 'utf8'))
  assert.deepEqual(results.counts, { passed: 1, failed: 0, skipped: 1 })
  assert.equal(results.tests[0].name, 'a plan › [G5] is read')
  assert.equal(results.tests[0].file, 'packages/a/a.test.ts')
  assert.equal(results.tests[1].reason, 'no chromium found')
})

test('a run without any test fails', async (context) => {
  const run = await npmTest(context, { 'packages/a/a.ts': '' })
  assert.equal(run.code, 1)
  assert.equal(run.lastLine, 'tests: 0 passed, 1 failed')
})

test('a filter that matches no file fails instead of passing quietly', async (context) => {
  const run = await npmTest(context, { 'packages/a/a.test.ts': passing }, ['packages/z'])
  assert.equal(run.code, 1)
})

test('a file that cannot even be loaded, or holds no test, is a failure', async (context) => {
  const run = await npmTest(context, {
    'packages/a/broken.test.ts': 'const x = ;',
    'packages/a/empty.test.ts': 'export const x = 1',
  })
  assert.equal(run.lastLine, 'tests: 0 passed, 2 failed')
  assert.match(run.output, /The file holds no test/)
  assert.match(run.output, /Expression expected/)
})

test('a test marked as todo is a failure', async (context) => {
  const todo = `import { test } from 'node:test'\ntest('later', { todo: true }, () => {})\n`
  const run = await npmTest(context, { 'packages/a/a.test.ts': todo })
  assert.equal(run.lastLine, 'tests: 0 passed, 1 failed')
})

test('a file that never ends is stopped and named', async (context) => {
  const endless = `${passing}setInterval(() => {}, 1000)\n`
  const run = await npmTest(context, { 'packages/a/a.test.ts': endless }, ['--file-timeout', '1500'])
  assert.equal(run.lastLine, 'tests: 1 passed, 1 failed')
  assert.match(run.output, /did not end within/)
})

test('a skipped test is announced at the end with its reason', async (context) => {
  const run = await npmTest(context, { 'packages/a/a.test.ts': passing, 'packages/a/b.test.ts': skipping })
  assert.equal(run.code, 0)
  assert.match(run.output, /SKIPPED: packages\/a\/b\.test\.ts › it needs more — no chromium found/)
})

test('where a group is required, its skipped test fails the run', async (context) => {
  const files = { 'packages/a/a.test.ts': passing, 'packages/a/b.test.ts': skipping }
  const run = await npmTest(context, files, [], { DULIAN_REQUIRE: 'browser' })
  assert.equal(run.code, 1)
  assert.equal(run.lastLine, 'tests: 1 passed, 1 failed')
})

test('the long tier runs only when asked for', async (context) => {
  const files = { 'packages/a/a.test.ts': passing, 'packages/a/kill.long.test.ts': passing }
  assert.equal((await npmTest(context, files)).lastLine, 'tests: 1 passed, 0 failed')
  assert.equal((await npmTest(context, files, ['--long'])).lastLine, 'tests: 2 passed, 0 failed')
})

test('settings of the person at the keyboard do not reach the tests, the samples do', async (context) => {
  const looking = `import { test } from 'node:test'\nimport assert from 'node:assert'
test('sees', () => assert.deepEqual([process.env.DULIAN_DATA, process.env.DULIAN_SAMPLES], [undefined, 'there']))\n`
  const env = { DULIAN_DATA: 'mine', DULIAN_SAMPLES: 'there' }
  assert.equal((await npmTest(context, { 'tools/a.test.ts': looking }, [], env)).code, 0)
})

test('a wrong argument is refused with the usage and exit code 2', async (context) => {
  const run = await npmTest(context, { 'packages/a/a.test.ts': passing }, ['--group', 'nonsense'])
  assert.equal(run.code, 2)
})
