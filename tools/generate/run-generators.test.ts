import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { addToTree, makeTree } from '../test/test-tree.ts'
import { type Generator, SourceMissing } from './generator.ts'
import { runGenerators } from './run-generators.ts'

const page: Generator = {
  name: 'page',
  output: 'docs/page.md',
  generate: async (root) => `page of ${await readFile(join(root, 'source.txt'), 'utf8')}`,
}

test('--check fails while a generated file is missing or stale, and writes nothing', async (context) => {
  const root = await makeTree(context, { 'source.txt': 'one' })
  assert.equal(await runGenerators(['--check', '--root', root], [page]), 1)
  await assert.rejects(readFile(join(root, page.output)))

  assert.equal(await runGenerators(['--root', root], [page]), 0)
  assert.equal(await runGenerators(['--check', '--root', root], [page]), 0)

  await addToTree(root, { 'source.txt': 'two' })
  assert.equal(await runGenerators(['--check', '--root', root], [page]), 1)
  assert.equal(await readFile(join(root, page.output), 'utf8'), 'page of one')
})

test('a generator whose source is broken or missing fails, it does not pass quietly', async (context) => {
  const root = await makeTree(context, { 'source.txt': 'one' })
  const missing = { ...page, generate: () => Promise.reject(new SourceMissing('source.txt')) }
  assert.equal(await runGenerators(['--check', '--root', root], [missing]), 1)
  const broken = { ...page, generate: () => Promise.reject(new Error('no')) }
  assert.equal(await runGenerators(['--root', root], [broken]), 1)
})

test('only an announced generator may still lack its source, and the announcement must go when the source comes', async (context) => {
  const root = await makeTree(context, { 'source.txt': 'one', 'docs/page.md': 'page of one' })
  const missing = { ...page, generate: () => Promise.reject(new SourceMissing('source.txt')) }
  const announced = ['page']
  assert.equal(await runGenerators(['--check', '--root', root], [missing], announced), 0)
  assert.equal(await runGenerators(['--check', '--root', root], [page], announced), 1)
})
