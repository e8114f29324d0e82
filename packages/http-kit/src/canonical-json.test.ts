import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalJson } from './canonical-json.ts'

test('the same content gives the same text, whatever order it came in', () => {
  const one = { b: [1, { d: null, c: '文' }], a: true, e: undefined }
  const other = { a: true, b: [1, { c: '文', d: null }] }
  assert.equal(canonicalJson(one), '{"a":true,"b":[1,{"c":"文","d":null}]}')
  assert.equal(canonicalJson(other), canonicalJson(one))
})

test('what differs gives another text, and what JSON cannot carry is told apart from nothing', () => {
  const texts = [
    {},
    [],
    null,
    '',
    0,
    false,
    { a: null },
    [null],
    { a: [] },
    ['a', 'b'],
    ['a,b'],
    { a: '1' },
    { a: 1 },
  ].map(canonicalJson)
  assert.equal(new Set(texts).size, texts.length)
  assert.equal(canonicalJson(undefined), 'null')
  assert.equal(canonicalJson({ at: new Date(0) }), '{"at":"1970-01-01T00:00:00.000Z"}')
  assert.equal(canonicalJson([undefined, Number.NaN]), '[null,null]')
})
