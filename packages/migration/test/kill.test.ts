import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { MigrationReport } from '../src/index.ts'
import { commit, live, openPlace, policy } from './small-instance.ts'

const program = join(import.meta.dirname, 'migrating-process.ts')
const EVENTS = 6_000

/** Runs it until it says these words, then kills it outright; to its end when it does not. Answers its last line. */
async function run(t: TestContext, source: string, target: string, killAt?: string): Promise<string> {
  const child = spawn(process.execPath, [program, source, target], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (killAt !== undefined && said.includes(`${killAt}\n`)) child.kill('SIGKILL')
  })
  await new Promise((resolve) => child.once('close', resolve))
  return said.trim().split('\n').at(-1) ?? ''
}

test('killed while it reads, copies, compares and proves, it ends up with every event once, in order', async (t) => {
  const source = openPlace(t)
  const target = join(source.folder, 'target')
  mkdirSync(target)
  await live(source.events, EVENTS)
  await commit(source.views, policy, '4321')
  for (const killAt of [
    'reading 2500',
    'copying 500',
    'copying 1500',
    'comparing 1000',
    'copying 2000',
    'proving 3000',
  ]) {
    await run(t, source.folder, target, killAt)
  }
  const report = JSON.parse(await run(t, source.folder, target)) as MigrationReport
  assert.equal(report.equal, true)
  const [doors] = report.services
  assert.equal(doors?.source.events, EVENTS)
  assert.deepEqual(doors?.target, doors?.source)
  assert.equal((doors?.copied.found ?? 0) + (doors?.copied.written ?? 0), EVENTS)
  assert.ok((doors?.copied.found ?? 0) >= 4_000, 'what was there before the kill is used')
  const copy = openPlace(t, { folder: target })
  assert.equal(await (await copy.views.open(policy)).position(), '4321')
  assert.equal(await copy.events.head(), String(EVENTS))
})
