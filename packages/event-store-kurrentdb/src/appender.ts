import type { Appended, ExpectedVersion, RecordedEvent, StreamName } from '@dulian/event-sourcing'
import { eventSourcingError, RecentlyUsed } from '@dulian/event-sourcing'
import { comparePositions, type Position, START } from '@dulian/views'
import type { AppendAnswer, AppendStream } from './append-stream.ts'
import type { EventReader } from './event-reader.ts'
import type { LogMark } from './log-mark.ts'
import { retrying } from './retrying.ts'
import { ServerFailure } from './server-failure.ts'
import type { EncodedEvent, StreamPrefix } from './stored-event.ts'

export interface AppendRequest {
  readonly stream: StreamName
  readonly expected: ExpectedVersion
  readonly events: readonly EncodedEvent[]
}

export interface AppenderOptions {
  readonly appends: Pick<AppendStream, 'append'>
  readonly reader: Pick<EventReader, 'readStream' | 'end'>
  readonly prefix: StreamPrefix
  /** What is acknowledged at or before it was there before it was asked for. */
  readonly mark: LogMark
  /** Milliseconds within which an append is tried again after a failure. */
  readonly within: number
}

/** The ids of a stream's events, by version: what an append without a version is compared with. */
interface KnownStream {
  version: number
  readonly versions: Map<string, number>
}

const VERSIONS_KEPT = 20_000
const KNOWN_STREAMS_KEPT = 32
const LARGEST_KNOWN_STREAM = 100_000

/**
 * Decides what an append has come to. The server is always asked to write at one certain place, which makes it safe to
 * ask again; but it acknowledges a repetition as it acknowledges a first append, and after a failure nobody knows. Where
 * an acknowledgement could be either, the stream is read back and compared.
 */
export class Appender {
  readonly #appends: AppenderOptions['appends']
  readonly #reader: AppenderOptions['reader']
  readonly #prefix: StreamPrefix
  readonly #within: number
  readonly #versions = new RecentlyUsed<StreamName, number>(VERSIONS_KEPT)
  readonly #known = new RecentlyUsed<StreamName, KnownStream>(KNOWN_STREAMS_KEPT)
  readonly #turns = new Map<StreamName, Promise<unknown>>()
  readonly #mark: LogMark

  constructor(options: AppenderOptions) {
    this.#appends = options.appends
    this.#reader = options.reader
    this.#prefix = options.prefix
    this.#within = options.within
    this.#mark = options.mark
  }

  async append(request: AppendRequest): Promise<Appended> {
    const { expected } = request
    if (expected === 'any' || expected === 'exists') return await this.#appendAnywhere(request, expected)
    return await this.#appendAt(request, expected === 'none' ? 0 : expected)
  }

