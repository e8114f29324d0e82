import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import { AppendedFeed } from './appended-feed.ts'
import { LogMark } from './log-mark.ts'
import { StreamPrefix } from './stored-event.ts'
import { until } from './testing/with-test-server.ts'

const { ReadResp: Resp } = streams

/** A feed whose subscriptions say what the test lets them say. */
function bench() {
  const state = { head: '10/10', hints: 0, subscriptions: [] as ((response: ReadResp) => void)[], cancelled: 0 }
  const feed = new AppendedFeed({
    prefix: new StreamPrefix('test'),
    livenessInterval: 10,
    head: async () => state.head,
    mark: new LogMark(),
    connection: {
      read(_request, listener) {
        state.subscriptions.push((response) => listener.onResponse(response))
        queueMicrotask(() => listener.onResponse(new Resp().setConfirmation(new Resp.SubscriptionConfirmation())))
        return {
          cancel() {
            state.cancelled += 1
          },
        }
      },
    },
  })
  feed.listen(() => {
    state.hints += 1
  })
  return { feed, state }
}

function checkpoint(commit: string): ReadResp {
  return new Resp().setCheckpoint(new Resp.Checkpoint().setCommitPosition(commit).setPreparePosition(commit))
}

test('a subscription that says nothing while the log grows is replaced, and hints once more', async () => {
  const { feed, state } = bench()
  await until('the first hint', () => state.hints === 1)
  state.head = '20/20'
  await until('another subscription', () => state.subscriptions.length === 2)
  assert.equal(state.cancelled, 1)
  await until('the hint of the new one', () => state.hints === 2)
  feed.close()
})

test('a subscription that says nothing while nothing happens is left alone, and so is one that follows', async () => {
  const { feed, state } = bench()
  let looks = 0
  const [say] = state.subscriptions
  const growing = setInterval(() => {
    looks += 1
    if (looks < 20) return
    state.head = `${looks}/${looks}`
    say?.(checkpoint(String(looks)))
  }, 10)
  await until('sixty looks', () => looks >= 60)
  clearInterval(growing)
  assert.deepEqual([state.subscriptions.length, state.cancelled], [1, 0])
  feed.close()
})
