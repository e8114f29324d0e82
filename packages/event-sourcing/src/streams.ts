import type { Clock } from './clock.ts'
import { systemClock } from './clock.ts'
import { eventSourcingError, isDomainError } from './errors.ts'
import type { Decoded } from './event-catalogue.ts'
import type { Appended, EventMeta, EventStore, StreamName } from './event-store.ts'
import { streamName } from './event-store.ts'
import { deterministicId } from './ids.ts'
import { RecentlyUsed } from './recently-used.ts'
import type { StreamDefinition } from './stream-definition.ts'

/** Who commands what, when: everything `decide` may not look up itself. */
export interface CommandContext {
  /** Follows from the Idempotency-Key (or from the causing event): the same command has the same id. */
  readonly commandId: string
  /** Hash of the command's content; a known id with another hash is refused with `COMMAND_REUSED`. */
  readonly commandHash?: string
  readonly actor: string
  readonly office: string
  /** ISO 8601 UTC. */
  readonly at: string
  readonly correlationId: string
  readonly causationId?: string
  readonly traceparent?: string
}

export interface Loaded<State> {
  readonly state: State
  /** 0 when there is no such stream. */
  readonly version: number
}

export interface Execution<State, E> {
  readonly decide: (state: State, version: number) => readonly E[]
  /** `none`: must be new · a number: the version the person saw (If-Match) · absent: whatever it is now, retried on conflict. */
  readonly expected?: 'none' | number
}

export interface Executed<State> extends Appended {
  readonly id: string
  readonly stream: StreamName
  readonly state: State
}

/** One kind of stream bound to the store: what routes and policies use. */
export interface Streams<State, E> {
  load(office: string, id: string): Promise<Loaded<State>>
  /** Throws `STREAM_NOT_FOUND`. */
  get(office: string, id: string): Promise<Loaded<State>>
  history(office: string, id: string): Promise<readonly Decoded<E>[]>
  execute(id: string, context: CommandContext, execution: Execution<State, E>): Promise<Executed<State>>
}

interface Cached<State> {
  readonly state: State
  readonly version: number
  /** Position of the newest event. */
  readonly position: string
  /**
   * Marks of the commands done so far, so that a repeated one is recognised; whose mark is here is looked for in the
   * stream. Numbers and no ids: thousands of streams are remembered, and their strings would be moved at every collection.
   */
  readonly done: Set<number>
}

/** Where a command ended. */
interface Ended {
  readonly version: number
  readonly position: string
  readonly hash: string | undefined
}

/** Only another process can still be in the way, see `inTurn`. */
const CONFLICT_RETRIES = 20

