import { join } from 'node:path'
import type { AuditTrail } from '@dulian/audit'
import type { Bus, Consumer, DeadLetter } from '@dulian/bus'
import type { Calendar } from '@dulian/calendar'
import {
  bindStreams,
  type Clock,
  type EventStore,
  isDomainError,
  type Pace,
  type Position,
  type Projection,
  type Subscription,
  type SubscriptionStatus,
} from '@dulian/event-sourcing'
import type { FileStore } from '@dulian/files'
import type { Meter } from '@dulian/http-kit'
import type { ParkedEvent, ViewEngine, ViewSpace } from '@dulian/views'
import { DayClock } from './day-clock.ts'
import { type EngineSettings, isEmbedded, openEvents, openViews, serviceFolder } from './engines.ts'
import { hostError } from './errors.ts'
import { EventTail } from './event-tail.ts'
import { followersOf } from './follow.ts'
import { policySpace, publisherSpace } from './follower-spaces.ts'
import { consumeInbox } from './inbox-consumer.ts'
import { LiveView } from './live-view.ts'
import { publisher } from './publisher.ts'
import type { RebuildProgress } from './rebuild-job.ts'
import { Rebuilds } from './rebuilds.ts'
import type { Platform, ServiceDefinition, ServiceParts } from './service-definition.ts'
import type { ServiceLog } from './service-log.ts'
import { countingStore } from './service-metrics.ts'
import { sharedAnswer } from './shared-answer.ts'

export interface HostOptions {
  readonly settings: EngineSettings
  readonly bus: Bus
  readonly audit: AuditTrail
  /** Evidence files, one folder per service. */
  readonly openFiles: (folder: string) => Promise<FileStore>
  readonly clock: Clock
  readonly calendar: Calendar
  readonly log: ServiceLog
  readonly paces: {
    /** One for all views of the process: it is the thread that they share. */
    readonly views: Pace
    /** For policies and publishers. */
    readonly others: Pace
    /** For views that may lie still until everything is waited for. */
    readonly late?: { readonly isLate: (view: string) => boolean; readonly pace: Pace }
  }
  /** Counts what is stored, when the process measures. */
  readonly meter: Meter | undefined
}

export interface ViewStatus {
  readonly name: string
  readonly position: string
  readonly lag: number
  readonly generation: number
  readonly state: string
  readonly rebuild: RebuildProgress | null
}

export interface SubscriptionReport {
  readonly name: string
  readonly kind: 'view' | 'policy' | 'publisher'
  readonly state: string
  readonly position: string
  readonly parked: readonly ParkedEvent[]
}

interface Follower {
  readonly kind: SubscriptionReport['kind']
  readonly isLate: boolean
  readonly subscription: Subscription
  readonly space: ViewSpace
}

/** Events behind from which on building a view aside, in a thread of its own, is worth the thread's start. */
const FAR_BEHIND = 2_000

/** One service at work: its store, its views and everything that follows the store. */
export class RunningService {
  readonly definition: ServiceDefinition
  readonly parts: ServiceParts
  readonly store: EventStore
  readonly dayClock: DayClock
  readonly #options: HostOptions
  readonly #views: ReadonlyMap<string, LiveView>
  readonly #followers: readonly Follower[]
  readonly #engine: ViewEngine
  readonly #rebuilds: Rebuilds
  /** Names of the views that wait to be built aside. */
  #toBuild: string[] = []
  /** Those of them that are not followed before they are built. */
  readonly #held = new Set<string>()
  #consumer: Consumer | undefined
  #stopping = false