  async #appendAt(request: AppendRequest, after: number): Promise<Appended> {
    const { stream } = request
    let uncertain = false
    let mark: Position | undefined
    return await retrying(this.#within, async (left) => {
      mark ??= await this.#mark.current(() => this.#reader.end(left))
      const answer = await this.#inTurn(stream, left, () =>
        this.#sendUnlessTaken(request, after).catch((failure: unknown) => {
          uncertain = true
          throw failure
        }),
      )
      if (answer?.kind === 'acknowledged' && !uncertain) {
        const { version, position } = answer
        const isNew = position !== undefined && comparePositions(position, mark) > 0
        if (isNew && version === after + request.events.length) return this.#done(request, version, position, false)
      }
      const { found, isOther } = await this.#compare(request, after, left)
      if (found !== undefined) {
        const isOwn = uncertain && comparePositions(found.position, mark) > 0
        return this.#done(request, found.version, found.position, !isOwn)
      }
      const actual = answer?.kind === 'conflict' ? answer.actual : await this.#versionOf(stream, left)
      if (after === 0 && isOther) throw eventSourcingError('STREAM_ALREADY_EXISTS', { actual })
      throw eventSourcingError('WRONG_EXPECTED_VERSION', { expected: after, actual })
    })
  }

  /** `undefined` when this process has seen an event at that place: these are a repetition or a conflict. */
  async #sendUnlessTaken(request: AppendRequest, after: number): Promise<AppendAnswer | undefined> {
    if ((this.#versions.get(request.stream) ?? 0) > after) return undefined
    const answer = await this.#send(request, after)
    this.#saw(request.stream, answer.kind === 'acknowledged' ? after + request.events.length : answer.actual)
    return answer
  }

  async #appendAnywhere(request: AppendRequest, expected: 'any' | 'exists'): Promise<Appended> {
    const tries = { uncertain: false }
    return await retrying(this.#within, (left) =>
      this.#inTurn(request.stream, left, () => this.#appendToEnd(request, expected, tries, left)),
    )
  }

  /** Looks for the events by their ids, the first that is found telling the place; else appends them to the end. */
  async #appendToEnd(
    request: AppendRequest,
    expected: 'any' | 'exists',
    tries: { uncertain: boolean },
    left: number,
  ): Promise<Appended> {
    const { stream, events } = request
    const known = await this.#know(stream, left)
    const place = events.findIndex(({ id }) => known.versions.has(id))
    if (place >= 0) {
      const after = (known.versions.get(events[place]?.id ?? '') ?? 0) - place - 1
      const { found } = after < 0 ? { found: undefined } : await this.#compare(request, after, left)
      if (found !== undefined) return this.#done(request, found.version, found.position, !tries.uncertain)
      throw eventSourcingError('WRONG_EXPECTED_VERSION', { expected, actual: known.version })
    }
    if (known.version === 0 && expected === 'exists') throw eventSourcingError('STREAM_NOT_FOUND', { stream })
    const answer = await this.#send(request, known.version).catch((failure: unknown) => {
      tries.uncertain = true
      throw failure
    })
    const version = known.version + events.length
    const isWritten = answer.kind === 'acknowledged' && answer.version === version && answer.position !== undefined
    // Another process was faster, or the answer is odd: the next try looks at what is there now.
    if (!isWritten || tries.uncertain) throw new ServerFailure('overtaken')
    for (const [index, { id }] of events.entries()) known.versions.set(id, known.version + index + 1)
    known.version = version
    return this.#done(request, version, answer.position ?? START, false)
  }

  async #send({ stream, events }: AppendRequest, after: number): Promise<AppendAnswer> {
    return await this.#appends.append({ stream: this.#prefix.add(stream), after, events })
  }

  #done({ stream }: AppendRequest, version: number, position: Position, repeated: boolean): Appended {
    this.#mark.passed(position)
    this.#saw(stream, version)
    return { version, position, repeated }
  }

  #saw(stream: StreamName, version: number): void {
    if ((this.#versions.get(stream) ?? 0) < version) this.#versions.set(stream, version)
  }

  /** `found`: the last of the events, when all of them stand right after that version in this order. */
  async #compare(
    { stream, events }: AppendRequest,
    after: number,
    within: number,
  ): Promise<{ readonly found?: RecordedEvent | undefined; readonly isOther: boolean }> {
    const stored = await this.#reader.readStream(stream, { from: after + 1, limit: events.length }, within)
    const same = events.filter(({ id }, index) => stored[index]?.id === id).length
    return { found: same === events.length ? stored.at(-1) : undefined, isOther: same === 0 }
  }

  async #versionOf(stream: StreamName, within: number): Promise<number> {
    return (await this.#reader.readStream(stream, { direction: 'backwards', limit: 1 }, within))[0]?.version ?? 0
  }

  /** Reads what is new in the stream since it was last looked at. */
  async #know(stream: StreamName, within: number): Promise<KnownStream> {
    const known = this.#known.get(stream) ?? { version: 0, versions: new Map() }
    const newer = await this.#reader.readStream(stream, { from: known.version + 1 }, within)
    for (const { id, version } of newer) {
      known.versions.set(id, version)
      known.version = version
    }
    if (known.version <= LARGEST_KNOWN_STREAM) this.#known.set(stream, known)
    return known
  }

  /**
   * Appends to one stream wait for each other, so that of two repetitions the second sees what the first has done. Who
   * has waited in vain gives up when it is its turn, so that an outage does not last longer for those at the end.
   */
  #inTurn<T>(stream: StreamName, within: number, work: () => Promise<T>): Promise<T> {
    const end = performance.now() + within
    const turn = (): Promise<T> => {
      if (performance.now() > end) throw new ServerFailure('no-answer')
      return work()
    }
    const before = this.#turns.get(stream)
    const result = before === undefined ? turn() : before.then(turn, turn)
    this.#turns.set(stream, result)
    const done = (): void => {
      if (this.#turns.get(stream) === result) this.#turns.delete(stream)
    }
    result.then(done, done)
    return result
  }
}
