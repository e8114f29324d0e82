import assert from 'node:assert/strict'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { addToTree, makeTree } from '../test/test-tree.ts'
import { ensureWebBuilt, type WebBuildOptions } from './ensure-web-built.ts'

const web = 'services/portal/web'

function countingBuild(): { options: WebBuildOptions; said: string[]; count: () => number } {
  let count = 0
  const said: string[] = []
  const build = async (root: string): Promise<void> => {
    count += 1
    await addToTree(root, { [`${web}/dist/index.html`]: `build ${count}` })
  }
  return { options: { build, say: (sentence) => said.push(sentence) }, said, count: () => count }
}

const tree = {
  [`${web}/index.html`]: '<div id="root"></div>',
  [`${web}/src/main.tsx`]: 'one',
  'contracts/src/index.ts': 'one',
  'pnpm-lock.yaml': 'one',
}

test('the web application is built once, with progress in Chinese, and left alone while nothing changes', async (context) => {
  const root = await makeTree(context, tree)
  const { options, said, count } = countingBuild()
  assert.equal(await ensureWebBuilt(root, options), 'built')
  assert.equal(await ensureWebBuilt(root, options), 'fresh')
  assert.equal(count(), 1)
  assert.match(said.join('\n'), /正在构建网页[\s\S]*已构建完成/)
})

for (const changed of [`${web}/src/main.tsx`, 'contracts/src/index.ts', 'pnpm-lock.yaml', `${web}/src/new.css`]) {
  test(`it is built again when ${changed} changes`, async (context) => {
    const root = await makeTree(context, tree)
    const { options } = countingBuild()
    await ensureWebBuilt(root, options)
    await addToTree(root, { [changed]: 'two' })
    assert.equal(await ensureWebBuilt(root, options), 'built')
  })
}

test('a change of a test, a page of text or what was built does not build again, a lost build does', async (context) => {
  const root = await makeTree(context, tree)
  const { options } = countingBuild()
  await ensureWebBuilt(root, options)
  await addToTree(root, {
    [`${web}/src/main.test.ts`]: 'x',
    [`${web}/node_modules/x/y.js`]: 'x',
    [`${web}/README.md`]: 'x',
  })
  assert.equal(await ensureWebBuilt(root, options), 'fresh')
  await rm(join(root, web, 'dist'), { recursive: true })
  assert.equal(await ensureWebBuilt(root, options), 'built')
})

test('a failed build is told and tried again the next time', async (context) => {
  const root = await makeTree(context, tree)
  const { options } = countingBuild()
  const failing = { ...options, build: () => Promise.reject(new Error('vite says no')) }
  await assert.rejects(ensureWebBuilt(root, failing), /vite says no/)
  assert.equal(await ensureWebBuilt(root, options), 'built')
  assert.match(await readFile(join(root, web, 'dist/index.html'), 'utf8'), /build 1/)
})

test('a tree without a web application needs no build', async (context) => {
  const root = await makeTree(context, { 'pnpm-lock.yaml': 'one' })
  assert.equal(await ensureWebBuilt(root, countingBuild().options), 'absent')
})
