import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePlan } from './parse-plan.ts'
import type { ParsedItem } from './parsed-plan.ts'

function markers(text: string): string {
  const list = (items: readonly ParsedItem[]): string =>
    items.map((item) => item.marker + (item.children.length === 0 ? '' : `[${list(item.children)}]`)).join(' ')
  return list(parsePlan(text).items)
}

test('[G5] numbers that continue over sections nest under each section', () => {
  assert.equal(
    markers('一、甲\n1.乙。\n2.丙。\n二、丁\n3.戊。\n三、己\n（四）庚。'),
    '一、[1. 2.] 二、[3.] 三、[（四）]',
  )
})

test('[G5] an unconventional order of numberings nests as the lists run', () => {
  assert.equal(
    markers('1.甲。乙如下。\n（一）丙。\n（二）丁。\n2.戊。\n（一）己。\n3.庚。'),
    '1.[（一） （二）] 2.[（一）] 3.',
  )
  assert.equal(markers('1、甲\n1.乙。\n2.丙。\n2、丁\n1.戊。'), '1、[1. 2.] 2、[1.]')
})

test('[G5] a marker cut by a line’s end is still one, a cut number is none', () => {
  assert.equal(markers('一、甲。\n（\n一）乙。\n（二\n）丙。\n二\n、丁。'), '一、[（一） （二）] 二、')
  assert.equal(markers('一、甲，全年培训\n1.5万人次，经费\n2.3亿元。\n二、乙，于2026年\n3.15前后完成。'), '一、 二、')
})

test('[G5] what only looks like a marker stays text', () => {
  const none = [
    '面向一、二年级和三、四年级开展。',
    '按照第（一）项、第（二）项办理。',
    '统一是关键，唯一是保障，之一是落实。',
    '他说“一是快；二是好”。',
    '（一）',
  ]
  for (const text of none.slice(0, 4)) assert.equal(markers(`前言\n${text}`), '', text)
  assert.equal(markers('一是加强学习。没有下文。'), '')
  assert.equal(markers('一、总则\n依据《条例》\n第三条规定执行。'), '一、')
})

test('[G5] lists in a sentence: after a colon, without a colon, with circles, with 其一', () => {
  assert.equal(markers('一、甲。重点是：1.乙；2.丙。'), '一、[1. 2.]')
  assert.equal(markers('一、甲。要做到一是乙，二是丙，三是丁。'), '一、[一是 二是 三是]')
  assert.equal(markers('一、甲，包括①乙②丙。'), '一、[① ②]')
  assert.equal(markers('一、甲：其一，乙；其二，丙。'), '一、[其一， 其二，]')
  assert.equal(markers('一、甲（含：1.乙；2.丙）。'), '一、')
})

test('[G5] the text before a sentence’s list stays in its parent, what follows goes to the last part', () => {
  const item = parsePlan('一、甲。乙：一是丙；二是丁。戊。').items[0]
  assert.equal(item?.heading, '甲。')
  assert.equal(item?.text, '乙：')
  assert.deepEqual(
    item?.children.map((child) => child.text),
    ['丙；', '丁。戊。'],
  )
})

test('[G5] headings: whole-line titles, opening sentences, labels and wide gaps; a lone sentence is text', () => {
  const parts = (text: string) => parsePlan(text).items.map((item) => [item.heading, item.text])
  assert.deepEqual(parts('一、强化统领\n把领导贯穿全过程。\n二、做好督导工作。'), [
    ['强化统领', '把领导贯穿全过程。'],
    [undefined, '做好督导工作。'],
  ])
  assert.deepEqual(parts('1.强化党建统领。把领导贯穿全过程。'), [['强化党建统领。', '把领导贯穿全过程。']])
  assert.deepEqual(parts('1.强化统领：把党的领导贯穿工作全过程。'), [['强化统领：', '把党的领导贯穿工作全过程。']])
  assert.deepEqual(parts('1.强化统领　　把党的领导贯穿工作全过程。'), [['强化统领', '把党的领导贯穿工作全过程。']])
  assert.deepEqual(parts('1.主要任务是：完成二十所学校的督导。'), [[undefined, '主要任务是：完成二十所学校的督导。']])
})

test('[G4] a statement on its own line behind the last part closes the whole; one in the last part’s line is its own', () => {
  const whole = parsePlan('一、甲\n1．乙。\n2．丙。\n（责任单位：区教委）').items[0]
  assert.deepEqual(whole?.bodies, [{ name: '区教委', role: 'lead' }])
  assert.deepEqual(whole?.children[1]?.bodies, [])
  const part = parsePlan('一、甲\n1．乙。\n2．丙。（责任单位：区教委）').items[0]
  assert.deepEqual(part?.children[1]?.bodies, [{ name: '区教委', role: 'lead' }])
})

test('[G4] an article whose parts have their own bodies shows them in order; an equal first-named body leads', () => {
  const plan = parsePlan(
    '一、甲\n1．乙。（责任单位：区教委、区财政局）\n2．丙。（责任单位：区公安局、区教委）\n3．丁。',
  )
  assert.deepEqual(plan.items[0]?.bodies, [
    { name: '区教委', role: 'lead' },
    { name: '区财政局', role: 'cooperating' },
    { name: '区公安局', role: 'cooperating' },
  ])
  assert.equal(plan.items[0]?.children[1]?.bodies[0]?.name, '区公安局')
  assert.deepEqual(plan.items[0]?.children[2]?.bodies, [])
})
