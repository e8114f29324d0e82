import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { OutgoingRecord, RawRecord } from './cloud-event.ts'
import { fromRecord, toRecord } from './cloud-event.ts'
import { entryRecord, resolvedRecords, type SetAside, SetAsideMessages, wishRecord } from './set-aside.ts'
import { message } from './testing/fixture.ts'

/** As it comes back from the broker. */
function stored({ key, value, headers }: OutgoingRecord): RawRecord {
  const bytes = (content: Buffer | string | null): Buffer | null => (content === null ? null : Buffer.from(content))
  const read = Object.entries(headers).map(([name, text]) => [name, bytes(text) ?? undefined])
  return { key: bytes(key), value: bytes(value), headers: Object.fromEntries(read) }
}

function entry(kind: SetAside['kind'], offset: number, key: string, attempts = 3): SetAside {
  const record = stored(toRecord(message(key, `${key}-${offset}`)))
  const place = { partition: 2, topic: 't', group: 'g', offset }
  return { ...place, kind, record, error: kind === 'dead' ? 'TypeError' : '', attempts, at: '2026-05-20T08:00:00.000Z' }
}

function read(...records: readonly OutgoingRecord[]): SetAsideMessages {
  return SetAsideMessages.of(records.map(stored))
}

test('an entry comes back as it went, with the message unchanged', () => {
  const dead = entry('dead', 7, '永川')
  const [again] = read(entryRecord(dead)).sorted()
  assert.deepEqual({ ...again, record: undefined }, { ...dead, record: undefined })
  assert.deepEqual(fromRecord(again?.record ?? { key: null, value: null }), message('永川', '永川-7'))
})

test('a message without data is set aside, too, and is not taken for the end of an entry', () => {
  const dead = { ...entry('dead', 7, 'a'), record: stored(toRecord({ ...message('a', 'a-7'), data: undefined })) }
  const [again] = read(entryRecord(dead)).sorted()
  assert.equal(again?.record.value, null)
})

test('a wish to replay counts once: when the message has failed again it is spent', () => {
  const wish = wishRecord(2, 7, { kind: 'replay', attempts: 3 })
  const before = read(entryRecord(entry('dead', 7, 'a')), wish)
  const after = read(entryRecord(entry('dead', 7, 'a')), wish, entryRecord(entry('dead', 7, 'a', 6)))
  assert.equal(before.wishFor(entry('dead', 7, 'a')), 'replay')
  assert.equal(before.isSettled, false)
  assert.equal(after.wishFor(entry('dead', 7, 'a', 6)), undefined)
  assert.equal(after.isSettled, true)
})

test('what is resolved leaves nothing; what waited behind it is then on its way', () => {
  const messages = read(
    entryRecord(entry('dead', 7, 'a')),
    entryRecord(entry('waiting', 9, 'a')),
    entryRecord(entry('waiting', 8, 'a')),
    wishRecord(2, 7, { kind: 'skip' }),
    ...resolvedRecords(2, 7),
  )
  assert.deepEqual(
    messages.sorted().map(({ offset }) => offset),
    [8, 9],
  )
  assert.equal(messages.isSettled, false)
})