  /** Opens the engines and builds the service; nothing moves until `start`. */
  static async open(definition: ServiceDefinition, options: HostOptions): Promise<RunningService> {
    const events = await openEvents(options.settings, definition.name, options.clock)
    const store = countingStore(events, definition, options.meter)
    const engine = await openViews(options.settings, definition.name, options.clock)
    const files = await options.openFiles(join(serviceFolder(options.settings, definition.name), 'files'))
    const tail = new EventTail(store, await store.head()).store
    const follow = followersOf(definition.name, tail, options)
    const head = sharedAnswer(() => store.head())
    const views = new Map<string, LiveView>()
    const { late } = options.paces
    for (const projection of definition.projections) {
      const space = await engine.open(projection.space)
      const subscription = follow(space, {
        pace: late?.isLate(projection.space.name) === true ? late.pace : options.paces.views,
        filter: { types: projection.types },
        handle: (event, unit) => projection.project(event, unit),
        ...(projection.prefetch === undefined ? {} : { prefetch: projection.prefetch }),
      })
      views.set(
        projection.space.name,
        new LiveView({ projection, space, subscription, store, head, clock: options.clock }),
      )
    }
    const platform: Platform = {
      store,
      clock: options.clock,
      calendar: options.calendar,
      files,
      audit: options.audit,
      streams: (stream) => bindStreams(store, stream),
      view: (projection) => viewOf(views, definition, projection),
    }
    const parts = definition.build(platform)
    const followers: Follower[] = [...views.values()].map(({ subscription, space }) => ({
      kind: 'view',
      isLate: late?.isLate(space.definition.name) === true,
      subscription,
      space,
    }))
    for (const policy of parts.policies ?? []) {
      const space = await engine.open(policySpace(policy))
      followers.push({
        kind: 'policy',
        isLate: false,
        space,
        subscription: follow(space, {
          pace: options.paces.others,
          filter: { types: policy.types },
          handle: (event) => policy.react(event, options.clock),
        }),
      })
    }
    const { types, handle, flush } = publisher(definition.name, definition.publishes, options.bus)
    if (types.length > 0) {
      const space = await engine.open(publisherSpace)
      const subscription = follow(space, {
        pace: options.paces.others,
        filter: { types },
        handle,
        flush,
      })
      followers.push({ kind: 'publisher', isLate: false, space, subscription })
    }
    return new RunningService(definition, options, { store, engine, views, followers, parts })
  }

