import assert from 'node:assert/strict'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import {
  type EventStore,
  isDomainError,
  type RecordedEvent,
  START,
  Subscription,
  systemClock,
} from '@dulian/event-sourcing'
import type { ParkedEvent } from '@dulian/views'
import { eventPages } from '../src/event-pages.ts'
import type { MigrationProgress, MovingService } from '../src/index.ts'
import { commit, live, move, moving, openPlace, policy, publisher, view } from './small-instance.ts'

async function all(store: EventStore): Promise<RecordedEvent[]> {
  const events: RecordedEvent[] = []
  for await (const page of eventPages(store)) events.push(...page)
  return events
}

function withoutPositions(events: readonly RecordedEvent[]): unknown {
  return events.map(({ position: _, ...event }) => event)
}

async function refusedWith(code: string, work: Promise<unknown>): Promise<void> {
  await assert.rejects(work, (error) => isDomainError(error, code))
}

function parked(event: RecordedEvent | undefined): ParkedEvent {
  assert.ok(event)
  const { id: eventId, stream, position, type } = event
  return { eventId, stream, position, type, error: 'TypeError', attempts: 3, parkedAt: '2026-11-01T00:00:00.000Z' }
}

/** A source with a good thousand events and an empty target that counts otherwise. */
async function house(t: TestContext, count = 1_300) {
  const source = openPlace(t)
  const target = openPlace(t, { sparse: true })
  await live(source.events, count)
  return { source, target, service: moving(source, target) }
}

test('every event arrives as it was, in its order, and the proof says so; back again it is the same still', async (t) => {
  const { source, target, service } = await house(t)
  const seen: MigrationProgress[] = []
  const report = await move(service, { progress: (progress) => seen.push(progress) })
  assert.deepEqual(withoutPositions(await all(target.events)), withoutPositions(await all(source.events)))
  const [doors] = report.services
  assert.deepEqual([report.equal, doors?.copied], [true, { found: 0, written: 1_300 }])
  assert.deepEqual([doors?.source.events, doors?.source.streams], [1_300, 11])
  assert.deepEqual(doors?.source, doors?.target)
  for (const phase of ['reading', 'copying', 'proving']) {
    const last = seen.findLast((progress) => progress.phase === phase)
    assert.deepEqual([last?.done, last?.total], [1_300, 1_300], phase)
  }

  const home = openPlace(t)
  const back = await move(moving(target, home))
  assert.equal(back.equal, true)
  assert.deepEqual(back.services[0]?.source, doors?.source)
  assert.deepEqual(await all(home.events), await all(source.events))
})

test('back into the place it came from, only what is new is written', async (t) => {
  const { source, target, service } = await house(t, 40)
  await commit(source.views, policy, '40')
  await commit(source.views, view, '40')
  await move(service)
  await live(target.events, 25, 40)
  await commit(target.views, policy, await target.events.head())
  const report = await move(moving(target, source))
  assert.deepEqual(report.services[0]?.copied, { found: 40, written: 25 })
  assert.equal(report.equal, true)
  assert.equal(await (await source.views.open(policy)).position(), '65')
})

test('a store without events is moved like any other', async (t) => {
  const { service } = await house(t, 0)
  const report = await move(service)
  assert.deepEqual([report.equal, report.services[0]?.source.events], [true, 0])
})

test('broken off at any page, it goes on where it was and ends up the same', async (t) => {
  const { source, target, service } = await house(t, 1_800)
  for (const pages of [0, 1, 2]) {
    let left = pages
    const breaking = {
      ...target,
      events: {
        ...target.events,
        async importEvents(events: readonly RecordedEvent[]) {
          left -= 1
          if (left < 0) throw new Error('the line is cut')
          return await target.events.importEvents(events)
        },
      },
    }
    await assert.rejects(move({ ...service, target: breaking }), /the line is cut/)
  }
  const report = await move(service)
  assert.deepEqual(report.services[0]?.copied, { found: 1_500, written: 300 })
  assert.deepEqual(withoutPositions(await all(target.events)), withoutPositions(await all(source.events)))
  assert.deepEqual((await move(service)).services[0]?.copied, { found: 1_800, written: 0 })
})

