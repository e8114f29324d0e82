import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ruleAt } from './dated-rule.ts'
import { standingChecklistAt } from './standing-checklist.ts'
import { visitFrequencyAt } from './visit-frequency.ts'

test('the version of a rule is the one of its day', () => {
  const rule = (version: number, effectiveFrom: string) =>
    ({ id: 'r', version, effectiveFrom, source: 's', confidence: 'high', value: version }) as const
  const versions = [rule(1, '2017-01-01'), rule(2, '2022-01-01')] as const
  assert.deepEqual(
    ['2016-12-31', '2017-01-01', '2021-12-31', '2022-01-01'].map((day) => ruleAt([...versions], day).version),
    [1, 1, 1, 2],
  )
})

test('[I7] every school is to be visited at least once a month', () => {
  const rule = visitFrequencyAt('2026-11-22')
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
