import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type EventStore, type EventToAppend, isDomainError, newId, type RecordedEvent } from '@dulian/event-sourcing'
import { openSqliteEvents } from '../src/index.ts'

const META = { correlationId: 'c', actor: 'tester', office: 'demo' }
const CALLERS = 16
const EVENTS_EACH = 3

interface Attempt {
  readonly stream: string
  readonly events: readonly EventToAppend[]
}

/**
 * Fills the storage under a store until appends are refused, several times over; then makes room. Asserts that exactly
 * the acknowledged events are there at every stage, and that the refused ones can simply be tried again.
 */
export async function fillAndGoOn(
  folder: string,
  makeRoom: () => void,
): Promise<{ acknowledged: number; refused: number; codes: string[] }> {
  const file = join(folder, 'events.db')
  const events = openSqliteEvents({ file })
  const acknowledged: string[] = []
  const refused: Attempt[] = []
  const codes = new Set<string>()
  let made = 0

  const attempt = async (): Promise<void> => {
    made += 1
    const stream = `full-demo-${made}`
    const batch = Array.from({ length: EVENTS_EACH }, () => ({
      id: newId(Date.now()),
      type: 'filled.v1',
      data: { text: '满'.repeat(500) },
    }))
    try {
      await events.append(stream, batch, { expected: 'none', meta: META })
      acknowledged.push(...batch.map((event) => event.id))
    } catch (error) {
      assert.ok(isDomainError(error), String(error))
      codes.add(error.code)
      refused.push({ stream, events: batch })
    }
  }

  for (let rounds = 0; refused.length < 5 * CALLERS; rounds += 1) {
    assert.ok(rounds < 10_000, 'the storage does not fill up')
    await Promise.all(Array.from({ length: CALLERS }, attempt))
  }
  await assertStored(events, acknowledged)
  assert.deepEqual(await events.readStream(refused[0]?.stream ?? ''), [])

  makeRoom()
  const after: string[] = []
  for (const { stream, events: batch } of refused) {
    const appended = await events.append(stream, batch, { expected: 'none', meta: META })
    assert.deepEqual([appended.version, appended.repeated], [EVENTS_EACH, false])
    after.push(...batch.map((event) => event.id))
  }
  await assertStored(events, [...acknowledged, ...after])
  await events.close()

  const again = openSqliteEvents({ file })
  await assertStored(again, [...acknowledged, ...after])
  await again.close()
  return { acknowledged: acknowledged.length, refused: refused.length, codes: [...codes] }
}

async function assertStored(store: EventStore, ids: readonly string[]): Promise<void> {
  const stored: RecordedEvent[] = []
  for (let after = '0', end = false; !end; ) {
    const page = await store.readAll({ after })
    stored.push(...page.events)
    after = page.checkedThrough
    end = page.end
  }
  assert.deepEqual(stored.map((event) => event.id).toSorted(), ids.toSorted())
  assert.deepEqual(
    stored.map((event) => Number(event.position)),
    stored.map((_, index) => index + 1),
  )
}