/** Binds a kind of stream to a store, with a cache of the states last used. A conflict empties the entry it concerns. */
export function bindStreams<State, E extends { readonly type: string; readonly data: unknown }>(
  store: EventStore,
  definition: StreamDefinition<State, E>,
  options: { readonly cacheSize?: number } = {},
): Streams<State, E> {
  const cache = new RecentlyUsed<StreamName, Cached<State>>(options.cacheSize ?? 2_000)

  async function current(stream: StreamName): Promise<Cached<State>> {
    const known = cache.get(stream)
    if (known !== undefined) return known
    const fresh = await read(stream)
    if (fresh.version > 0) cache.set(stream, fresh)
    return fresh
  }

  async function read(stream: StreamName): Promise<Cached<State>> {
    const recorded = await store.readStream(stream)
    let state = definition.initial
    let version = 0
    let position = '0'
    const done = new Set<number>()
    for (const event of recorded) {
      state = definition.evolve(state, definition.events.decode(event))
      version = event.version
      position = event.position
      if (event.meta.commandId !== undefined) done.add(markOf(event.meta.commandId))
    }
    return { state, version, position, done }
  }

  async function findCommand(stream: StreamName, commandId: string): Promise<Ended | undefined> {
    const last = (await store.readStream(stream)).findLast(({ meta }) => meta.commandId === commandId)
    return last && { version: last.version, position: last.position, hash: last.meta.commandHash }
  }

  function nothing(): Cached<State> {
    return { state: definition.initial, version: 0, position: '0', done: new Set() }
  }

  /** `isNew`: nothing is known of the stream and it must not exist, so it is taken to be new without a look. */
  async function attempt(
    stream: StreamName,
    id: string,
    context: CommandContext,
    execution: Execution<State, E>,
    isNew: boolean,
  ): Promise<Executed<State>> {
    const before = cache.get(stream) ?? (isNew ? nothing() : await current(stream))
    const mark = markOf(context.commandId)
    const repeated = before.done.has(mark) ? await findCommand(stream, context.commandId) : undefined
    if (repeated !== undefined) {
      if (repeated.hash !== undefined && context.commandHash !== undefined && repeated.hash !== context.commandHash) {
        throw eventSourcingError('COMMAND_REUSED')
      }
      return { id, stream, state: before.state, version: repeated.version, position: repeated.position, repeated: true }
    }
    if (execution.expected === 'none' && before.version > 0) {
      throw eventSourcingError('STREAM_ALREADY_EXISTS', { actual: before.version })
    }
    if (typeof execution.expected === 'number' && execution.expected !== before.version) {
      if (before.version === 0) throw eventSourcingError('STREAM_NOT_FOUND')
      throw eventSourcingError('WRONG_EXPECTED_VERSION', { expected: execution.expected, actual: before.version })
    }
    const decided = decide(before, execution)
    const settled = isNew || (!('refusal' in decided) && decided.events.length > 0)
    if (!settled && !(await isTruth(stream, before))) return await attempt(stream, id, context, execution, false)
    if ('refusal' in decided) throw decided.refusal
    const { events } = decided
    if (events.length === 0) {
      return { id, stream, state: before.state, version: before.version, position: before.position, repeated: false }
    }
    const appended = await store.append(
      stream,
      events.map((event, index) => ({
        id: deterministicId(context.commandId, stream, String(index)),
        ...definition.events.encode(event),
      })),
      { expected: before.version === 0 ? 'none' : before.version, meta: metaOf(context) },
    )
    const { version, position } = appended
    let state = before.state
    for (const event of events) state = definition.evolve(state, event)
    if (!appended.repeated) {
      before.done.add(mark)
      cache.set(stream, { state, version, position, done: before.done })
    }
    return { id, stream, state, version, position, repeated: appended.repeated }
  }

  /**
   * A decision that appends is checked by the store; one that refuses or changes nothing is not, and a remembered state
   * may be older than what another process has written. So such an answer is only believed of the newest state.
   */
  async function isTruth(stream: StreamName, before: Cached<State>): Promise<boolean> {
    const fresh = await read(stream)
    if (fresh.version === before.version) return true
    cache.set(stream, fresh)
    return false
  }

  /**
   * The usual creation, without a read: the store itself refuses a stream that exists. `undefined` when the stream is
   * there already, or when a refusal might only be due to that: what was decided on nothing is then decided again.
   */
  async function create(
    stream: StreamName,
    id: string,
    context: CommandContext,
    execution: Execution<State, E>,
  ): Promise<Executed<State> | undefined> {
    try {
      const created = await attempt(stream, id, context, execution, true)
      if (!created.repeated && created.version > 0) return created
    } catch (error) {
      if (!isDomainError(error)) throw error
    }
    return undefined
  }

  async function persist(
    stream: StreamName,
    id: string,
    context: CommandContext,
    execution: Execution<State, E>,
  ): Promise<Executed<State>> {
    if (execution.expected === 'none' && cache.get(stream) === undefined) {
      const created = await create(stream, id, context, execution)
      if (created !== undefined) return created
    }
    for (let tries = 0; ; tries += 1) {
      try {
        return await attempt(stream, id, context, execution, false)
      } catch (error) {
        const conflict = isDomainError(error, 'WRONG_EXPECTED_VERSION') || isDomainError(error, 'STREAM_ALREADY_EXISTS')
        // The cached state may be what was stale: read afresh before believing the conflict.
        const stale = cache.delete(stream)
        if (!conflict || tries >= CONFLICT_RETRIES) throw error
        if (execution.expected !== undefined && !stale) throw error
      }
    }
  }

  const busy = new Map<StreamName, Promise<unknown>>()

  /** Commands to one stream wait for each other: only one of them could win, the rest would decide in vain. */
  function inTurn<T>(stream: StreamName, work: () => Promise<T>): Promise<T> {
    const before = busy.get(stream)
    const result = before === undefined ? work() : before.then(work, work)
    busy.set(stream, result)
    const done = (): void => {
      if (busy.get(stream) === result) busy.delete(stream)
    }
    result.then(done, done)
    return result
  }

  return {
    async load(office, id) {
      const { state, version } = await current(streamName(definition.category, office, id))
      return { state, version }
    },
    async get(office, id) {
      const { state, version } = await current(streamName(definition.category, office, id))
      if (version === 0) throw eventSourcingError('STREAM_NOT_FOUND')
      return { state, version }
    },
    async history(office, id) {
      const recorded = await store.readStream(streamName(definition.category, office, id))
      return recorded.map((event) => definition.events.decode(event))
    },
    execute(id, context, execution) {
      const stream = streamName(definition.category, context.office, id)
      return inTurn(stream, () => persist(stream, id, context, execution))
    },
  }
}

/** Thirty bits of the id: what the engine keeps in place of a pointer. Two commands with one mark only cost a look. */
function markOf(commandId: string): number {
  return Number.parseInt(commandId.slice(0, 8), 16) & 0x3fff_ffff
}

/** The refusal is kept and not thrown: it may be due to a state that is no longer the newest. */
function decide<State, E>(
  { state, version }: Cached<State>,
  execution: Execution<State, E>,
): { readonly events: readonly E[] } | { readonly refusal: unknown } {
  try {
    return { events: execution.decide(state, version) }
  } catch (refusal) {
    return { refusal }
  }
}

function metaOf(context: CommandContext): EventMeta {
  return {
    correlationId: context.correlationId,
    actor: context.actor,
    office: context.office,
    commandId: context.commandId,
    ...(context.commandHash === undefined ? {} : { commandHash: context.commandHash }),
    ...(context.causationId === undefined ? {} : { causationId: context.causationId }),
    ...(context.traceparent === undefined ? {} : { traceparent: context.traceparent }),
  }
}

/** The part of the context that a command gets from the causing event rather than from a request. */
export function reactionContext(
  cause: {
    readonly id: string
    readonly meta: { readonly correlationId: string; readonly office: string; readonly traceparent?: string }
  },
  reactor: string,
  clock: Clock = systemClock,
): CommandContext {
  return {
    commandId: deterministicId(cause.id, reactor),
    actor: `policy:${reactor}`,
    office: cause.meta.office,
    at: new Date(clock.now()).toISOString(),
    correlationId: cause.meta.correlationId,
    causationId: cause.id,
    ...(cause.meta.traceparent === undefined ? {} : { traceparent: cause.meta.traceparent }),
  }
}
