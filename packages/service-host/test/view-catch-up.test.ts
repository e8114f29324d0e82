import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDomainError } from '@dulian/event-sourcing'
import type { Freshness } from '@dulian/http-kit'
import { awaitHead, awaitPosition } from '../src/view-catch-up.ts'

/** A view that reaches a position at once or never, and tells what it was asked for. */
function viewThatStandsAt(reached: number): Freshness & { readonly asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    position: () => String(reached),
    lag: async () => 3,
    asOf: () => '2026-11-22T00:00:00.000Z',
    waitFor: async (position) => {
      asked.push(position)
      return Number(position) <= reached
    },
  }
}

test('a view that has seen the position is answered for', async () => {
  await awaitPosition(viewThatStandsAt(7), '7')
  const view = viewThatStandsAt(7)
  await awaitHead(view, { head: async () => '5' })
  assert.deepEqual(view.asked, ['5'])
})

test('a view that stays behind is said to, with how far', async () => {
  const behind = (error: unknown) => isDomainError(error, 'CHECK_BEHIND') && error.details.lag === 3
  await assert.rejects(awaitPosition(viewThatStandsAt(6), '7'), behind)
  await assert.rejects(awaitHead(viewThatStandsAt(6), { head: async () => '9' }), behind)
})
