import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { parsePlan } from './parse-plan.ts'
import { ParsedPlan } from './parsed-plan.ts'
import { readPlanFile } from './read-plan-file.ts'
import { lostCharacters } from './round-trip.ts'

const samples = process.env.DULIAN_SAMPLES
const skip =
  samples === undefined || samples === ''
    ? 'SKIPPED: set DULIAN_SAMPLES to the folder of published plans; without it no real plan is checked'
    : false

function load(name: string): { source: string; plan: ParsedPlan } {
  const source = readPlanFile(readFileSync(join(samples ?? '', name)), name)
  assert.ok(typeof source === 'string')
  return { source, plan: parsePlan(source) }
}

const qijiang = 'plan-qijiang-2026.txt'
const dadukou = 'reform-dadukou-2021.txt'

test('[G5] both published plans keep the fixed shape and give back every character', { skip }, () => {
  for (const name of [qijiang, dadukou]) {
    const { source, plan } = load(name)
    assert.deepEqual(ParsedPlan.parse(plan), plan)
    assert.equal(lostCharacters(source, plan), '')
  }
})

test('[G5] the 綦江 plan has four sections with 3, 6, 3 and 3 items', { skip }, () => {
  const { plan } = load(qijiang)
  assert.equal(plan.title.replaceAll(' ', ''), '綦江区2026年教育督导工作要点')
  assert.equal(plan.office, '綦江区')
  assert.deepEqual(
    plan.items.map((item) => item.marker),
    ['一、', '二、', '三、', '四、'],
  )
  assert.deepEqual(
    plan.items.map((item) => item.children.length),
    [3, 6, 3, 3],
  )
  assert.equal(plan.items[0]?.heading, '聚焦体制创新，加强党对教育督导工作的领导')
  assert.deepEqual(
    plan.items[1]?.children.map((item) => item.heading),
    [
      '加快推进义务教育优质均衡发展督导评估。',
      '加速推进学前教育普及普惠督导评估。',
      '抓实义务教育质量监测。',
      '深化普通高中学校办学质量评价。',
      '实施特殊教育办学质量评价。',
      '做好专项督导。',
    ],
  )
  assert.ok(plan.items.flatMap((item) => item.children).every((item) => item.level === 2 && item.text.endsWith('。')))
  assert.equal(plan.trailing, '')
})

test('[G5] sentences the 綦江 file breaks over pages are joined again', { skip }, () => {
  const { plan } = load(qijiang)
  assert.match(plan.items[0]?.children[1]?.text ?? '', /鲜明导向。坚持“群众满意/)
  assert.match(plan.items[1]?.children[5]?.text ?? '', /全覆盖开展自查自纠/)
  assert.match(plan.items[3]?.children[2]?.text ?? '', /“四个100%”/)
})

test('[G5] dates and quantities of the 綦江 plan are proposed', { skip }, () => {
  const { plan } = load(qijiang)
  const [, second, , fourth] = plan.items
  assert.deepEqual(second?.children[2]?.dates[1], { text: '2026年5月20--21日', from: '2026-05-20', to: '2026-05-21' })
  assert.deepEqual(second?.children[1]?.dates, [
    { text: '上半年', from: '2026-01-01', to: '2026-06-30' },
    { text: '本年度内', from: '2026-01-01', to: '2026-12-31' },
  ])
  assert.deepEqual(second?.children[5]?.quantities, [{ text: '全覆盖', value: 100, unit: '%' }])
  assert.deepEqual(fourth?.children[2]?.quantities.slice(0, 2), [
    { text: '全覆盖', value: 100, unit: '%' },
    { text: '每月', value: 1, unit: '次/月' },
  ])
})

test('[G5] the 大渡口 notice gives number, day, recipients and the title of the plan inside', { skip }, () => {
  const { plan } = load(dadukou)
  assert.equal(plan.title, '大渡口区深化新时代教育督导体制机制改革的实施方案')
  assert.equal(plan.office, '大渡口区')
  assert.equal(plan.documentNumber, '大渡口委办发〔2021〕10号')
  assert.equal(plan.issuedOn, '2021-09-28')
  assert.deepEqual(plan.recipients, [
    '各镇党委和人民政府',
    '各街道党工委和办事处',
    '区委各部委',
    '区级各部门',
    '各人民团体',
    '区属国有企业',
  ])
  assert.match(plan.trailing, /^区级有关部门和单位要充分认识/)
  assert.match(plan.trailing, /印发$/)
})

test('[G4] all nineteen articles of 大渡口 have their bodies, and each has one lead', { skip }, () => {
  const { plan } = load(dadukou)
  assert.deepEqual(
    plan.items.map((item) => item.heading),
    ['优化管理体制', '完善运行机制', '健全问责机制', '规范督学聘用和管理机制', '落实督导保障机制'],
  )
  const articles = plan.items.flatMap((item) => item.children)
  const printed = articles.map((article) => article.bodies.map((body) => body.name).join('、'))
  const room = '区政府教育督导室'
  const members = '区政府教育督导委员会成员单位'
  const committee = '区政府教育督导委员会'
  assert.deepEqual(printed, [
    `${committee}、区委组织部、区委编办、区教委、${room}`,
    `${members}、${room}、各镇（街道）党（工）委、政府（办事处）`,
    `${members}、${room}`,
    `${members}、${room}`,
    `区教委、${room}`,
    `区委编办、区教委、${room}`,
    `区教委、${room}`,
    `区教委、${committee}`,
    `区教委、${committee}`,
    `区教委、${room}`,
    `区委组织部、区财政局、区人力社保局、区教委、${room}`,
    `区教委、${room}`,
    `区教委、${room}`,
    `${members}、${room}`,
    `区委组织部、区人力社保局、区教委、${room}`,
    `区教委、${room}`,
    `区教委、${room}`,
    `区教委、区发展改革委、区财政局、区人力社保局、${room}`,
    `区教委、${room}`,
  ])
  for (const article of articles) {
    assert.deepEqual(
      article.bodies.map((body) => body.role),
      ['lead', ...article.bodies.slice(1).map(() => 'cooperating')],
    )
  }
  assert.deepEqual(
    articles[0]?.children.map((child) => child.bodies.length),
    [5, 4],
  )
  assert.equal(articles[0]?.children[1]?.bodies[0]?.name, '区委组织部')
})

test('[G5] 每年组织一次, 1∶5 and 三年 of 大渡口 are quantities', { skip }, () => {
  const articles = load(dadukou).plan.items.flatMap((item) => item.children)
  assert.deepEqual(articles[1]?.quantities, [{ text: '每年组织一次', value: 1, unit: '次/年' }])
  assert.deepEqual(articles[14]?.quantities, [
    { text: '三年', value: 3, unit: '年' },
    { text: '1∶5', value: 0.2, unit: '比例' },
    { text: '1∶1', value: 1, unit: '比例' },
  ])
})
