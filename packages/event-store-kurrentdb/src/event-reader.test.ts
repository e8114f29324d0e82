import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import streams from '@eventstore/db-client/generated/streams_pb.js'
import { EventReader } from './event-reader.ts'
import { LogMark } from './log-mark.ts'
import { StreamPrefix } from './stored-event.ts'

const { ReadResp: Resp } = streams

/** A server that looks through a long log: silent to filtered reads, and to subscriptions it says how far it has come. */
function slowServer(checkpoints: readonly string[], caughtUp: boolean) {
  const asked: ('end' | 'read' | 'subscription')[] = []
  function answers(request: ReadReq): readonly ReadResp[] | undefined {
    const options = request.getOptions()
    if (options?.hasSubscription()) {
      asked.push('subscription')
      const said = checkpoints.map((commit) =>
        new Resp().setCheckpoint(new Resp.Checkpoint().setCommitPosition(commit).setPreparePosition(commit)),
      )
      return caughtUp ? [...said, new Resp().setCaughtUp(new Resp.CaughtUp())] : said
    }
    asked.push(options?.hasNoFilter() ? 'end' : 'read')
    if (!options?.hasNoFilter()) return undefined
    const event = new Resp.ReadEvent.RecordedEvent().setCommitPosition('900').setPreparePosition('900')
    return [new Resp().setEvent(new Resp.ReadEvent().setEvent(event))]
  }
  const reader = new EventReader(
    {
      read(request, listener) {
        let cancelled = false
        for (const response of answers(request) ?? []) {
          // Before any timer, however busy the machine is.
          queueMicrotask(() => {
            if (!cancelled) listener.onResponse(response)
          })
        }
        return {
          cancel() {
            cancelled = true
          },
        }
      },
      resetIfSilentSince() {},
    },
    new StreamPrefix('test'),
    { within: 100, silence: 50 },
    new LogMark(),
  )
  return { reader, asked }
}

test('a filter that the server needs long for still moves on, from checkpoint to checkpoint', async () => {
  const { reader, asked } = slowServer(['100', '400'], false)
  const page = await reader.readAll({ filter: { types: ['rare.v1'] } })
  assert.deepEqual(asked, ['end', 'read', 'subscription'])
  assert.deepEqual(page, { events: [], checkedThrough: '400/400', end: false })
})

test('when it has caught up, everything up to the end is looked at', async () => {
  const { reader } = slowServer(['100'], true)
  const page = await reader.readAll({ filter: { types: ['rare.v1'] } })
  assert.deepEqual(page, { events: [], checkedThrough: '900/900', end: true })
})

test('a server that says nothing either way does not answer', async () => {
  const { reader } = slowServer([], false)
  await assert.rejects(reader.readAll({ filter: { types: ['rare.v1'] } }), { reason: 'no-answer' })
})

test('a page has a size', async () => {
  const { reader } = slowServer([], false)
  for (const limit of [0, -1, 5_001, 1.5]) await assert.rejects(reader.readAll({ limit }), RangeError)
})
