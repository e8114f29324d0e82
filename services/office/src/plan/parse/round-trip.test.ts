import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parsePlan } from './parse-plan.ts'
import type { ParsedItem, ParsedPlan } from './parsed-plan.ts'
import { lostCharacters, reconstruct } from './round-trip.ts'

const folder = new URL('../../../fixtures/plans/', import.meta.url)
const fixtures = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .map((name) => ({ name, source: readFileSync(new URL(name, folder), 'utf8') }))

function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

function pick<T>(random: () => number, options: readonly T[]): T {
  return options[Math.floor(random() * options.length)] as T
}

function markers(plan: ParsedPlan): string {
  const found: string[] = []
  const add = (item: ParsedItem) => {
    if (item.marker !== '') found.push(item.level + item.marker)
    item.children.forEach(add)
  }
  plan.items.forEach(add)
  return found.join(' ')
}

// Tables, contents, page numbers, short lines and lists of attachments are told by their lines: these stay whole.
const kept = /\t|……|^\s*— \d+ —|bookmark|MERGEFORMAT|附件|^\f/

function broken(source: string, seed: number): string {
  const random = randomFrom(seed)
  const width = pick(random, [0, 0, 19, 28, 41])
  const lines = source.split(/\r?\n/).map((line) => {
    if (kept.test(line) || line.length <= 12) return line
    let text = ''
    let column = 0
    for (const char of line) {
      text += char
      column++
      if (width > 0 && column === width) {
        text += '\n\n'
        column = 0
      } else if (width === 0 && random() < 0.02) {
        text += pick(random, ['\n', '\n\n', '\n \n', '\r\n', '\u2028'])
      } else if (width === 0 && random() < 0.01) text += pick(random, [' ', '\u3000', '\u00a0'])
    }
    return text + pick(random, ['', '  '])
  })
  return lines.join(pick(random, ['\n', '\n\n', '\r\n']))
}

test('[G5] however lines are broken anew and blanks inserted, nothing is lost and every item is found again', () => {
  for (const { name, source } of fixtures) {
    const wanted = markers(parsePlan(source))
    for (let seed = 1; seed <= 60; seed++) {
      const text = broken(source, seed * 7919)
      const plan = parsePlan(text)
      assert.equal(lostCharacters(text, plan), '', `${name}, seed ${seed}`)
      assert.equal(markers(plan), wanted, `${name}, seed ${seed}`)
    }
  }
})

const fragments = [
  '一、',
  '二、',
  '（一）',
  '（二）',
  '1.',
  '2．',
  '1、',
  '(1)',
  '1)',
  '①',
  '②',
  '一是',
  '二是',
  '一要',
  '其一，',
  '第一条',
  '第一章',
  '第一，',
  '——',
  '●',
  'a.',
  '1.1',
  '1.2',
  '责任单位：',
  '牵头单位：',
  '（',
  '）',
  '﹝',
  '﹞',
  '“',
  '”',
  '"',
  '《',
  '》',
  '。',
  '；',
  '：',
  '，',
  '、',
  '\n',
  '\n\n',
  '\r\n',
  '\f',
  '\t',
  '\v',
  '\u3000',
  ' ',
  '\u200b',
  '\ufeff',
  '\u00a0',
  '[bookmark: x]',
  '[bookmark: ',
  '— 3 —',
  '2026年',
  '5月20日',
  '--21日',
  '202_年',
  'xx月',
  '每月',
  '一次',
  '不低于30%',
  '1∶5',
  '区教委',
  '等',
  '由',
  '牵头',
  '配合',
  '附件：',
  '附件1',
  '云岭区2026年工作要点',
  '印发',
  '目录',
  '……3',
  '序号\t任务\t牵头单位\n',
  '\ud83d',
  '\ude00',
  '😀',
  'a',
  '全覆盖',
  '\0',
  '\u0013',
  '特此',
  '各镇（街道）党（工）委、政府（办事处）',
]

test('[G5] no text at all makes the parser throw or lose a character', () => {
  const random = randomFrom(20260520)
  for (let round = 0; round < 3000; round++) {
    let text = ''
    for (let length = Math.floor(random() * 60); length > 0; length--) text += pick(random, fragments)
    assert.equal(lostCharacters(text, parsePlan(text)), '', JSON.stringify(text))
  }
})

test('[G5] hostile repetitions are read to their end', () => {
  const hostile = [
    '（'.repeat(100_000),
    '（）'.repeat(100_000),
    '）\n'.repeat(50_000),
    '一、\n'.repeat(50_000),
    '1.\n1、\n'.repeat(25_000),
    '：一是甲；二是乙。'.repeat(10_000),
    '责任单位：甲、'.repeat(20_000),
    '由甲局牵头，乙局配合。'.repeat(10_000),
    '“'.repeat(100_000),
    '[bookmark: '.repeat(50_000),
    '云岭区2026年教育工作要点\n'.repeat(10_000),
    '十'.repeat(100_000),
    '1.1.1.1 '.repeat(30_000),
  ]
  for (const text of hostile) assert.equal(lostCharacters(text, parsePlan(text)), '', text.slice(0, 12))
})

test('[G5] a lost or an added character is told', () => {
  const source = '一、加强督导。\n二、落实整改。'
  const plan = parsePlan(source)
  assert.equal(reconstruct(plan).replaceAll('\n', ''), source.replaceAll('\n', ''))
  const [first, second] = plan.items
  assert.ok(first !== undefined && second !== undefined)
  assert.equal(lostCharacters(source, { ...plan, items: [{ ...first, text: '加强导。' }, second] }), '督')
  assert.equal(lostCharacters(source, { ...plan, items: [second, first] }) === '', false)
  assert.equal(lostCharacters(source, { ...plan, trailing: '附件' }), '+附件')
})
