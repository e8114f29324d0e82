import assert from 'node:assert/strict'
import { test } from 'node:test'
import { resolveBodies } from './body-names.ts'
import { Enclosures } from './enclosures.ts'
import { Reading } from './reading.ts'
import { findStatements } from './statements.ts'

function bodies(text: string): string {
  const reading = new Reading(text)
  const found = findStatements(reading, new Enclosures(reading.text), 0, reading.text.length)
  return resolveBodies(found.flatMap((statement) => statement.bodies))
    .map((body) => (body.role === 'lead' ? `*${body.name}` : body.name))
    .join(' ')
}

const cases: readonly (readonly [string, string])[] = [
  ['……。（责任单位：区教委、区财政局）', '*区教委 区财政局'],
  ['……。（责任部门： 区委组\n\n织部、区教委）', '*区委组织部 区教委'],
  [
    '﹝责任单位：区政府教育督导室，各镇（街道）党（工）委、政府（办事处）﹞',
    '*区政府教育督导室 各镇（街道）党（工）委、政府（办事处）',
  ],
  ['（牵头单位：区教委；配合单位：区财政局、各镇街；完成时限：6月）', '*区教委 区财政局 各镇街'],
  ['（区教委牵头，区财政局、区公安分局配合）', '*区教委 区财政局 区公安分局'],
  ['（区教委、区财政局牵头，各镇街按职责分工负责）', '*区教委 *区财政局 各镇街'],
  ['责任单位：区教委等部门。此后另有安排。', '*区教委'],
  ['牵头单位：区教委\n配合单位：区财政局\n　　其他要求另行通知。', '*区教委 区财政局'],
  ['责任单位：区教委（牵头）、区财政局、区公安分局', '*区教委 区财政局 区公安分局'],
  ['责任单位：区教委和各镇街', '*区教委 各镇街'],
  ['责任单位：区委、区政府', '*区委 区政府'],
  ['责任单位：区教育局 区财政局', '*区教育局 区财政局'],
  ['由区委组织部牵头，区教育局配合，将结果纳入考核。', '*区委组织部 区教育局'],
  ['（责任单位：区教委〕', '*区教委'],
  ['牵头组织好全市统一开展的监测，主动配合做好落实。（含民办学校，下同）', ''],
  ['进一步压实责任单位的责任，各责任单位要落实。', ''],
]

test('[G4] responsible bodies come out clean, with lead and cooperating as the plan says', () => {
  for (const [text, wanted] of cases) assert.equal(bodies(text), wanted, text)
})
