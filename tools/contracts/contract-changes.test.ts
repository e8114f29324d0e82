import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { z } from 'zod'
import type { Published } from '../generate/asyncapi.ts'
import { allowedChanges, breakingChanges } from './contract-changes.ts'
import { makeRelease } from './contract-release.ts'

const shape = {
  visitId: z.string(),
  schoolName: z.string().max(100),
  severity: z.enum(['ordinary', 'serious']),
  items: z.number().int().nonnegative(),
  taskId: z.string().nullable(),
  note: z.string().optional(),
  evidence: z.array(z.object({ hash: z.string(), size: z.number() })),
}
const example = { visitId: 'v', schoolName: '一小', severity: 'serious', items: 3, taskId: null, evidence: [] }

function recorded(members: z.ZodRawShape = shape, rest: Partial<Published> = {}): Published {
  return {
    service: 'inspections',
    topic: 'dulian.inspections',
    name: 'visit-recorded',
    version: 1,
    type: 'cn.dulian.inspections.visit-recorded.v1',
    title: '已提交',
    audience: 'public',
    schema: z.object(members),
    example,
    ...rest,
  }
}

const released = makeRelease('1.0.0', '2026-11-22', [recorded()])

/** What is told of a contract that was released as `shape` and now has these members. */
function told(members: z.ZodRawShape, rest: Partial<Published> = {}): readonly string[] {
  return breakingChanges([released], [recorded(members, rest)]).map(({ what }) => what)
}

const { note: _note, ...withoutNote } = shape
const { items: _items, ...withoutItems } = shape

describe('what a release may bring', () => {
  const allowed: Record<string, z.ZodRawShape> = {
    nothing: shape,
    'a new optional member': { ...shape, zone: z.string().optional() },
    'a new member with a value for who does not send it': { ...shape, zone: z.string().nullable().default(null) },
    'a new optional member in the items of a list': {
      ...shape,
      evidence: z.array(z.object({ hash: z.string(), size: z.number(), name: z.string().optional() })),
    },
    'readers that take more, while the same is written': { ...shape, items: shape.items.default(0) },
    'other words for people': { ...shape, items: shape.items.describe('number of items') },
  }
  for (const [name, members] of Object.entries(allowed)) test(name, () => assert.deepEqual(told(members), []))

  test('a new event', () => {
    const next = recorded(shape, { type: 'cn.dulian.inspections.visit-recorded.v2', version: 2 })
    assert.deepEqual(breakingChanges([released], [recorded(), next]), [])
  })
})

