import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkImports } from './import-rules.ts'
import type { SourceFile } from './source-tree.ts'

function manifest(folder: string, name: string, fields: object = {}): SourceFile {
  return { path: `${folder}/package.json`, text: JSON.stringify({ name, ...fields }) }
}

const house: SourceFile[] = [
  { path: 'package.json', text: JSON.stringify({ name: 'dulian' }) },
  manifest('contracts', '@dulian/contracts', { dependencies: { zod: '4' } }),
  manifest('packages/bus', '@dulian/bus'),
  manifest('packages/views', '@dulian/views', { dependencies: { '@dulian/bus': '*', '@dulian/contracts': '*' } }),
  manifest('services/office', '@dulian/office', {
    dependencies: { '@dulian/bus': '*', '@dulian/contracts': '*', '@dulian/inspections': '*' },
    devDependencies: { docx: '9' },
  }),
  manifest('services/inspections', '@dulian/inspections'),
  manifest('services/portal', '@dulian/portal'),
  manifest('services/portal/web', '@dulian/web', {
    dependencies: { react: '19', '@dulian/contracts': '*', '@dulian/bus': '*' },
    devDependencies: { vite: '8' },
  }),
  manifest('services/standalone', '@dulian/standalone', { dependencies: { '@dulian/office': '*' } }),
  manifest('tools', '@dulian/tools', { dependencies: { '@dulian/standalone': '*' } }),
]

function messages(path: string, text: string): string[] {
  return checkImports([...house, { path, text }]).map(({ message }) => message)
}

const allowed: [path: string, text: string][] = [
  ['contracts/src/a.ts', `import { z } from 'zod'`],
  ['contracts/src/a.test.ts', `import test from 'node:test'`],
  ['packages/views/src/a.ts', `import { bus } from '@dulian/bus'\nimport fs from 'node:fs'`],
  ['services/office/src/a.ts', `import { bus } from '@dulian/bus'\nimport type { X } from '@dulian/contracts'`],
  ['services/office/src/a.ts', `import { x } from './plan/parse/index.ts'`],
  ['services/office/src/a.test.ts', `import { Document } from 'docx'`],
  ['services/office/test/a.browser.test.ts', `import { launchChromium } from '../../../tools/test/chromium.ts'`],
  ['services/standalone/src/a.ts', `import { office } from '@dulian/office'`],
  ['services/standalone/src/a.ts', `import { own } from '@dulian/standalone/own'`],
  ['services/portal/web/src/a.tsx', `import { useState } from 'react'\nexport * from '@dulian/contracts'`],
  ['services/portal/web/vite.config.ts', `import { join } from 'node:path'\nimport { defineConfig } from 'vite'`],
  ['tools/bench/run.ts', `import { start } from '@dulian/standalone'`],
  ['tools/setup/start.mjs', `await import('../../services/standalone/src/main.ts')`],
]

for (const [path, text] of allowed) {
  test(`${path} may ${text.replaceAll('\n', ' and ')}`, () => assert.deepEqual(messages(path, text), []))
}

const refused: [path: string, text: string, why: RegExp][] = [
  ['contracts/src/a.ts', `import { bus } from '@dulian/bus'`, /nothing but zod/],
  ['contracts/src/a.ts', `import fs from 'node:fs'`, /nothing but zod/],
  ['contracts/src/a.ts', `import dayjs from 'dayjs'`, /nothing but zod/],
  ['packages/bus/src/a.ts', `import { office } from '@dulian/office'`, /never contracts or services/],
  ['packages/views/src/a.ts', `import { x } from '@dulian/contracts'`, /never contracts or services/],
  ['services/office/src/a.ts', `import { x } from '@dulian/inspections'`, /known through contracts alone/],
  ['services/office/src/a.ts', `export { x } from '@dulian/inspections'`, /known through contracts alone/],
  ['services/office/src/a.ts', `const x = await import('@dulian/inspections')`, /known through contracts alone/],
  ['services/office/src/a.ts', `let x: import('@dulian/inspections').Visit`, /known through contracts alone/],
  ['services/office/src/a.ts', `import { x } from '../../inspections/src/visit.ts'`, /leaves its package/],
  ['services/portal/src/a.ts', `import { x } from '../web/src/app.tsx'`, /leaves its package/],
  ['services/office/src/a.ts', `import { x } from '../../../tools/test/chromium.ts'`, /leaves its package/],
  ['services/office/src/a.ts', `import { x } from 'docx'`, /devDependencies/],
  ['services/office/src/a.ts', `import { x } from 'fastify'`, /not declared/],
  ['services/office/src/a.ts', `import { x } from 'bus'`, /not declared/],
  ['services/portal/web/src/a.ts', `import { x } from '@dulian/bus'`, /contracts and npm packages only/],
  ['services/portal/web/src/a.ts', `import { x } from 'node:path'`, /no Node in the browser/],
  ['tools/check/a.ts', `import { x } from '@dulian/web'`, /everything but the web application/],
]

for (const [path, text, why] of refused) {
  test(`${path} may not ${text}`, () => {
    const found = messages(path, text)
    assert.equal(found.length, 1)
    assert.match(found[0] ?? '', why)
  })
}

test('half-written code and a half-written manifest do not stop the check', () => {
  const broken: SourceFile[] = [
    { path: 'packages/views/src/a.ts', text: `import { from '@dulian/office'\nconst = (` },
    { path: 'packages/new/package.json', text: '{ "name": ' },
    { path: 'packages/new/src/a.ts', text: `import x from 'y'` },
  ]
  assert.doesNotThrow(() => checkImports([...house, ...broken]))
})
