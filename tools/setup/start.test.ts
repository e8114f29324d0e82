import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { makeTree } from '../test/test-tree.ts'

/** Stands in for the instance: says what it was given, then waits to be told to stop. */
const instance = `
const open = setInterval(() => {}, 1000)
if (process.env.STILL_STARTING) { console.log('ready for a signal'); await new Promise(() => {}) }
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => { console.log('finished on ' + signal); clearInterval(open) })
console.log('ready, demo ' + process.env.DULIAN_DEMO)
`

async function npmStart(
  context: TestContext,
  env: Record<string, string> = {},
): Promise<{ child: ChildProcess; output: () => string }> {
  // The very script of the product, with an instance of our own behind it.
  const { scripts } = JSON.parse(await readFile(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8'))
  const root = await makeTree(context, {
    'package.json': JSON.stringify({ name: 'x', type: 'module', scripts: { start: scripts.start } }),
    'tools/setup/start.mjs': await readFile(join(import.meta.dirname, 'start.mjs'), 'utf8'),
    'tools/setup/ensure-web-built.ts': await readFile(join(import.meta.dirname, 'ensure-web-built.ts'), 'utf8'),
    'services/standalone/src/main.ts': instance,
  })
  const { NODE_TEST_CONTEXT: _, DULIAN_DEMO: __, ...ours } = process.env
  const PATH = [dirname(process.execPath), process.env.PATH].join(delimiter)
  const child = spawn('npm', ['start', '--silent'], {
    cwd: root,
    env: { ...ours, PATH, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  context.after(() => child.kill('SIGKILL'))
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output += text
  })
  while (!output.includes('ready')) await once(child.stdout, 'data')
  return { child, output: () => output }
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  test(`${signal} to npm start reaches the instance, which finishes and exits 0`, {
    timeout: 60_000,
  }, async (context) => {
    const { child, output } = await npmStart(context)
    child.kill(signal)
    const [code] = await once(child, 'close')
    assert.match(output(), new RegExp(`finished on ${signal}`))
    assert.equal(code, 0)
  })
}

test('npm start shows the demo unless DULIAN_DEMO says otherwise', { timeout: 60_000 }, async (context) => {
  assert.match((await npmStart(context)).output(), /demo 1/)
  assert.match((await npmStart(context, { DULIAN_DEMO: '0' })).output(), /demo 0/)
})

test('when npm is killed the instance does not stay behind', { timeout: 60_000 }, async (context) => {
  const { child, output } = await npmStart(context)
  child.kill('SIGKILL')
  // The pipe closes when its last writer, the instance, has ended.
  await once(child, 'close')
  assert.match(output(), /finished on SIGTERM/)
})

test('a signal while the instance is still starting ends it, too, with 0', { timeout: 60_000 }, async (context) => {
  const { child } = await npmStart(context, { STILL_STARTING: '1' })
  child.kill('SIGTERM')
  const [code] = await once(child, 'close')
  assert.equal(code, 0)
})