  private constructor(
    definition: ServiceDefinition,
    options: HostOptions,
    built: {
      readonly store: EventStore
      readonly engine: ViewEngine
      readonly views: ReadonlyMap<string, LiveView>
      readonly followers: readonly Follower[]
      readonly parts: ServiceParts
    },
  ) {
    this.definition = definition
    this.#options = options
    this.store = built.store
    this.#engine = built.engine
    this.#views = built.views
    this.#followers = built.followers
    this.parts = built.parts
    const onError = (error: unknown): void =>
      options.log.error({ service: definition.name, err: error }, '后台工作出错')
    this.dayClock = new DayClock({ store: built.store, clock: options.clock, calendar: options.calendar, onError })
    this.#rebuilds = new Rebuilds({
      settings: options.settings,
      service: definition.name,
      projectionsModule: definition.projectionsModule,
      clock: options.clock,
      onError,
    })
  }

  /** Everything follows the store from here on, but for the views that `buildViews` builds. */
  async start(): Promise<void> {
    await this.#findViewsToBuild()
    const followed = this.#followers.filter(({ subscription }) => !this.#held.has(subscription.name))
    await Promise.all(followed.map(({ subscription }) => subscription.start()))
    this.#consumer = await consumeInbox({
      service: this.definition.name,
      bus: this.#options.bus,
      store: this.store,
      contracts: this.definition.consumes,
    })
    await this.dayClock.start()
  }

  /**
   * Builds what `start` left and is wanted now, one view after the other, each as a new generation in a thread of its own: those of another
   * form, which answer from the old one meanwhile, and those that have most of the store before them, which are followed
   * once they are built.
   */
  async buildViews(isWanted: (view: string) => boolean): Promise<void> {
    const wanted = this.#toBuild.filter(isWanted)
    this.#toBuild = this.#toBuild.filter((view) => !isWanted(view))
    for (const view of wanted) {
      if (this.#stopping) return
      const why = this.#held.has(view) ? '视图远远落后，在旁边补建' : '视图形式有变化，开始重建'
      this.#options.log.info({ service: this.definition.name, view }, why)
      try {
        await this.rebuild(view)
      } catch {
        // It is in the progress and in the log, or an operator was quicker.
        await this.#followHeld(view)
      }
    }
  }

  async #findViewsToBuild(): Promise<void> {
    const { settings, paces } = this.#options
    for (const view of this.#views.values()) {
      const stored = await this.#engine.storedRevision(view.name)
      const isOfOtherForm = stored !== undefined && stored !== view.projection.space.revision
      // Where views are on a server, another process may be following them already.
      const maybeHeld = isEmbedded(settings, 'views') && paces.late === undefined
      if (!isOfOtherForm && !(maybeHeld && (await this.#hasMostBefore(view)))) continue
      this.#toBuild.push(view.name)
      if (!isOfOtherForm) this.#held.add(view.name)
    }
  }

  async #followHeld(view: string): Promise<void> {
    if (this.#stopping || !this.#held.delete(view)) return
    await this.view(view).subscription.start()
  }

  /** Building starts from the beginning: worth it only where little has been followed yet. */
  async #hasMostBefore(view: LiveView): Promise<boolean> {
    const done = countOf(await view.space.position())
    return countOf(await this.store.head()) - done > Math.max(FAR_BEHIND, done)
  }

  /** In the order in which nothing can be lost: no more new work, finish what is in hand, close the files. */
  async stop(): Promise<void> {
    this.#stopping = true
    await this.dayClock.stop()
    await this.#consumer?.close()
    await this.#rebuilds.stop()
    await Promise.all(this.#followers.map(({ subscription }) => subscription.stop()))
    await this.#engine.close()
    await this.store.close()
  }

  /** Resolves when every view (`prompt`: but the late ones and those being built aside), policy and publisher has seen everything stored by now, and the inbox everything published. */
  async settle(what: 'everything' | 'prompt' = 'everything'): Promise<string> {
    await this.#consumer?.caughtUp()
    const head = await this.store.head()
    const waited = this.#followers.filter(
      ({ isLate, subscription }) => what === 'everything' || !(isLate || this.#held.has(subscription.name)),
    )
    await Promise.all(waited.map(({ subscription }) => subscription.caughtUp(head)))
    return head
  }

  /** Who takes messages from the bus for this service; none before the start, or if it listens to nobody. */
  get consumer(): Consumer | undefined {
    return this.#consumer
  }

  subscriptions(): readonly SubscriptionStatus[] {
    return this.#followers.map(({ subscription }) => subscription.status())
  }

  view(name: string): LiveView {
    const view = this.#views.get(name)
    if (view === undefined) throw hostError('VIEW_NOT_FOUND', { service: this.definition.name, view: name })
    return view
  }

  async viewStatus(): Promise<readonly ViewStatus[]> {
    return await Promise.all(
      [...this.#views.values()].map(async (view) => ({
        name: view.name,
        position: view.position(),
        lag: await view.lag(),
        generation: view.space.generation,
        state: view.subscription.status().state,
        rebuild: this.#rebuilds.progress(view.name) ?? null,
      })),
    )
  }

  async subscriptionReports(): Promise<readonly SubscriptionReport[]> {
    return await Promise.all(
      this.#followers.map(async ({ kind, subscription, space }) => {
        const { name, state, position, parked } = subscription.status()
        // What another instance has parked is known to the space alone.
        const look = parked > 0 || state === 'waiting-for-lease'
        return { name, kind, state, position, parked: look ? await space.parked() : [] }
      }),
    )
  }

  async deadLetters(): Promise<readonly DeadLetter[]> {
    return await this.#options.bus.deadLetters(this.definition.name)
  }

  /** The promise resolves when the new generation is live and followed; it rejects with `REBUILD_FAILED`. Throws `REBUILD_RUNNING`. */
  rebuild(view: string): Promise<void> {
    const { name, subscription } = this.view(view)
    const followed = this.#rebuilds.start(name).then(async () => {
      if (this.#held.has(name)) await this.#followHeld(name)
      else subscription.recheckLease()
    })
    // Whoever started it may not wait for it.
    followed.catch(() => {})
    return followed
  }

  /** Throws `SUBSCRIPTION_NOT_FOUND`, `PARKED_EVENT_NOT_FOUND`, `REPLAY_FAILED`; `SUBSCRIPTION_ELSEWHERE` where another instance does the work. */
  async replayParked(subscription: string, eventId: string): Promise<number> {
    const follower = await this.#parkedAt(subscription, eventId)
    return await this.#intervene(() => follower.subscription.replay(eventId))
  }

  async skipParked(subscription: string, eventId: string): Promise<number> {
    const follower = await this.#parkedAt(subscription, eventId)
    return await this.#intervene(() => follower.subscription.skip(eventId))
  }

  async #intervene(work: () => Promise<number>): Promise<number> {
    try {
      return await work()
    } catch (cause) {
      if (isDomainError(cause, 'SUBSCRIPTION_ELSEWHERE')) throw cause
      throw hostError('REPLAY_FAILED', { error: cause instanceof Error ? cause.name : 'UNKNOWN' }, { cause })
    }
  }

  async #parkedAt(name: string, eventId: string): Promise<Follower> {
    const follower = this.#followers.find(({ subscription }) => subscription.name === name)
    if (follower === undefined)
      throw hostError('SUBSCRIPTION_NOT_FOUND', { service: this.definition.name, subscription: name })
    const parked = await follower.space.parked()
    if (!parked.some((event) => event.eventId === eventId))
      throw hostError('PARKED_EVENT_NOT_FOUND', { subscription: name })
    return follower
  }
}

/** Events up to a position, in the store's own counting. */
function countOf(position: Position): number {
  return Number(position.split('/', 1)[0])
}

function viewOf(views: ReadonlyMap<string, LiveView>, definition: ServiceDefinition, projection: Projection): LiveView {
  const view = views.get(projection.space.name)
  if (view === undefined) throw hostError('VIEW_NOT_FOUND', { service: definition.name, view: projection.space.name })
  return view
}
