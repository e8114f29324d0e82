import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgeRun } from './judge-run.ts'
import type { FileRecord, TestRecord } from './test-record.ts'

function fileWith(file: string, ...tests: Omit<TestRecord, 'file' | 'durationMs'>[]): FileRecord {
  return { file, durationMs: 1, output: '', tests: tests.map((test) => ({ ...test, file, durationMs: 1 })) }
}

const passed = { name: 'holds', outcome: 'passed' } as const

test('samples are recognised by the reason a test gives', () => {
  const files = [
    fileWith('a.test.ts', passed, { name: 'reads', outcome: 'skipped', reason: 'DULIAN_SAMPLES is not set' }),
  ]
  assert.equal(judgeRun(files, []).ok, true)
  assert.equal(judgeRun(files, ['samples']).ok, false)
  assert.equal(judgeRun(files, ['browser']).ok, true)
})

test('a browser file that skips is refused whatever reason it gives', () => {
  const files = [fileWith('a.browser.test.ts', passed, { name: 'looks', outcome: 'skipped', reason: 'tired' })]
  assert.equal(judgeRun(files, ['browser']).failed, 1)
})

test('an unknown requirement is refused instead of being ignored', () => {
  assert.equal(judgeRun([fileWith('a.test.ts', passed)], ['browsers']).ok, false)
})

test('only skipped tests are no run at all', () => {
  const files = [fileWith('a.test.ts', { name: 'looks', outcome: 'skipped', reason: 'tired' })]
  assert.equal(judgeRun(files, []).ok, false)
})
