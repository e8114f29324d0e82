import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { promisify } from 'node:util'
import { makeTree } from '../test/test-tree.ts'
import { checks, openRepository } from './checks.ts'
import type { Problem } from './problem.ts'

const run = promisify(execFile)

const settings = {
  'package.json': '{ "name": "dulian", "type": "module" }\n',
  'tsconfig.json': '{ "compilerOptions": { "strict": true, "noEmit": true, "types": [] }, "include": ["packages"] }\n',
  'biome.json': `{\n  "files": { "includes": ["**/*.ts"] },\n  "formatter": { "indentStyle": "space" }\n}\n`,
}

async function find(context: TestContext, name: string, files: Record<string, string>): Promise<readonly Problem[]> {
  const root = await makeTree(context, { ...settings, ...files })
  await run('git', ['init', '--quiet'], { cwd: root })
  const check = checks.find((one) => one.name === name)
  assert.ok(check)
  return await check.find(await openRepository(root))
}

test('the type check fails on a wrong type and passes on a right one', async (context) => {
  const [problem] = await find(context, 'types', { 'packages/a.ts': `export const a: string = 1\n` })
  assert.match(problem?.message ?? '', /packages\/a\.ts.*TS2322/)
  assert.deepEqual(await find(context, 'types', { 'packages/a.ts': `export const a: number = 1\n` }), [])
})

test('the type check of the web application fails on a wrong type, and waits until there is one', async (context) => {
  const web = 'services/portal/web'
  const tsconfig = '{ "compilerOptions": { "strict": true, "noEmit": true, "types": [] }, "include": ["src"] }\n'
  const files = { [`${web}/tsconfig.json`]: tsconfig, [`${web}/src/a.ts`]: `export const a: string = 1\n` }
  assert.equal((await find(context, 'web types', files)).length, 1)
  assert.deepEqual(await find(context, 'web types', {}), [])
})

test('the lint check fails on a lint error and on a wrong format', async (context) => {
  assert.equal((await find(context, 'lint and format', { 'a.ts': `export const a = new Array<any>();\n` })).length, 1)
  assert.equal((await find(context, 'lint and format', { 'a.ts': `export   const a = 1;\n` })).length, 1)
  assert.deepEqual(await find(context, 'lint and format', { 'a.ts': `export const a = 1;\n` }), [])
})

test('files someone has just written are checked before they are added to git', async (context) => {
  const problems = await find(context, 'code rules', { 'packages/a/src/utils.ts': 'export const a = 1\n' })
  assert.equal(problems.length, 1)
})

test('imports, texts and golden files are read from the tree', async (context) => {
  const files = {
    'packages/a/package.json': '{ "name": "@dulian/a" }',
    'packages/a/src/a.ts': `import x from 'undeclared'`,
    'packages/a/src/fixtures/made.v1.json': '{}',
    'tools/check/stored-fixtures.json': '{ "packages/a/src/fixtures/made.v1.json": "the hash of something else" }',
    'docs/a.md': 'kept in /hom' + 'e/somebody/notes',
    'docs/a.woff2': 'x',
  }
  assert.equal((await find(context, 'imports', files)).length, 1)
  assert.equal((await find(context, 'texts', files)).length, 2)
  assert.equal((await find(context, 'golden files', files)).length, 1)
})

test('the summary exits 1 when a check finds something, and 2 on an unknown check', async (context) => {
  const root = await makeTree(context, { ...settings, 'packages/a/utils.ts': '' })
  await run('git', ['init', '--quiet'], { cwd: root })
  const check = (only: string) =>
    run(process.execPath, [join(import.meta.dirname, 'run.ts'), '--root', root, '--only', only]).then(
      ({ stdout }) => ({ code: 0, stdout }),
      (error: { code: number; stdout: string }) => error,
    )
  const failed = await check('code rules')
  assert.equal(failed.code, 1)
  assert.match(failed.stdout, /packages\/a\/utils\.ts {2}“utils” says nothing/)
  assert.match(failed.stdout, /✗ code rules +1 problem/)
  assert.equal((await check('imports')).code, 0)
  assert.equal((await check('nonsense')).code, 2)
})
