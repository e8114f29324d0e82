import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import {
  bindStreams,
  type CommandContext,
  DomainError,
  defineStream,
  type EventStore,
  eventCatalogue,
  isDomainError,
  type Streams,
} from '@dulian/event-sourcing'
import { z } from 'zod'
import { openSqliteEvents } from './index.ts'

const lampEvents = eventCatalogue({
  LampInstalled: { stored: 'lamp-installed.v1', schema: z.object({ room: z.string() }) },
  LampSwitched: { stored: 'lamp-switched.v1', schema: z.object({ on: z.boolean() }) },
})
type LampEvent = Parameters<typeof lampEvents.encode>[0]
interface Lamp {
  readonly room: string | null
  readonly on: boolean
  readonly switched: number
}

const lamps = defineStream<Lamp, LampEvent>({
  category: 'lamp',
  events: lampEvents,
  initial: { room: null, on: false, switched: 0 },
  evolve: (state, event) =>
    event.type === 'LampInstalled'
      ? { ...state, room: event.data.room }
      : { ...state, on: event.data.on, switched: state.switched + 1 },
})

let sequence = 0
function command(more: Partial<CommandContext> = {}): CommandContext {
  sequence += 1
  return {
    commandId: `command-${sequence}`,
    commandHash: 'h',
    actor: 'li',
    office: 'demo',
    at: '2026-03-02T00:00:00Z',
    correlationId: 'c',
    ...more,
  }
}
const install = (): LampEvent[] => [{ type: 'LampInstalled', data: { room: '一年级一班' } }]
const toggle = (lamp: Lamp): LampEvent[] => [{ type: 'LampSwitched', data: { on: !lamp.on } }]