describe('what breaks somebody', () => {
  const breaking: Record<string, readonly [z.ZodRawShape, RegExp]> = {
    'a member taken away': [withoutItems, /^items is gone, or has another name \(as of release 1\.0\.0\)$/],
    'an optional member taken away': [withoutNote, /^note is gone/],
    'a member renamed': [{ ...withoutItems, count: shape.items }, /^items is gone/],
    'a member within a list taken away': [
      { ...shape, evidence: z.array(z.object({ hash: z.string() })) },
      /^evidence\[\]\.size is gone/,
    ],
    'a new member that must be there': [
      { ...shape, zone: z.string() },
      /reader of now cannot read what was written then: zone may be missing, and is required/,
    ],
    'an optional member that must be there now': [
      { ...shape, note: z.string() },
      /reader of now .*: note may be missing, and is required/,
    ],
    'a member that need not be written any more': [
      { ...shape, items: shape.items.optional() },
      /reader of then cannot read what is written now: items may be missing, and is required/,
    ],
    'a value added to an enum': [
      { ...shape, severity: z.enum(['ordinary', 'serious', 'urgent']) },
      /reader of then .*: severity may be "urgent" beside "ordinary", "serious"/,
    ],
    'a value taken from an enum': [
      { ...shape, severity: z.enum(['serious']) },
      /reader of now .*: severity may be "ordinary" beside "serious"/,
    ],
    'an enum opened to any text': [
      { ...shape, severity: z.string() },
      /reader of then .*: severity may be any string where only/,
    ],
    'null where there was none': [
      { ...shape, visitId: z.string().nullable() },
      /reader of then .*: visitId may be null where string is expected/,
    ],
    'no null where there was one': [
      { ...shape, taskId: z.string() },
      /reader of now .*: taskId may be null where string is expected/,
    ],
    'another type': [{ ...shape, visitId: z.number() }, /visitId may be number where string is expected/],
    'a whole number that may be a fraction now': [
      { ...shape, items: z.number().nonnegative() },
      /reader of then .*: items may be number where integer is expected/,
    ],
    'a longer text than readers take': [
      { ...shape, schoolName: z.string().max(200) },
      /reader of then .*: schoolName may go beyond maxLength 100/,
    ],
    'a shorter text than was written': [
      { ...shape, schoolName: z.string().max(50) },
      /reader of now .*: schoolName may go beyond maxLength 50/,
    ],
    'a form that was not asked for': [
      { ...shape, visitId: z.uuid() },
      /reader of now .*: visitId does not keep (format|pattern)/,
    ],
    'a number below the bound': [
      { ...shape, items: z.number().int() },
      /reader of then .*: items may go beyond minimum 0/,
    ],
    'a list in place of one': [{ ...shape, visitId: z.array(z.string()) }, /visitId may be array where string/],
    'an item of another form': [
      { ...shape, evidence: z.array(z.object({ hash: z.string(), size: z.string() })) },
      /evidence\[\]\.size may be string where number/,
    ],
  }
  for (const [name, [members, sentence]] of Object.entries(breaking)) {
    test(name, () => {
      const [first] = told(members)
      assert.match(first ?? 'nothing was told', sentence)
    })
  }

  test('readers that refuse what they do not know, once somebody writes more', () => {
    const strict = makeRelease('1.0.0', '2026-11-22', [recorded(shape, { schema: z.strictObject(shape) })])
    const more = recorded({ ...shape, zone: z.string().optional() })
    const [first] = breakingChanges([strict], [more])
    assert.match(first?.what ?? '', /zone is written, and unknown members are refused/)
  })

  test('an event that is gone, or goes by another name', () => {
    const renamed = recorded(shape, { type: 'cn.dulian.inspections.visit-handed-in.v1' })
    assert.deepEqual(
      breakingChanges([released], [renamed]).map(({ type, what }) => [type, what]),
      [['cn.dulian.inspections.visit-recorded.v1', 'is gone, or has another name (as of release 1.0.0)']],
    )
  })

  test('another topic', () => {
    assert.match(
      told(shape, { topic: 'dulian.visits' })[0] ?? '',
      /moved from topic dulian\.inspections to dulian\.visits/,
    )
  })

  test('what partners were given is kept from them; the other way round is free', () => {
    assert.match(told(shape, { audience: 'internal' })[0] ?? '', /is kept from partners/)
    const internal = makeRelease('1.0.0', '2026-11-22', [recorded(shape, { audience: 'internal' })])
    assert.deepEqual(breakingChanges([internal], [recorded()]), [])
  })

  test('a rule that no schema tells of, seen by the example of the release', () => {
    const schema = z.object(shape).refine(({ items }) => items > 5)
    assert.match(told(shape, { schema, example: { ...example, items: 6 } })[0] ?? '', /cannot read the example of then/)
  })

  test('a reader of an earlier release counts as much as one of the last', () => {
    const lenient = recorded({ ...shape, items: shape.items.default(0) })
    const second = makeRelease('1.1.0', '2026-12-01', [lenient])
    const third = recorded({ ...shape, items: shape.items.optional() })
    assert.deepEqual(breakingChanges([second], [third]), [])
    assert.match(breakingChanges([released, second], [third])[0]?.what ?? '', /items may be missing.*release 1\.0\.0/)
  })
})

describe('what the changelog must tell', () => {
  const changes = (...events: Published[]): readonly string[] =>
    allowedChanges(released, events).map(({ type, what }) => `${type} ${what}`)

  test('a new event, a new member, anything else that is not as it was', () => {
    assert.deepEqual(changes(recorded()), [])
    assert.deepEqual(changes(recorded({ ...shape, zone: z.string().optional() })), [
      'cn.dulian.inspections.visit-recorded.v1 has new members: zone',
    ])
    assert.deepEqual(changes(recorded({ ...shape, items: shape.items.default(0) })), [
      'cn.dulian.inspections.visit-recorded.v1 has changed',
    ])
    const next = recorded(shape, { type: 'cn.dulian.inspections.visit-recorded.v2' })
    assert.deepEqual(changes(recorded(), next), ['cn.dulian.inspections.visit-recorded.v2 is new'])
  })
})
