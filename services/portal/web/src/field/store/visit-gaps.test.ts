import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { VisitDraft } from './field-database.ts'
import { gapsOf, SCHOOL_SIGNATURE, SUPERVISOR_SIGNATURE } from './visit-gaps.ts'

const item = (code: string, title: string) => ({
  code,
  group: null,
  title,
  clause: null,
  prompt: null,
  negative: null,
  evidence: 'optional' as const,
  severity: 'ordinary' as const,
})
const complete: VisitDraft = {
  id: '0197a000-0000-7000-8000-000000000701',
  owner: 'somebody',
  state: 'open',
  schoolId: '0197a000-0000-7000-8000-000000000001',
  schoolName: '示例第一小学',
  checklist: {
    checklistId: '0197a000-0000-7000-8000-000000000801',
    edition: 1,
    title: '示例清单',
    items: [item('A01', '消防通道畅通'), item('A02', '课表执行一致')],
  },
  scheduledVisitId: null,
  taskId: null,
  startedAt: '2026-11-03T01:00:00.000Z',
  visitedOn: '2026-11-03',
  answers: { A01: { answer: 'yes' }, A02: { answer: 'no', note: '有两张课表' } },
  supervisorName: '示例督学甲',
  schoolSigner: '示例校长',
  updatedAt: '2026-11-03T01:30:00.000Z',
}
const signed = new Set([SUPERVISOR_SIGNATURE, SCHOOL_SIGNATURE])

test('[I6] a visit with every item answered, explained and signed can be submitted', () => {
  assert.deepEqual(gapsOf(complete, signed), [])
})

test('[I6] an unanswered item blocks submission and leads to the first such item', () => {
  const [gap, ...others] = gapsOf({ ...complete, answers: { A02: { answer: 'yes' } } }, signed)
  assert.equal(gap?.anchor, 'item-A01')
  assert.deepEqual(others, [])
})

test('[I8] a negative answer without a note blocks submission', () => {
  const gaps = gapsOf({ ...complete, answers: { ...complete.answers, A02: { answer: 'no', note: ' ' } } }, signed)
  assert.deepEqual(
    gaps.map((gap) => gap.anchor),
    ['item-A02'],
  )
})

test('both signatures and both names are needed', () => {
  const gaps = gapsOf({ ...complete, schoolSigner: '' }, new Set([SUPERVISOR_SIGNATURE]))
  assert.deepEqual(
    gaps.map((gap) => gap.anchor),
    [SCHOOL_SIGNATURE, SCHOOL_SIGNATURE],
  )
})

test('[I8] an item that asks for a photo of a negative blocks submission until there is one', () => {
  const items = complete.checklist.items.map((one) => ({ ...one, evidence: 'on-negative' as const }))
  const draft = { ...complete, checklist: { ...complete.checklist, items } }
  assert.deepEqual(
    gapsOf(draft, signed).map((gap) => gap.message),
    ['“课表执行一致”要附照片'],
  )
  assert.deepEqual(gapsOf(draft, new Set([...signed, 'A02'])), [])
})
