import assert from 'node:assert/strict'
import { test } from 'node:test'
import { findQuantities } from './quantities.ts'
import { Reading } from './reading.ts'

function quantities(text: string): string[] {
  const reading = new Reading(text)
  return findQuantities(reading, 0, reading.text.length).map(
    (found) => `${found.text} ${found.comparator ?? ''}${found.value}${found.unit ?? ''}`,
  )
}

const cases: readonly (readonly [string, ...string[]])[] = [
  ['每年组织一次综合督导', '每年组织一次 1次/年'],
  ['每年一次', '每年一次 1次/年'],
  ['每学期至少开展2次', '每学期至少开展2次 >=2次/学期'],
  ['一年两次', '一年两次 2次/年'],
  ['每月进校园摸排', '每月 1次/月'],
  ['全覆盖开展', '全覆盖 100%'],
  ['完成对20 位校长', '20 位 20位'],
  ['抽查比例不低于30%', '不低于30% >=30%'],
  ['优秀不超过百分之二十', '不超过百分之二十 <=20%'],
  ['按1∶5配备，部分按1：1配备', '1∶5 0.2比例', '1：1 1比例'],
  ['19个成员单位', '19个 19个'],
  ['培训300人次以上', '300人次以上 >=300人次'],
  ['投入1.5万元', '1.5万元 15000元'],
  ['任期三年', '三年 3年'],
  ['30日内报告，不超过15个工作日', '30日 30日', '不超过15个工作日 <=15个工作日'],
  ['配备3至5名', '3至5名 >=3名'],
  ['至少一次', '至少一次 >=1次'],
  ['超过2000人', '超过2000人 >2000人'],
]

test('[G5] frequencies, shares, ratios, counts and limits are read with unit and comparator', () => {
  for (const [text, ...wanted] of cases) assert.deepEqual(quantities(text), wanted, text)
})

test('[G5] years, days, document numbers, ordinals, named terms and clock times are no quantities', () => {
  const none =
    '2026年5月20日，〔2021〕10号，第3条，第十四次，“十五五”时期，“两个创建”，二十届三中全会，一支队伍，八年级，8:30，x项，xx所，九年一贯制'
  assert.deepEqual(quantities(none), [])
})
