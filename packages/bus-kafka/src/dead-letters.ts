import { BusError, type DeadLetter } from '@dulian/bus'
import type { Administration } from './administration.ts'
import { describeRecord } from './cloud-event.ts'
import type { PartitionReader } from './partition-reader.ts'
import type { Publisher } from './publisher.ts'
import { keyOf, type SetAside, SetAsideMessages, type Wish, wishRecord } from './set-aside.ts'
import { deadLetterTopic } from './topics.ts'

/** The operators' side of dead letters, from any process: looks, and notes what is wished. The owner of the partition acts. */
export class DeadLetters {
  readonly #administration: Administration
  readonly #reader: PartitionReader
  readonly #publisher: Publisher

  constructor(administration: Administration, reader: PartitionReader, publisher: Publisher) {
    this.#administration = administration
    this.#reader = reader
    this.#publisher = publisher
  }

  async list(group?: string): Promise<DeadLetter[]> {
    const all = await this.#administration.ask((admin) => admin.listTopics())
    const topics = all.filter(
      (name) => name.includes('.dlq.') && (group === undefined || name.endsWith(`.dlq.${group}`)),
    )
    const letters: DeadLetter[] = []
    for (const topic of topics) letters.push(...(await this.#listOf(topic)))
    return letters.filter((letter) => group === undefined || letter.group === group)
  }

  /** Throws `DEAD_LETTER_NOT_FOUND`. */
  async wish(id: string, kind: Wish['kind']): Promise<void> {
    const [topic, partition, offset, ...rest] = id.split('~')
    const place = [Number(partition || Number.NaN), Number(offset || Number.NaN)] as const
    if (topic === undefined || !topic.includes('.dlq.') || rest.length > 0 || !place.every(Number.isSafeInteger)) {
      throw new BusError('DEAD_LETTER_NOT_FOUND', { id })
    }
    const topics = await this.#administration.ask((admin) => admin.listTopics())
    const held = topics.includes(topic) ? await this.#read(topic, [place[0]]) : []
    const entry = held.flatMap((messages) => messages.entries.get(place[1]) ?? [])[0]
    const messages = held[0]
    if (entry?.kind !== 'dead' || messages?.wishFor(entry) === 'skip')
      throw new BusError('DEAD_LETTER_NOT_FOUND', { id })
    const wish: Wish = kind === 'skip' ? { kind } : { kind, attempts: entry.attempts }
    await this.#publisher.send(topic, [wishRecord(entry.partition, entry.offset, wish)])
  }

  async #listOf(topic: string): Promise<DeadLetter[]> {
    const partitions = await this.#read(topic)
    return partitions.flatMap((messages) => {
      const waiting = Map.groupBy(
        messages.sorted().filter(({ kind }) => kind === 'waiting'),
        keyOf,
      )
      const dead = messages.sorted().filter((entry) => entry.kind === 'dead' && messages.wishFor(entry) !== 'skip')
      return dead.map((entry) => toLetter(entry, waiting.get(keyOf(entry))?.length ?? 0))
    })
  }

  async #read(topic: string, partitions?: readonly number[]): Promise<SetAsideMessages[]> {
    return (await this.#reader.read(topic, partitions)).map(({ records }) => SetAsideMessages.of(records))
  }
}

function toLetter(
  { topic, group, partition, offset, record, error, attempts, at }: SetAside,
  blocked: number,
): DeadLetter {
  const id = `${deadLetterTopic(topic, group)}~${partition}~${offset}`
  return { id, group, message: { ...describeRecord(record), topic }, error, attempts, at, blocked }
}
