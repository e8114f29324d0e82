import assert from 'node:assert/strict'
import { test } from 'node:test'
import { filterTestFiles, findTestFiles } from './find-test-files.ts'
import { groupOf } from './test-groups.ts'
import { makeTree } from './test-tree.ts'

test('test files are found under the four roots, never in installed or built folders', async (context) => {
  const root = await makeTree(context, {
    'contracts/src/a.test.ts': '',
    'packages/p/src/deep/b.test.ts': '',
    'packages/p/node_modules/q/c.test.ts': '',
    'services/s/web/dist/d.test.ts': '',
    'services/s/src/e.ts': '',
    'elsewhere/f.test.ts': '',
  })
  assert.deepEqual(await findTestFiles(root), ['contracts/src/a.test.ts', 'packages/p/src/deep/b.test.ts'])
})

test('a filter is a path, a part of one or a glob', () => {
  const files = ['packages/bus/src/a.test.ts', 'services/office/src/plan/b.test.ts']
  assert.deepEqual(filterTestFiles(files, ['./packages/bus/src/a.test.ts']), [files[0]])
  assert.deepEqual(filterTestFiles(files, ['office']), [files[1]])
  assert.deepEqual(filterTestFiles(files, ['services/**/*.test.ts']), [files[1]])
  assert.deepEqual(filterTestFiles(files, []), files)
})

test('the name of a test file tells its group', () => {
  assert.equal(groupOf('a/sign-in.browser.test.ts'), 'browser')
  assert.equal(groupOf('a/kafka.engine.test.ts'), 'engine')
  assert.equal(groupOf('a/kill.long.test.ts'), 'long')
  assert.equal(groupOf('a/browser.test.ts'), 'unit')
})
