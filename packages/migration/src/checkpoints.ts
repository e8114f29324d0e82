import type { RecordedEvent } from '@dulian/event-sourcing'
import {
  comparePositions,
  type Lease,
  type ParkedEvent,
  type Position,
  type SpaceDefinition,
  START,
  type ViewEngine,
  type ViewSpace,
} from '@dulian/views'
import { migrationError } from './errors.ts'

/** What a subscription without documents (a policy, a publisher) has left behind in the source. */
export interface Checkpoint {
  readonly space: SpaceDefinition
  readonly position: Position
  readonly parked: readonly ParkedEvent[]
}

export interface CarriedCheckpoint {
  readonly subscription: string
  readonly source: Position
  /** The place of the same event in the target. */
  readonly target: Position
  readonly parked: number
}

const HOLDER = 'migration'
const LEASE_MS = 10_000

/** Of the subscriptions that ever ran; the others begin at the beginning there as they would have here. */
export async function readCheckpoints(
  engine: ViewEngine,
  followers: readonly SpaceDefinition[],
): Promise<readonly Checkpoint[]> {
  const found: Checkpoint[] = []
  for (const definition of followers) {
    if ((await engine.storedRevision(definition.name)) === undefined) continue
    const space = await engine.open(definition)
    found.push({ space: definition, position: await space.position(), parked: await space.parked() })
    await space.close()
  }
  return found
}

/**
 * Finds the places of the source's checkpoints in the target: a checkpoint is the last event it has passed over, and that
 * event bears the same stream and version there. Sees all events of the source first, then all of the target.
 */
export class PositionMap {
  readonly #checkpoints: readonly Checkpoint[]
  readonly #last = new Map<Checkpoint, string>()
  readonly #wanted = new Map<string, Position | undefined>()

  constructor(checkpoints: readonly Checkpoint[]) {
    this.#checkpoints = checkpoints
    for (const { parked } of checkpoints)
      for (const event of parked) this.#wanted.set(idOf(event.eventId, event.stream), undefined)
  }

  seeSource(event: RecordedEvent): void {
    for (const checkpoint of this.#checkpoints) {
      if (comparePositions(event.position, checkpoint.position) <= 0) this.#last.set(checkpoint, keyOf(event))
    }
  }

  sourceSeen(): void {
    for (const key of this.#last.values()) this.#wanted.set(key, undefined)
  }

  seeTarget(event: RecordedEvent): void {
    for (const key of [keyOf(event), idOf(event.id, event.stream)]) {
      if (this.#wanted.has(key)) this.#wanted.set(key, event.position)
    }
  }

  /** As it has to be in the target. */
  translate(checkpoint: Checkpoint): Checkpoint {
    const last = this.#last.get(checkpoint)
    return {
      space: checkpoint.space,
      position: (last === undefined ? undefined : this.#wanted.get(last)) ?? START,
      parked: checkpoint.parked.map((event) => ({
        ...event,
        position: this.#wanted.get(idOf(event.eventId, event.stream)) ?? event.position,
      })),
    }
  }
}

/** Puts a checkpoint into the target, where it may stand already. Throws `MIGRATION_IN_USE`. */
export async function writeCheckpoint(service: string, engine: ViewEngine, checkpoint: Checkpoint): Promise<void> {
  const space = await engine.open(checkpoint.space)
  try {
    await withLease(service, space, async (lease) => {
      const kept = new Set(checkpoint.parked.map(({ eventId }) => eventId))
      const gone = (await space.parked()).map(({ eventId }) => eventId).filter((id) => !kept.has(id))
      await space.commit(lease, { position: checkpoint.position, park: checkpoint.parked, unpark: gone })
    })
  } finally {
    await space.close()
  }
}

/** Throws `MIGRATION_IN_USE` when anybody moves one of these subscriptions on. */
export async function assertNobodyAtWork(
  service: string,
  engine: ViewEngine,
  spaces: readonly SpaceDefinition[],
): Promise<void> {
  for (const definition of spaces) {
    if ((await engine.storedRevision(definition.name)) === undefined) continue
    const space = await engine.open(definition)
    try {
      await withLease(service, space, async () => {})
    } finally {
      await space.close()
    }
  }
}

/** Throws `MIGRATION_TARGET_VIEWS` when a view or subscription has moved where there are no events. */
export async function assertNothingSeen(
  service: string,
  engine: ViewEngine,
  spaces: readonly SpaceDefinition[],
): Promise<void> {
  for (const definition of spaces) {
    if ((await engine.storedRevision(definition.name)) === undefined) continue
    const space = await engine.open(definition)
    try {
      if ((await space.position()) !== START)
        throw migrationError('MIGRATION_TARGET_VIEWS', { service, view: definition.name })
    } finally {
      await space.close()
    }
  }
}

async function withLease(service: string, space: ViewSpace, work: (lease: Lease) => Promise<void>): Promise<void> {
  const lease = await space.acquire(HOLDER, LEASE_MS)
  if (lease === undefined) throw migrationError('MIGRATION_IN_USE', { service, subscription: space.definition.name })
  try {
    await work(lease)
  } finally {
    await space.release(lease)
  }
}

function idOf(id: string, stream: string): string {
  return `${id} ${stream}`
}

function keyOf(event: RecordedEvent): string {
  return `${event.version} ${event.stream}`
}
