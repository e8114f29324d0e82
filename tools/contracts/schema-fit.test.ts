import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { membersOf, misfits } from './schema-fit.ts'

/** Whether everything that keeps the first schema is read by the second, and if not, where. */
function fit(written: z.ZodType, accepted: z.ZodType): readonly string[] {
  const found = misfits(z.toJSONSchema(written, { io: 'output' }), z.toJSONSchema(accepted, { io: 'input' }))
  return found.map(({ path, reason }) => `${path}: ${reason}`)
}

test('every schema fits itself', () => {
  const schemas = [
    z.unknown(),
    z.uuid(),
    z.iso.datetime(),
    z.string().regex(/^a+$/),
    z.number().positive().max(5),
    z.literal('a'),
    z.enum(['a', 'b']).nullable(),
    z.union([z.string(), z.number()]),
    z.array(z.string()).min(1),
    z.tuple([z.string(), z.number()]),
    z.record(z.string(), z.number()),
    z.strictObject({ a: z.string() }),
    z.looseObject({ a: z.string() }),
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a'), x: z.string() }),
      z.object({ kind: z.literal('b'), y: z.number() }),
    ]),
  ]
  for (const schema of schemas) assert.deepEqual(fit(schema, schema), [])
})

test('the narrow fits the wide, the wide not the narrow', () => {
  const pairs: [narrow: z.ZodType, wide: z.ZodType][] = [
    [z.string(), z.unknown()],
    [z.literal('a'), z.enum(['a', 'b'])],
    [z.literal('a'), z.string()],
    [z.enum(['aa', 'aaa']), z.string().regex(/^a+$/)],
    [z.uuid(), z.string()],
    [z.string(), z.string().nullable()],
    [z.string(), z.union([z.string(), z.number()])],
    [z.int(), z.number()],
    [z.number().min(2), z.number().min(1)],
    [z.string().min(2).max(5), z.string().min(1).max(6)],
    [z.array(z.literal('a')).max(3), z.array(z.string()).max(4)],
    [z.object({ a: z.string(), b: z.string() }), z.object({ a: z.string() })],
    [z.object({ a: z.string() }), z.object({ a: z.string().optional() })],
    [z.object({ a: z.number() }), z.record(z.string(), z.number())],
    [z.record(z.string(), z.int()), z.record(z.string(), z.number())],
    [z.partialRecord(z.enum(['a']), z.int()), z.partialRecord(z.enum(['a', 'b']), z.int())],
    [
      z.object({ kind: z.literal('a') }),
      z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })]),
    ],
  ]
  for (const [narrow, wide] of pairs) {
    assert.deepEqual(fit(narrow, wide), [])
    assert.notDeepEqual(fit(wide, narrow), [], JSON.stringify(z.toJSONSchema(wide)))
  }
})

test('a misfit is told where it is, by the alternative that comes closest', () => {
  const reader = z.object({ by: z.object({ name: z.string().max(10) }).nullable() })
  const writer = z.object({ by: z.object({ name: z.string().max(20) }).nullable() })
  assert.deepEqual(fit(writer, reader), ['by.name: may go beyond maxLength 10'])
  assert.deepEqual(fit(z.object({ ids: z.array(z.number()) }), z.object({ ids: z.array(z.string()) })), [
    'ids[]: may be number where string is expected',
  ])
})

test('members of any name must suit whoever knows one of them', () => {
  assert.deepEqual(fit(z.record(z.string(), z.number()), z.object({ a: z.string().optional() })), [
    'a: may be number where string is expected',
  ])
  assert.deepEqual(fit(z.looseObject({}), z.strictObject({})), [': may have any members, and unknown ones are refused'])
})

test('of a keyword it does not know it allows that both say the same, and nothing else', () => {
  assert.deepEqual(misfits({ type: 'string', unheardOf: 1 }, { type: 'string', unheardOf: 1 }), [])
  assert.equal(misfits({ type: 'string', unheardOf: 1 }, { type: 'string', unheardOf: 2 }).length, 1)
  assert.equal(misfits({ type: 'string' }, { type: 'string', unheardOf: 2 }).length, 1)
})

test('the members of a schema, down to the items of lists and through alternatives', () => {
  const schema = z.object({
    a: z.object({ b: z.string() }).nullable(),
    c: z.array(z.object({ d: z.string() })),
    e: z.record(z.string(), z.object({ f: z.string() })),
  })
  assert.deepEqual(membersOf(z.toJSONSchema(schema)), ['a', 'a.b', 'c', 'c[].d', 'e', 'e.*.f'])
})
