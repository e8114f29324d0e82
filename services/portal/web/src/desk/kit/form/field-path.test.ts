import assert from 'node:assert/strict'
import { test } from 'node:test'
import { byField, pathOfPointer } from './field-path.ts'

test('a JSON pointer leads to the field of the form, through lists and escaped names', () => {
  assert.deepEqual(pathOfPointer('/problems/0/dueOn'), ['problems', 0, 'dueOn'])
  assert.deepEqual(pathOfPointer('/a~1b/c~0d'), ['a/b', 'c~d'])
})

test('several errors of one field are shown together at that field', () => {
  const fields = byField([
    { pointer: '/name', detail: '此项不能为空。' },
    { pointer: '/code', detail: '格式不正确。' },
    { pointer: '/name', detail: '至多 100 个字。' },
  ])
  assert.deepEqual(fields, [
    { path: ['name'], messages: ['此项不能为空。', '至多 100 个字。'] },
    { path: ['code'], messages: ['格式不正确。'] },
  ])
})
