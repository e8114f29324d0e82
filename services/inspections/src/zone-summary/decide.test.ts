import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDomainError } from '@dulian/event-sourcing'
import { refusal, stateAfter } from '@dulian/event-sourcing/testing'
import { schoolId, staff, zoneId } from '../../test/samples.ts'
import { returnZoneSummary, type SubmitZoneSummary, submitZoneSummary } from './decide.ts'
import { initialZoneSummary, type ZoneSummary } from './state.ts'
import { zoneSummaryStream } from './zone-summary.ts'

const submit: SubmitZoneSummary = {
  period: '2026-11',
  zoneId,
  zoneName: '城区责任区',
  text: '本月总体平稳。',
  counts: {
    schools: 2,
    selfChecks: 1,
    selfCheckNegatives: 0,
    toVisit: 2,
    visited: 2,
    visits: 2,
    findings: 1,
    confirmed: 0,
    openProblems: 0,
  },
  negatives: [{ name: '消防通道畅通', count: 1 }],
  gaps: [{ schoolId, schoolName: '示例第一小学', step: 'self-check' }],
  gapsReason: '校长离任，新校长下周到岗',
  by: staff,
  today: '2026-11-28',
  bulletinIssued: false,
}
const submitted = (state: ZoneSummary) => submitZoneSummary(submit, state)
const back = { reason: '请补充', by: staff, today: '2026-11-29', bulletinIssued: false }
const given = (...steps: readonly ((state: ZoneSummary) => ReturnType<typeof submitted>)[]): ZoneSummary =>
  stateAfter(zoneSummaryStream, ...steps)

test('[I5] schools that have not done a step are named and need a reason', () => {
  for (const gapsReason of [null, '  ']) {
    assert.throws(
      () => submitZoneSummary({ ...submit, gapsReason }, initialZoneSummary),
      (error) => isDomainError(error, 'ZONE_SUMMARY_GAPS_UNEXPLAINED') && error.detail.includes('示例第一小学'),
    )
  }
  const [whole] = submitZoneSummary({ ...submit, gaps: [] }, initialZoneSummary)
  assert.equal(whole?.type === 'ZoneSummarySubmitted' && whole.data.gapsReason, null, 'no gaps, no reason')
})

test('[I5] a summary without words, for a month to come, or after the bulletin is refused', () => {
  const refused = (change: Partial<SubmitZoneSummary>, code: string, pointer?: string) =>
    assert.throws(() => submitZoneSummary({ ...submit, ...change }, initialZoneSummary), refusal(code, pointer))
  refused({ text: ' ' }, 'ZONE_SUMMARY_TEXT_MISSING', '/text')
  refused({ period: '2026-12' }, 'PERIOD_IN_FUTURE', '/period')
  refused({ bulletinIssued: true }, 'ZONE_SUMMARY_IN_BULLETIN')
})

test('[I5] handed in it stands until the office sends it back, which ends with the bulletin', () => {
  const state = given(submitted)
  assert.deepEqual(submitted(state), [])
  assert.throws(
    () => submitZoneSummary({ ...submit, text: '另一段' }, state),
    refusal('ZONE_SUMMARY_ALREADY_SUBMITTED'),
  )
  assert.throws(() => returnZoneSummary({ ...back, bulletinIssued: true }, state), refusal('ZONE_SUMMARY_IN_BULLETIN'))
  assert.throws(() => returnZoneSummary(back, initialZoneSummary), refusal('ZONE_SUMMARY_NOT_FOUND'))
  const returned = given(submitted, (before) => returnZoneSummary(back, before))
  assert.deepEqual(returnZoneSummary(back, returned), [])
  assert.equal(submitZoneSummary({ ...submit, text: '另一段' }, returned).length, 1)
})
