import assert from 'node:assert/strict'
import type { Answer } from './test-host.ts'

/** The answer, which must be of this status; else the test fails with what was said. */
export function ok(answer: Answer, status = 200): Answer {
  assert.equal(answer.status, status, JSON.stringify(answer.body))
  return answer
}

export function refusedWith(answer: Answer, status: number, code: string): void {
  assert.deepEqual([answer.status, answer.body?.code], [status, code], JSON.stringify(answer.body))
}

/** Headers for a query that must know of what this command did. */
export function upTo(answer: Answer): { readonly 'min-position': string } {
  return { 'min-position': answer.body.position }
}
