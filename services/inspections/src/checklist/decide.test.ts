import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDomainError } from '@dulian/event-sourcing'
import { refusal } from '@dulian/event-sourcing/testing'
import { checklist } from '../../test/samples.ts'
import { draftChecklist, getEdition, publishChecklist, reviseChecklist } from './decide.ts'
import { evolveChecklist, initialChecklist } from './state.ts'

const wording = { title: '食品安全专项清单', appliesTo: checklist.appliesTo, items: checklist.items }
const drafted = draftChecklist(wording, initialChecklist).reduce(evolveChecklist, initialChecklist)
const published = publishChecklist(drafted).reduce(evolveChecklist, drafted)
const id = checklist.checklistId

test('a list without items or with a code twice is refused', () => {
  assert.throws(() => draftChecklist({ ...wording, items: [] }, initialChecklist), refusal('CHECKLIST_EMPTY', '/items'))
  const twice = [...wording.items, ...wording.items.slice(0, 1)]
  assert.throws(
    () => draftChecklist({ ...wording, items: twice }, initialChecklist),
    refusal('CHECKLIST_CODE_REPEATED', '/items/3/code'),
  )
})

test('[I2] a draft cannot be used; published it has edition 1', () => {
  assert.throws(() => getEdition(id, drafted), refusal('CHECKLIST_NOT_PUBLISHED'))
  assert.deepEqual(getEdition(id, published), { checklistId: id, edition: 1, ...wording, rule: null })
})

test('a revision changes nothing until it is published, and the old edition can still be had', () => {
  const shorter = { ...wording, title: '食品安全专项清单（修订）', items: wording.items.slice(0, 1) }
  const revised = reviseChecklist(shorter, published).reduce(evolveChecklist, published)
  assert.equal(getEdition(id, revised).edition, 1)
  const second = publishChecklist(revised).reduce(evolveChecklist, revised)
  assert.deepEqual(
    [getEdition(id, second).edition, getEdition(id, second).items.length, getEdition(id, second, 1).items.length],
    [2, 1, 3],
  )
})

test('publishing without anything new is refused, drafting twice is not repeated', () => {
  assert.throws(
    () => publishChecklist(published),
    (error) => isDomainError(error, 'CHECKLIST_NOTHING_TO_PUBLISH') && error.details.edition === 1,
  )
  assert.deepEqual(draftChecklist(wording, drafted), [])
})