test('a target that holds anything but the beginning of the source is refused and stays as it is', async (t) => {
  const { source, service } = await house(t, 30)
  const others: readonly (readonly [string, (store: EventStore) => Promise<unknown>])[] = [
    ['other events', (store) => live(store, 3, 500)],
    [
      'the beginning and then something else',
      async (store) => {
        await live(store, 5)
        await live(store, 1, 500)
      },
    ],
    ['more than the source', (store) => live(store, 31)],
  ]
  for (const [what, fill] of others) {
    const target = openPlace(t)
    await fill(target.events)
    // The time of an event is part of it: what was not imported is not the same.
    const before = await all(target.events)
    await refusedWith('MIGRATION_TARGET_DIFFERS', move({ ...service, target }))
    assert.deepEqual(await all(target.events), before, what)
  }
  const longer = openPlace(t)
  await longer.events.importEvents(await all(source.events))
  await live(longer.events, 1, 30)
  await refusedWith('MIGRATION_TARGET_DIFFERS', move({ ...service, target: longer }))
})

test('views that have seen something where there are no events are refused: they belong to other events', async (t) => {
  const { target, service } = await house(t, 10)
  await commit(target.views, view, '7')
  await refusedWith('MIGRATION_TARGET_VIEWS', move(service))
  assert.equal(await target.events.head(), START)
})

test('a policy and a publisher go on after the event they had passed, wherever it stands in the target', async (t) => {
  const { source, target, service } = await house(t, 60)
  const events = await all(source.events)
  await commit(source.views, policy, '37', [parked(events[11]), parked(events[22])])
  await commit(source.views, publisher, '60')
  await commit(source.views, view, '60')
  await move(service)
  const copied = await all(target.events)

  const moved = await target.views.open(policy)
  assert.equal(await moved.position(), copied[36]?.position)
  assert.deepEqual(await moved.parked(), [parked(copied[11]), parked(copied[22])])
  assert.equal(await (await target.views.open(publisher)).position(), copied[59]?.position)
  assert.equal(await (await target.views.open(view)).position(), START)

  const blocked = new Set([events[11]?.stream, events[22]?.stream])
  const handled: string[] = []
  const subscription = new Subscription({
    name: policy.name,
    store: target.events,
    space: moved,
    clock: systemClock,
    holder: 'host',
    filter: {},
    handle: async (event) => void handled.push(event.id),
  })
  await subscription.start()
  await subscription.caughtUp()
  await subscription.stop()
  assert.deepEqual(
    handled,
    events
      .slice(37)
      .filter(({ stream }) => !blocked.has(stream))
      .map(({ id }) => id),
  )
})

test('a checkpoint before all events stays there; one beyond the last event stands behind it; what was decided since goes', async (t) => {
  const { source, target, service } = await house(t, 20)
  await commit(source.views, policy, START, [parked((await all(source.events))[3])])
  await commit(source.views, publisher, '999')
  await move(service)
  const at = async (space: typeof policy) => await (await target.views.open(space)).position()
  assert.deepEqual([await at(policy), await at(publisher)], [START, await target.events.head()])

  const opened = await source.views.open(policy)
  const lease = await opened.acquire('operator', 1_000)
  assert.ok(lease)
  await opened.commit(lease, { position: '20', unpark: (await opened.parked()).map(({ eventId }) => eventId) })
  const report = await move(service)
  assert.deepEqual(await (await target.views.open(policy)).parked(), [])
  assert.deepEqual(report.services[0]?.checkpoints, [
    { subscription: policy.name, source: '20', target: await target.events.head(), parked: 0 },
    { subscription: publisher.name, source: '999', target: await target.events.head(), parked: 0 },
  ])
})

