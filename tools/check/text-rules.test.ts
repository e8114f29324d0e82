import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkFileKinds, checkTexts } from './text-rules.ts'

// Put together at run time: the rules apply to this file, too.
const slash = '/'
const bad: [what: string, text: string][] = [
  ['a path of a work machine', `see ${slash}work/main/readme`],
  ['a home folder', `cd ${slash}home/somebody/dulian`],
  ['a fixed temporary folder', `writeFile('${slash}tmp/x')`],
  ['the host of a registry', `"https:${slash}/registry.example.org/zod"`],
  ['the choice of a registry', ['registry', ' = elsewhere'].join('')],
  ['what stands beside the repository', ['..', 'shared', 'samples'].join('/')],
  ['a private key', `-----BEGIN ${'PRIVATE'} KEY-----`],
]

for (const [what, text] of bad) {
  test(`${what} is refused`, () => {
    const problems = checkTexts([{ path: 'docs/a.md', text: `first line\n${text}` }])
    assert.equal(problems.length, 1)
    assert.equal(problems[0]?.line, 2)
  })
}

test('.ci/run may name what stands beside the repository; a folder of code may bear the same name', () => {
  const beside = ['..', 'shared', 'samples'].join('/')
  assert.deepEqual(checkTexts([{ path: '.ci/run', text: beside }]), [])
  assert.deepEqual(
    checkTexts([{ path: 'contracts/src/a.ts', text: `import x from '../${'shared'}/office-id.ts'` }]),
    [],
  )
})

test('a word inside an address or a longer path is not a machine path', () => {
  assert.deepEqual(checkTexts([{ path: 'a.ts', text: `'/api/office/work/7' 'framework/x' '/homes' '/work'` }]), [])
})

test('fonts are refused', () => {
  assert.equal(checkFileKinds(['services/portal/web/public/song.woff2', 'a.ts']).length, 1)
})
