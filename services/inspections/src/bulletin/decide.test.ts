import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDomainError } from '@dulian/event-sourcing'
import { refusal, stateAfter } from '@dulian/event-sourcing/testing'
import { letterPreview } from '@dulian/official-documents'
import { staff, zoneId } from '../../test/samples.ts'
import { bulletinStream } from './bulletin.ts'
import { bulletinLetter, firstWording } from './bulletin-letter.ts'
import { draftBulletin, issueBulletin, rewordBulletin } from './decide.ts'
import type { IncludedSummary } from './events.ts'
import { type Bulletin, initialBulletin } from './state.ts'

const period = '2026-11'
const today = '2026-11-29'
const summary: IncludedSummary = {
  summaryId: '0197a000-0000-7000-8000-000000000d01',
  version: 1,
  zoneId,
  zoneName: '城区责任区',
  text: '本月逐校督查。\n消防通道问题较集中。',
  counts: {
    schools: 3,
    selfChecks: 2,
    selfCheckNegatives: 1,
    toVisit: 2,
    visited: 2,
    visits: 3,
    findings: 2,
    confirmed: 1,
    openProblems: 1,
  },
  gapsReason: '一家机构停业',
  submittedBy: '示例组长',
}
const missing = [{ zoneId: null, zoneName: '未划入责任区的学校', schools: 1 }]
const wording = firstWording(period, [summary], [{ name: '消防通道畅通', count: 2 }])
const draft = { period, wording, summaries: [summary], missing, by: staff, today }
const issue = { documentNumber: '永教督通〔2026〕1号', approver: '示例主任', standing: [summary], by: staff, today }
const drafted = (state: Bulletin) => draftBulletin(draft, state)
const explained = (state: Bulletin) =>
  rewordBulletin({ wording: { ...wording, missingReason: '正在划分' }, by: staff }, state)
const given = (...steps: readonly ((state: Bulletin) => ReturnType<typeof drafted>)[]): Bulletin =>
  stateAfter(bulletinStream, ...steps)

test('[I5] a bulletin is not drawn from nothing, nor for a month to come', () => {
  assert.throws(
    () => draftBulletin({ ...draft, summaries: [] }, initialBulletin),
    refusal('BULLETIN_WITHOUT_SUMMARIES'),
  )
  assert.throws(
    () => draftBulletin({ ...draft, period: '2026-12' }, initialBulletin),
    refusal('PERIOD_IN_FUTURE', '/period'),
  )
  assert.throws(() => issueBulletin(issue, initialBulletin), refusal('BULLETIN_NOT_FOUND'))
})

test('[I5] a missing summary is named and needs its reason; the approver is named', () => {
  assert.throws(
    () => issueBulletin(issue, given(drafted)),
    (error) => isDomainError(error, 'BULLETIN_MISSING_UNEXPLAINED') && error.detail.includes('未划入责任区的学校'),
  )
  assert.throws(
    () => issueBulletin({ ...issue, approver: '  ' }, given(drafted, explained)),
    refusal('BULLETIN_APPROVER_MISSING', '/approver'),
  )
  const [event] = issueBulletin(issue, given(drafted, explained))
  assert.equal(event?.type === 'BulletinIssued' && event.data.approver, '示例主任')
})

test('[I5] a summary that came, changed or was sent back since the draft stops it from being issued', () => {
  const state = given(drafted, explained)
  const other = { summaryId: '0197a000-0000-7000-8000-000000000d02', version: 1, zoneName: '乡镇责任区' }
  for (const [standing, zone] of [
    [[summary, other], '乡镇责任区'],
    [[{ ...summary, version: 3 }], '城区责任区'],
    [[], '城区责任区'],
  ] as const) {
    assert.throws(
      () => issueBulletin({ ...issue, standing }, state),
      (error) => isDomainError(error, 'BULLETIN_SUMMARIES_CHANGED') && error.details.zones === zone,
    )
  }
})

test('[I5] once issued it stands: issuing again changes nothing, other changes are refused', () => {
  const state = given(drafted, explained, (before) => issueBulletin(issue, before))
  assert.deepEqual(issueBulletin({ ...issue, documentNumber: '永教督通〔2026〕2号' }, state), [])
  assert.throws(() => drafted(state), refusal('BULLETIN_ALREADY_ISSUED'))
  assert.throws(() => explained(state), refusal('BULLETIN_ALREADY_ISSUED'))
})

test('[I5] the letter holds every zone’s own words, the missing with their reason, and the chapters in order', () => {
  const state = given(drafted, explained)
  assert.ok(state.stage === 'drafted')
  const letter = letterPreview(bulletinLetter('yongchuan', state.draft, null))
  const lines = letter.paragraphs.map(({ marker, text, body }) => `${marker}${text}${body}`)
  assert.ok(lines.includes('（一）城区责任区。本月逐校督查。'))
  assert.ok(lines.some((line) => line.startsWith('消防通道问题较集中。（自查2/3所')))
  assert.ok(lines.some((line) => line === '未提交汇总的有：未划入责任区的学校（1所）。原因：正在划分。'))
  assert.ok(lines.includes('1.“消防通道畅通”不符合要求2处。'))
  const chapters = lines.filter((line) => /^[一二三四]、/.test(line))
  assert.deepEqual(chapters, ['一、总体情况', '二、各责任区情况', '三、存在的主要问题', '四、下一步工作要求'])
  assert.equal(letter.masthead, '永川区人民政府教育督导室文件')
})
