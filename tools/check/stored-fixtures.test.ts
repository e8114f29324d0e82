import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkStoredFixtures, fixtureLock, lockFixtures } from './stored-fixtures.ts'

const golden = { path: 'services/office/src/plan/fixtures/plan-imported.v1.json', text: '{"title":"要点"}' }
const lock = { path: fixtureLock, text: JSON.stringify(lockFixtures({}, [golden])) }

test('golden files that are as they were pass, other fixtures are free', () => {
  const free = { path: 'services/office/src/plan/fixtures/plan.txt', text: 'x' }
  assert.deepEqual(checkStoredFixtures([golden, lock, free]), [])
})

test('an edited golden file is refused', () => {
  const [problem] = checkStoredFixtures([{ ...golden, text: '{"title":"计划"}' }, lock])
  assert.equal(problem?.file, golden.path)
  assert.match(problem?.message ?? '', /edited/)
})

test('a removed golden file is refused', () => {
  assert.match(checkStoredFixtures([lock])[0]?.message ?? '', /gone/)
})

test('locking takes in a new golden file and never touches the old ones', () => {
  const next = { path: golden.path.replace('v1', 'v2'), text: '{}' }
  const before = JSON.parse(lock.text)
  const after = lockFixtures(before, [{ ...golden, text: 'edited' }, next])
  assert.equal(after[golden.path], before[golden.path])
  assert.deepEqual(Object.keys(after), [golden.path, next.path])
})
