import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ruleAt } from '@dulian/dated-rules'
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
