import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkCode } from './code-rules.ts'

function messages(path: string, text: string): string[] {
  return checkCode([{ path, text }]).map(({ message }) => message)
}

// Put together, so that whoever searches the repository for left-overs does not find these.
const later = ['TO', 'DO'].join('')
const silence = ['@ts-', 'ignore'].join('')
const twice = ['as', 'unknown', 'as'].join(' ')

const refused: [path: string, text: string, why: RegExp][] = [
  ['packages/bus/src/a.ts', `const host = process.env.HOST`, /process is touched/],
  ['packages/bus/src/a.ts', `const host = process['env']`, /process is touched/],
  ['packages/bus/src/a.ts', `globalThis.process.exit(1)`, /process is touched/],
  ['packages/bus/src/a.ts', `import { env } from 'node:process'`, /process is touched/],
  ['services/portal/web/src/a.tsx', `export const a = process.env.NODE_ENV`, /process is touched/],
  ['services/office/src/a.ts', `console.log('here')`, /console is for/],
  ['services/office/src/config.ts', `console.log('here')`, /console is for/],
  ['services/office/src/planParser.ts', ``, /kebab-case/],
  ['services/office/src/Plan.tsx', ``, /kebab-case/],
  ['services/office/src/utils.ts', ``, /says nothing/],
  ['services/office/src/helpers.test.ts', ``, /says nothing/],
  ['services/office/src/common/plan.ts', ``, /says nothing/],
  ['services/office/src/a.ts', `// ${later}: later\nconst a = 1`, /finished/],
  ['services/office/src/a.ts', `const a = {\n  /* ${later} */ }`, /finished/],
  ['services/office/src/a.ts', `// ${silence}\nconst a: string = 1`, /silenced/],
  ['services/office/src/a.ts', `const a = 1 ${twice} string`, /switches the compiler off/],
  ['services/office/src/a.ts', `const a = (1 as unknown) as string`, /switches the compiler off/],
  ['services/office/src/a.test.ts', `test.only('a', () => {})`, /only/],
  ['services/office/src/a.test.ts', `describe('a', { only: true }, () => {})`, /only/],
  ['services/office/src/a.test.ts', `it.todo('a')`, /todo/],
]

for (const [path, text, why] of refused) {
  test(`refused in ${path}: ${text.replaceAll('\n', ' ⏎ ') || 'its name'}`, () => {
    const found = messages(path, text)
    assert.equal(found.length, 1, found.join())
    assert.match(found[0] ?? '', why)
  })
}

const allowed: [path: string, text: string][] = [
  ['services/office/src/main.ts', `console.log(process.pid)`],
  ['services/office/src/config.ts', `export const env = process.env`],
  ['services/standalone/src/cli/main.ts', `console.log(process.argv)`],
  ['packages/bus/src/a.test.ts', `console.log(process.pid)`],
  ['packages/bus/src/testing/index.ts', `process.pid`],
  ['tools/check/run.ts', `process.exitCode = 1`],
  ['packages/bus/src/a.ts', `export const stop = (process: { kill(): void }) => process.kill()`],
  ['packages/bus/src/a.ts', `const process = start()\nprocess.kill()`],
  [
    'packages/bus/src/a.ts',
    `// the process.env of the caller; console.log is not for here\nconst a = 'process.exit()'`,
  ],
  ['services/office/src/plan-import.browser.test.ts', ``],
  ['services/portal/web/src/vite-env.d.ts', ``],
  ['.pnpmfile.cjs', ``],
  ['services/office/src/a.ts', `const title = '${later}'`],
  ['services/office/src/a.ts', `const half = (`],
]

for (const [path, text] of allowed) {
  test(`allowed in ${path}: ${text.replaceAll('\n', ' ⏎ ') || 'its name'}`, () => {
    assert.deepEqual(messages(path, text), [])
  })
}
