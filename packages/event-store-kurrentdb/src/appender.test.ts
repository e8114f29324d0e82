import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newId, type RecordedEvent } from '@dulian/event-sourcing'
import type { AppendAnswer, PlacedAppend } from './append-stream.ts'
import { Appender } from './appender.ts'
import { LogMark } from './log-mark.ts'
import { ServerFailure } from './server-failure.ts'
import { encodeEvent, StreamPrefix } from './stored-event.ts'

const META = { correlationId: 'c', actor: 'a', office: 'o' }
type Answer = AppendAnswer | ServerFailure

/** An appender on a stream that holds `stored`, with a server that gives these answers, the last for ever. */
function bench(
  stored: readonly string[],
  answers: readonly Answer[],
  write: (append: PlacedAppend) => void = () => {},
  within = 20_000,
) {
  const events = stored.map((id, index) => recorded(id, index + 1))
  const sent: PlacedAppend[] = []
  const appender = new Appender({
    prefix: new StreamPrefix('test'),
    within,
    mark: new LogMark(),
    appends: {
      async append(append) {
        sent.push(append)
        write(append)
        const answer = answers[Math.min(sent.length, answers.length) - 1]
        if (answer === undefined || answer instanceof ServerFailure) throw answer
        return answer
      },
    },
    reader: {
      async readStream(_stream, options = {}) {
        const { from = 1, limit = Number.POSITIVE_INFINITY, direction } = options
        if (direction === 'backwards') return events.slice(-1)
        return events.slice(from - 1, from - 1 + limit)
      },
      end: async () => '100/100',
    },
  })
  return { appender, sent, events }
}

function recorded(id: string, version: number): RecordedEvent {
  const position = `${version * 10}/${version * 10}`
  return { id, stream: 'a-b-1', version, position, type: 't', time: '', data: {}, meta: META }
}

function request(ids: readonly string[], expected: 'none' | 'any' | number) {
  const events = ids.map((id) => encodeEvent({ id, type: 't', data: {} }, META))
  return { stream: 'a-b-1', expected, events }
}

const [one, two, three] = [newId(1), newId(2), newId(3)]

test('an acknowledgement of a write that is there only in part is not believed', async () => {
  for (const position of ['20/20', '200/200', undefined]) {
    const { appender } = bench([one, two], [{ kind: 'acknowledged', version: 2, position }])
    await assert.rejects(appender.append(request([one, two, three], 'none')), {
      code: 'WRONG_EXPECTED_VERSION',
      details: { expected: 0, actual: 2 },
    })
  }
})

test('an acknowledgement at a place that was there before is a repetition, with the true position', async () => {
  const { appender } = bench([one, two], [{ kind: 'acknowledged', version: 2, position: '15/15' }])
  assert.deepEqual(await appender.append(request([one, two], 'none')), {
    version: 2,
    position: '20/20',
    repeated: true,
  })
})

test('an acknowledgement without a position is looked up', async () => {
  const { appender } = bench([one], [{ kind: 'acknowledged', version: 1, position: undefined }])
  assert.deepEqual(await appender.append(request([one], 'none')), { version: 1, position: '10/10', repeated: true })
})

test('the server is asked for one place and never for any', async () => {
  const { appender, sent } = bench([one, two], [{ kind: 'acknowledged', version: 3, position: '200/200' }])
  const appended = await appender.append(request([three], 'any'))
  assert.deepEqual(appended, { version: 3, position: '200/200', repeated: false })
  assert.deepEqual(
    sent.map(({ stream, after }) => [stream, after]),
    [['test.a-b-1', 2]],
  )
})

test('an unknown outcome is looked up before anything is said: written after all', async () => {
  const { appender, events } = bench([], [new ServerFailure('no-answer'), { kind: 'conflict', actual: 1 }], () => {
    if (events.length === 0) events.push({ ...recorded(one, 1), position: '110/110' })
  })
  assert.deepEqual(await appender.append(request([one], 'none')), { version: 1, position: '110/110', repeated: false })
})

test('an unknown outcome is looked up before anything is said: somebody else has the place', async () => {
  const { appender, events } = bench([], [new ServerFailure('no-answer'), { kind: 'conflict', actual: 1 }], () => {
    if (events.length === 0) events.push(recorded(two, 1))
  })
  await assert.rejects(appender.append(request([one], 'none')), { code: 'STREAM_ALREADY_EXISTS' })
})

test('a failure that stays is not tried again', async () => {
  for (const reason of ['access-denied', 'maximum-append-size-exceeded', 'stream-deleted', 'invalid-argument']) {
    const { appender, sent } = bench([], [new ServerFailure(reason)])
    await assert.rejects(appender.append(request([one], 'none')), { reason })
    assert.equal(sent.length, 1)
  }
})

test('a failure that may pass is tried again until the time is up', async () => {
  const { appender, sent } = bench([], [new ServerFailure('timeout')], () => {}, 500)
  await assert.rejects(appender.append(request([one], 'any')), { reason: 'timeout' })
  assert.ok(sent.length > 1)
})