const tamperings: readonly (readonly [string, string, readonly unknown[]])[] = [
  ['a changed datum', `UPDATE event SET data = '{"n":"x"}' WHERE position = 14`, ['differs']],
  ['a changed time', 'UPDATE event SET time = time + 1 WHERE position = 14', ['differs']],
  ['a changed command hash', `UPDATE event SET meta = replace(meta, 'h-13', 'h-14') WHERE position = 14`, ['differs']],
  ['a lost event', 'DELETE FROM event WHERE position = 40', ['differs']],
  [
    'two events of two streams exchanged',
    `UPDATE event SET position = -1 WHERE position = 20; UPDATE event SET position = 20 WHERE position = 21;
     UPDATE event SET position = 21 WHERE position = -1`,
    [],
  ],
]
for (const [what, sql, kinds] of tamperings) {
  test(`the proof finds ${what}, and nothing may then act there`, async (t) => {
    const { source, target, service } = await house(t, 40)
    await move(service)
    await target.events.close()
    tamper(target.file, sql)
    const tampered: MovingService = { ...service, target: openPlace(t, { folder: target.folder }) }
    const { equal, services } = await move(tampered, { verifyOnly: true })
    assert.deepEqual([equal, services[0]?.equal], [false, false])
    assert.deepEqual(
      services[0]?.differences.map(({ kind }) => kind),
      kinds,
    )
    assert.deepEqual(services[0]?.checkpoints, [])
    assert.notEqual(
      services[0]?.source.content + (services[0]?.source.order ?? ''),
      services[0]?.target.content + (services[0]?.target.order ?? ''),
    )
    assert.equal((await source.events.readAll()).events.length, 40)
  })
}

function tamper(file: string, sql: string): void {
  const database = new DatabaseSync(file)
  database.exec(`DROP TRIGGER event_is_not_changed; DROP TRIGGER event_is_not_removed; ${sql}`)
  database.close()
}

test('verifying writes nothing, and what has happened since in the target is no difference', async (t) => {
  const { source, target, service } = await house(t, 25)
  await commit(source.views, policy, '25')
  const missing = await move(service, { verifyOnly: true })
  assert.deepEqual([missing.equal, missing.services[0]?.differences.length], [false, 11])
  assert.equal(await target.events.head(), START)
  await move(service)
  await live(target.events, 4, 25)
  const { equal, services } = await move(service, { verifyOnly: true })
  assert.deepEqual([equal, services[0]?.newer, services[0]?.behind], [true, 4, []])
})

test('a target whose policy is behind the source’s would act again: the proof says so', async (t) => {
  const { source, target, service } = await house(t, 25)
  await target.events.importEvents(await all(source.events))
  await commit(source.views, policy, '20')
  const { equal, services } = await move(service, { verifyOnly: true })
  assert.deepEqual([equal, services[0]?.behind], [false, [policy.name]])
})

test('while somebody holds a lease on shared views nothing is moved', async (t) => {
  const { source, target, service } = await house(t, 5)
  for (const [side, place] of [
    ['source', source],
    ['target', target],
  ] as const) {
    const space = await place.views.open(publisher)
    const lease = await space.acquire('an instance', 60_000)
    assert.ok(lease)
    const sharedViews = { source: side === 'source', target: side === 'target' }
    await refusedWith('MIGRATION_IN_USE', move(service, { sharedViews }))
    assert.equal(await target.events.head(), START)
    await space.release(lease)
  }
  assert.equal((await move(service, { sharedViews: { source: true, target: true } })).equal, true)
})

test('a source that somebody appends to meanwhile is refused; the next run takes that along', async (t) => {
  const { source, target, service } = await house(t, 10)
  const busy = {
    ...target,
    events: {
      ...target.events,
      async importEvents(events: readonly RecordedEvent[]) {
        await live(source.events, 1, 10)
        return await target.events.importEvents(events)
      },
    },
  }
  await refusedWith('MIGRATION_SOURCE_CHANGED', move({ ...service, target: busy }))
  const report = await move(service)
  assert.deepEqual([report.equal, report.services[0]?.source.events], [true, 11])
})

test('a store that cannot take events over is refused', async (t) => {
  const { target, service } = await house(t, 5)
  const { importEvents: _, ...events } = target.events
  await refusedWith('MIGRATION_IMPORT_UNSUPPORTED', move({ ...service, target: { ...target, events } }))
})

test('where only the views move, positions stay what they are', async (t) => {
  const { source, target, service } = await house(t, 15)
  await commit(source.views, policy, '9')
  const report = await move({ ...service, target: { ...target, events: source.events } })
  assert.deepEqual([report.equal, report.services[0]?.copied], [true, { found: 0, written: 0 }])
  assert.equal(await (await target.views.open(policy)).position(), '9')
})
