import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePlan } from './parse-plan.ts'

const title = (opening: string) => parsePlan(`${opening}\n一、甲。\n二、乙。`).title

test('[G5] titles of one and several lines, with a period or a draft mark below', () => {
  assert.equal(title('云岭区2026年教育督导工作要点\n为做好工作，制定本要点。'), '云岭区2026年教育督导工作要点')
  assert.equal(title('云岭区深化教育督导\n体制机制改革实施方案'), '云岭区深化教育督导体制机制改革实施方案')
  assert.equal(title('云岭区教育督导规划\n（2026—2030年）'), '云岭区教育督导规划（2026—2030年）')
  assert.equal(title('云岭区教育督导委员会\n2026年工作要点'), '云岭区教育督导委员会2026年工作要点')
  assert.equal(title('云岭区教育局\n关于做好2026年教育督导工作的通知'), '关于做好2026年教育督导工作的通知')
})

test('[G5] the plan’s own title is taken, not that of the notice around it, and no sentence is one', () => {
  const notice =
    '云岭区教育局关于印发《2026年教育督导工作要点》的通知\n各学校：\n现印发给你们。\n\n2026年教育督导工作要点'
  assert.equal(title(notice), '2026年教育督导工作要点')
  assert.equal(title('今年以来，全区认真落实教育督导工作要点。'), '')
})

test('[G5] the office is the district of the title, else of an issuing body', () => {
  const office = (opening: string) => parsePlan(`${opening}\n一、甲。\n二、乙。`).office
  assert.equal(office('重庆市云岭区2026年教育督导工作要点'), '云岭区')
  assert.equal(office('锦禾市2026年教育督导工作要点'), '锦禾市')
  assert.equal(office('云岭区人民政府教育督导室\n2026年全区教育督导工作安排意见'), '云岭区')
  assert.equal(office('2026年全区教育督导工作要点'), undefined)
})
