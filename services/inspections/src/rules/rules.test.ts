import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ruleAt } from '@dulian/dated-rules'
import { bulletinNumber, issuingOfficeAt } from './document-codes.ts'
import { selfCheckTerm, supervisionLevels } from './routine-supervision.ts'
import { standingChecklistAt } from './standing-checklist.ts'
import { visitFrequency } from './visit-frequency.ts'

test('[I7] every school is to be visited at least once a month', () => {
  const rule = ruleAt(visitFrequency, '2026-11-22')
  assert.equal(rule.value.perMonth, 1)
  assert.equal(rule.confidence, 'high')
})

test('[I8] the standing list asks for safety, health, 思政课, “阴阳课表”, each of the “四个100%” and “双减”', () => {
  const { items } = standingChecklistAt('qijiang', '2026-11-22')
  const all = items.map(({ title, prompt }) => `${title}${prompt}`).join('\n')
  for (const topic of ['消防', '心理健康', '思政课', '阴阳课表', '双减']) assert.ok(all.includes(topic), topic)
  assert.equal(items.filter(({ prompt }) => prompt?.includes('四个100%')).length, 4)
  assert.equal(new Set(items.map(({ code }) => code)).size, items.length)
})

test('[I6] each district has its own topics beside the common ones', () => {
  const titles = (office: string) => standingChecklistAt(office, '2026-11-22').items.map(({ title }) => title)
  const [chengkou, dadukou] = [titles('chengkou'), titles('dadukou')]
  assert.ok(dadukou.includes('教育收费规范并公示') && !chengkou.includes('教育收费规范并公示'))
  assert.ok(chengkou.some((title) => title.includes('党建')))
  const ids = ['yongchuan', 'qijiang'].map((office) => standingChecklistAt(office, '2026-11-22').checklistId)
  assert.notEqual(ids[0], ids[1])
})

test('[I5] the day a self-check is due is a default, labelled as one; the bulletin’s number is the office’s', () => {
  const term = ruleAt(selfCheckTerm, '2026-11-22')
  assert.deepEqual([term.value.dueDay, term.confidence], [25, 'medium'])
  assert.equal(bulletinNumber('yongchuan', '2026-11-22', 3), '永教督通〔2026〕3号')
  assert.equal(issuingOfficeAt('chengkou', '2026-11-22').name, '城口县人民政府教育督导室')
})

test('[I9] county, zone and school each have their duties, with the source', () => {
  const rule = ruleAt(supervisionLevels, '2026-11-22')
  assert.deepEqual(
    rule.value.levels.map(({ level, duties }) => [level, duties.length]),
    [
      ['county', 3],
      ['zone', 3],
      ['school', 3],
    ],
  )
  assert.match(rule.source, /三级督导网络/)
})