describe('streams bound to a store', () => {
  let folder: string
  let store: EventStore
  let streams: Streams<Lamp, LampEvent>
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dulian-streams-'))
    store = openSqliteEvents({ file: join(folder, 'events.db') })
    streams = bindStreams(store, lamps)
  })
  after(async () => {
    await store.close()
    await rm(folder, { recursive: true })
  })

  test('a repeated command answers as the first time and writes nothing, also when another instance handled the first', async () => {
    await streams.execute('repeat', command(), { expected: 'none', decide: install })
    const switching = command()
    const first = await streams.execute('repeat', switching, { decide: toggle })
    await streams.execute('repeat', command(), { decide: toggle })
    for (const instance of [streams, bindStreams(store, lamps)]) {
      const again = await instance.execute('repeat', switching, { decide: toggle })
      assert.deepEqual([again.version, again.position, again.repeated], [first.version, first.position, true])
    }
    assert.equal((await streams.get('demo', 'repeat')).version, 3)
  })

  test('a creating command can be repeated too', async () => {
    const creating = command()
    const first = await streams.execute('created-once', creating, { expected: 'none', decide: install })
    const again = await bindStreams(store, lamps).execute('created-once', creating, {
      expected: 'none',
      decide: install,
    })
    assert.deepEqual([again.version, again.repeated], [first.version, true])
  })

  test('a creation repeated when it would no longer be allowed, or would decide otherwise, answers as the first time', async () => {
    const creating = command()
    const first = await streams.execute('created-then', creating, { expected: 'none', decide: install })
    await streams.execute('created-then', command(), { decide: toggle })
    const refuse = (): never => {
      throw new DomainError('TOO_LATE', { kind: 'refused', title: '晚了', detail: '已过期限' }, {})
    }
    const laterDecisions = [refuse, () => [], () => [...install(), ...install()]]
    for (const decide of laterDecisions) {
      const again = await bindStreams(store, lamps).execute('created-then', creating, { expected: 'none', decide })
      assert.deepEqual([again.version, again.repeated, again.state.switched], [first.version, true, 1])
    }
    for (const decide of [...laterDecisions, install]) {
      await assert.rejects(
        bindStreams(store, lamps).execute('created-then', command(), { expected: 'none', decide }),
        (error) => isDomainError(error, 'STREAM_ALREADY_EXISTS') && error.details.actual === 2,
      )
      await assert.rejects(
        bindStreams(store, lamps).execute(
          'created-then',
          { ...creating, commandHash: 'other' },
          { expected: 'none', decide },
        ),
        (error) => isDomainError(error, 'COMMAND_REUSED'),
      )
    }
    await assert.rejects(streams.execute('never-created', command(), { expected: 'none', decide: refuse }), (error) =>
      isDomainError(error, 'TOO_LATE'),
    )
  })

  test('states that fell out of the cache are read again', async () => {
    const few = bindStreams(store, lamps, { cacheSize: 2 })
    const ids = Array.from({ length: 9 }, (_, n) => `evicted-${n}`)
    for (const id of ids) await few.execute(id, command(), { expected: 'none', decide: install })
    for (const id of ids) await few.execute(id, command(), { expected: 1, decide: toggle })
    for (const id of ids) assert.equal((await few.get('demo', id)).version, 2)
  })

  test('a command id used again with other content is refused', async () => {
    const creating = command()
    await streams.execute('reused', creating, { expected: 'none', decide: install })
    await assert.rejects(
      streams.execute('reused', { ...creating, commandHash: 'other' }, { decide: toggle }),
      (error) => isDomainError(error, 'COMMAND_REUSED'),
    )
  })

  test('creating twice, a stale version and a missing stream are told apart', async () => {
    await streams.execute('told-apart', command(), { expected: 'none', decide: install })
    await assert.rejects(streams.execute('told-apart', command(), { expected: 'none', decide: install }), (error) =>
      isDomainError(error, 'STREAM_ALREADY_EXISTS'),
    )
    await streams.execute('told-apart', command(), { expected: 1, decide: toggle })
    await assert.rejects(
      streams.execute('told-apart', command(), { expected: 1, decide: toggle }),
      (error) => isDomainError(error, 'WRONG_EXPECTED_VERSION') && error.details.actual === 2,
    )
    await assert.rejects(streams.execute('never', command(), { expected: 1, decide: toggle }), (error) =>
      isDomainError(error, 'STREAM_NOT_FOUND'),
    )
    await assert.rejects(streams.get('demo', 'never'), (error) => isDomainError(error, 'STREAM_NOT_FOUND'))
  })

  test('without an expected version, two instances with stale caches both get through and nothing is lost', async () => {
    const other = bindStreams(store, lamps)
    await streams.execute('shared', command(), { expected: 'none', decide: install })
    await other.get('demo', 'shared')
    await Promise.all(
      Array.from({ length: 40 }, (_, n) =>
        (n % 2 === 0 ? streams : other).execute('shared', command(), { decide: toggle }),
      ),
    )
    const { state, version } = await bindStreams(store, lamps).get('demo', 'shared')
    assert.deepEqual([state.switched, version], [40, 41])
  })

  test('an If-Match that is right in the store passes although the cache is stale', async () => {
    const other = bindStreams(store, lamps)
    await streams.execute('stale', command(), { expected: 'none', decide: install })
    await other.get('demo', 'stale')
    await streams.execute('stale', command(), { decide: toggle })
    const executed = await other.execute('stale', command(), { expected: 2, decide: toggle })
    assert.equal(executed.version, 3)
  })

  test('a refusal, or a decision to change nothing, is only believed of the newest state', async () => {
    const other = bindStreams(store, lamps)
    await streams.execute('believed', command(), { expected: 'none', decide: install })
    await other.get('demo', 'believed')
    await streams.execute('believed', command(), { decide: toggle })
    const switchOff = (lamp: Lamp): LampEvent[] => {
      if (!lamp.on) throw new RangeError('the lamp is off already')
      return toggle(lamp)
    }
    assert.equal((await other.execute('believed', command(), { decide: switchOff })).version, 3)
    await streams.execute('believed', command(), { decide: toggle })
    const switchOffQuietly = (lamp: Lamp): LampEvent[] => (lamp.on ? toggle(lamp) : [])
    assert.equal((await other.execute('believed', command(), { decide: switchOffQuietly })).version, 5)
    await assert.rejects(streams.execute('believed', command(), { decide: switchOff }), RangeError)
  })

  test('a decision that changes nothing appends nothing', async () => {
    await streams.execute('still', command(), { expected: 'none', decide: install })
    const executed = await streams.execute('still', command(), { decide: () => [] })
    assert.deepEqual([executed.version, executed.repeated], [1, false])
  })

  test("another office's stream of the same id does not exist", async () => {
    await streams.execute('mine', command(), { expected: 'none', decide: install })
    await assert.rejects(streams.get('elsewhere', 'mine'), (error) => isDomainError(error, 'STREAM_NOT_FOUND'))
  })
})
