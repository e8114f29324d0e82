import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Catalogue, renderErrors } from './errors-page.ts'

const catalogue = (code: string): Catalogue => ({ [code]: { kind: 'refused', title: '标题', detail: '说明 {n}|' } })

test('every code stands under its owner with status and words', () => {
  const page = renderErrors(new Map([['services/office', catalogue('PLAN_CLOSED')]]), () => 409)
  assert.match(page, /## services\/office[\s\S]*\| `PLAN_CLOSED` \| 409 \| 标题 \| 说明 \{n\}\\\| \|/)
})

test('the order of files and of declarations makes no difference', () => {
  const a: [string, Catalogue] = ['packages/a', { ...catalogue('ONE'), ...catalogue('TWO') }]
  const b: [string, Catalogue] = ['packages/b', catalogue('THREE')]
  const turned: [string, Catalogue] = ['packages/a', { ...catalogue('TWO'), ...catalogue('ONE') }]
  assert.equal(
    renderErrors(new Map([a, b]), () => 409),
    renderErrors(new Map([b, turned]), () => 409),
  )
})

test('two services may declare one error alike, but not with two meanings', () => {
  const page = (title: string) => {
    const other: Catalogue = { PLAN_CLOSED: { kind: 'refused', title, detail: '另一句' } }
    return renderErrors(
      new Map([
        ['services/inspections', catalogue('PLAN_CLOSED')],
        ['services/office', other],
      ]),
      () => 409,
    )
  }
  assert.equal(page('标题').match(/PLAN_CLOSED/g)?.length, 2)
  assert.throws(
    () => page('别的'),
    /PLAN_CLOSED means one thing in services\/inspections and another in services\/office/,
  )
})
