import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { parsePlan } from './parse-plan.ts'
import { type ParsedItem, ParsedPlan } from './parsed-plan.ts'
import { readPlanFile } from './read-plan-file.ts'
import { lostCharacters } from './round-trip.ts'

const folder = new URL('../../../fixtures/plans/', import.meta.url)

function load(name: string): { source: string; plan: ParsedPlan } {
  const source = readPlanFile(readFileSync(new URL(`${name}.txt`, folder)), name)
  assert.ok(typeof source === 'string')
  return { source, plan: parsePlan(source) }
}

/** One line per item: two blanks per level, marker and heading, or the first characters of a text without one. */
function outline(items: readonly ParsedItem[]): string {
  const lines: string[] = []
  const add = (item: ParsedItem) => {
    lines.push('  '.repeat(item.level - 1) + item.marker + (item.heading ?? `~${item.text.slice(0, 8)}`))
    for (const child of item.children) {
      assert.equal(child.level, item.level + 1)
      add(child)
    }
  }
  for (const item of items) add(item)
  return lines.join('\n')
}

function find(items: readonly ParsedItem[], marker: string, start = ''): ParsedItem {
  const all: ParsedItem[] = []
  const collect = (item: ParsedItem) => {
    all.push(item)
    item.children.forEach(collect)
  }
  items.forEach(collect)
  const found = all.find((item) => item.marker === marker && ((item.heading ?? '') + item.text).startsWith(start))
  assert.ok(found, `no item ${marker} ${start}`)
  return found
}

function names(item: ParsedItem): string[] {
  return item.bodies.map((body) => (body.role === 'lead' ? `*${body.name}` : body.name))
}

test('[G5] every fixture keeps the fixed shape and gives back every character', () => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.txt'))
  assert.ok(files.length >= 12)
  for (const file of files) {
    const { source, plan } = load(file.replace('.txt', ''))
    assert.deepEqual(ParsedPlan.parse(plan), plan, file)
    assert.equal(lostCharacters(source, plan), '', file)
  }
})

test('[G5] 一是…二是… inside a paragraph become children, quoted ones and those of the opening do not', () => {
  const { plan } = load('yunlan-sentence-lists')
  assert.equal(
    outline(plan.items),
    `一、坚持政治引领
  1.加强理论武装。
  2.落实“一岗双责”。
二、抓实督政工作
  3.开展履职评价。
    一是~对照市级评价指标
    二是~组织印证资料上传
    三是~迎接实地核查，确
  4.推进优质均衡创建。
    一是~压实责任，逐校建
    二是~补齐短板，年内新
    三是~强化调度：
      （1）~每月召开一次调度
      （2）~每季度通报一次进
      （3）~年底前组织一次第
三、抓实督学工作
  5.规范挂牌督导。
  6.开展专项督导。
  7.用好督导结果。`,
  )
  assert.match(plan.preamble, /一是督政有力；二是督学有效/)
  assert.equal(find(plan.items, '3.').text, '重点做好三件事：')
})

test('[G5] a notice around the plan gives title, number, day and recipients', () => {
  const { plan } = load('yunlan-sentence-lists')
  assert.equal(plan.title, '云岚区2027年教育督导工作要点')
  assert.equal(plan.office, '云岚区')
  assert.equal(plan.documentNumber, '云岚教督办〔2027〕3号')
  assert.equal(plan.issuedOn, '2027-02-26')
  assert.deepEqual(plan.recipients, [
    '各镇人民政府、街道办事处',
    '区教育督导委员会各成员单位',
    '各督导责任区',
    '各中小学（幼儿园）',
  ])
})

test('[G4] a statement behind the last 三是 belongs to the item it closes; its characters stay where they are printed', () => {
  const { plan } = load('yunlan-sentence-lists')
  assert.deepEqual(names(find(plan.items, '3.')), [
    '*区教育局',
    '区财政局',
    '区人力社保局',
    '各镇人民政府',
    '街道办事处',
  ])
  assert.deepEqual(names(find(plan.items, '三是', '迎接')), [])
  assert.match(find(plan.items, '三是', '迎接').text, /（牵头单位：区教育局；.*）$/)
})

test('[G4] 牵头…按职责分工负责 in brackets and 由…牵头，…配合 in a sentence name the bodies', () => {
  const { plan } = load('yunlan-sentence-lists')
  assert.deepEqual(names(find(plan.items, '6.')), ['*区政府教育督导室', '区公安分局', '区市场监管局', '区卫生健康委'])
  assert.deepEqual(names(find(plan.items, '7.')), ['*区委组织部', '区教育局'])
})

test('[G5] two plans in one document: both lists stand on their own levels, a divider bears the second title', () => {
  const { plan } = load('qinghe-two-plans')
  assert.equal(
    outline(plan.items),
    `一、完善督导机制
  （一）健全三级网络。
  （二）严格问题整改。
二、强化队伍建设
  （一）选优配强督学。
  （二）加强业务培训。
~清禾县人民政府教
清禾县2025年幼儿园办园行为督导评估工作计划
一、评估对象
二、评估内容
  1．~办园条件。
  2．~安全卫生。
  3．~保育教育。
三、时间安排`,
  )
  assert.equal(plan.title, '清禾县2025年教育督导工作要点')
  assert.equal(plan.issuedOn, '2025-03-06')
  assert.equal(plan.trailing, '清禾县人民政府教育督导室\n2025年3月10日')
  assert.deepEqual(find(plan.items, '（一）', '选优').quantities, [{ text: '20位', value: 20, unit: '位' }])
})

test('[G5] bookmarks vanish, page numbers stay and break no sentence, traditional and full-width forms are read', () => {
  const { plan } = load('wangchuan-word-residue')
  assert.equal(
    outline(plan.items),
    `一、突出重點，扎實開展專項督導
  1．開學專項督導。
  2．“雙減”專項督導。
二、夯實基礎，加強督學隊伍建設
  １．開展全員培訓。
  ２．完善考核辦法。
三﹑強化保障`,
  )
  assert.doesNotMatch(JSON.stringify(plan), /bookmark|MERGEFORMAT/)
  assert.match(find(plan.items, '1．').text, /立行 — 1 — 立改/)
  assert.deepEqual(names(find(plan.items, '1．')), ['*區政府教育督導室', '區教委', '各鎮街'])
  assert.deepEqual(names(find(plan.items, '2．')), ['*區教委', '區市場監管局', '區文化旅遊委'])
  assert.deepEqual(find(plan.items, '１．').quantities.at(-1), {
    text: '不低於98%',
    value: 98,
    unit: '%',
    comparator: '>=',
  })
})

test('[G5] placeholders give no date, and numbers at line starts that are no markers stay in their item', () => {
  const { plan } = load('songping-placeholders')
  assert.equal(
    outline(plan.items),
    `一、做好履职评价自查
  1坚持高位推动。
  2坚持问题导向。
  3坚持全面覆盖。
二、加强督学队伍建设
  1优化结构。
  2强化培训。
三、严肃责任追究`,
  )
  assert.equal(plan.title, '松坪县202_年教育督导工作要点')
  assert.equal(plan.issuedOn, undefined)
  assert.equal(plan.documentNumber, undefined)
  assert.deepEqual(find(plan.items, '1', '优化').dates, [])
  assert.deepEqual(find(plan.items, '3').dates, [])
  assert.deepEqual(find(plan.items, '3').quantities, [{ text: '不低于30%', value: 30, unit: '%', comparator: '>=' }])
})

test('[G5] chapters, articles, 1） and ① nest; references to articles are no markers', () => {
  const { plan } = load('lanting-articles')
  assert.equal(
    outline(plan.items),
    `第一章总则
  第一条~为规范挂牌督导工
  第二条~本办法适用于全区
第二章督学管理
  第三条~责任督学应当具备
    （一）~热爱教育督导事业
    （二）~具有大学本科以上
      1）~从事教育管理工作
      2）~从事教育教学研究
    （三）~身体健康，年龄一
  第四条~责任督学履行下列
    ①~对学校依法办学情
    ②~每月不少于1次进
    ③~受理群众举报。
第三章附则
  第五条~本办法由区政府教`,
  )
  assert.match(plan.trailing, /^兰汀区人民政府教育督导委员会\n2026年8月15日/)
})

test('[G4] rows of a 任务分工 table are items with the bodies of their columns', () => {
  const { plan } = load('tongyuan-task-table')
  assert.equal(
    outline(plan.items),
    `一、总体要求
二、任务分工
  1~开展对县（区）政
  2~推进学前教育普及
  3~开展责任督学能力
三、工作要求
  （一）加强组织领导。
  （二）严格督查通报。`,
  )
  assert.deepEqual(names(find(plan.items, '2')), ['*市政府教育督导室', '市教育局', '各县（区）人民政府'])
  assert.deepEqual(find(plan.items, '1').dates, [{ text: '2027年6月底前', from: '2027-06-01', to: '2027-06-30' }])
  assert.equal(plan.issuedOn, '2027-03-09')
})

test('[G5] a plan in traditional characters with statements on their own lines', () => {
  const { plan } = load('haitang-traditional')
  assert.equal(
    outline(plan.items),
    `壹、指導思想
貳、重點任務
  （一）開展綜合督導。
  （二）加強督學培訓。
  （三）強化結果運用。
叁、保障措施
  （一）~提高認識。
  （二）~落實經費。`,
  )
  assert.equal(plan.title, '海棠區2026年教育督導工作計劃')
  assert.equal(plan.office, '海棠區')
  assert.equal(plan.documentNumber, '海棠府教督〔2026〕5號')
  assert.deepEqual(names(find(plan.items, '（二）')), ['*區教育委員會', '區財政局', '區人力社保局'])
})

test('[G5] a document without numbering is all preamble', () => {
  const { plan, source } = load('xiye-no-items')
  assert.deepEqual(plan.items, [])
  assert.equal(plan.trailing, '')
  assert.equal(plan.preamble, source.trim())
  assert.equal(plan.title, '溪野县教育督导工作情况说明')
})

test('[I1] a list that begins inside the notice is found, the list of attachments is not', () => {
  const { plan } = load('mingquan-list-in-notice')
  assert.equal(
    outline(plan.items),
    `一、督导时间。
二、督导内容。
  （一）~开学准备；
  （二）~教学秩序；
  （三）~校园安全，包括：
    1.~校舍安全；
    2.~食品安全；
    3.~交通安全。
三、督导方式。
四、工作要求。`,
  )
  assert.match(plan.trailing, /^附件：1．开学专项督导记录表\n2．/)
  assert.deepEqual(plan.recipients, ['各责任督学', '各中小学、幼儿园、中职学校'])
  assert.deepEqual(find(plan.items, '一、').dates, [
    { text: '2026年8月28日至9月10日', from: '2026-08-28', to: '2026-09-10' },
  ])
})

test('[G5] skipped, doubled and restarting numbers, letters, 一要 and dashes are all items', () => {
  const { plan } = load('ruoshui-uneven-numbers')
  assert.equal(
    outline(plan.items),
    `一、重点工作
  1、~开展综合督导
  2、开展专项督导
    (1)~安全专项督导；
    (2)~师德专项督导；
    (4)~教育收费专项督导
  2、~加强督学管理
  5、~做好信息报送
二、常规工作
  1、坚持随访督导
  2、坚持例会制度
四、工作要求
  1.加强领导
    a.~成立专班；
    b.~明确责任；
    c.~按期报告。
  2.注重实效
    一要~深入一线；
    二要~发现真问题；
    三要~推动真整改。
  3.严守纪律
    ——~不得增加学校负担
    ——~不得接受宴请。
    ——~不得泄露工作秘密`,
  )
})

test('[G5] a hard-wrapped scan: principles inside a paragraph, statements over broken lines, closing words', () => {
  const { plan } = load('dongli-hard-wrapped')
  assert.equal(
    outline(plan.items),
    `一、总体目标
  （一）~依法依规，客观公
  （二）~分级分类，统一实
  （三）~公开透明，强化警
二、主要任务
  1．建立问题台账。
  2．落实整改期限。
  3．开展“回头看”。`,
  )
  assert.equal(plan.title, '东篱区深化教育督导问责工作实施方案')
  assert.deepEqual(names(find(plan.items, '1．')), [
    '*区政府教育督导室',
    '区教委',
    '各镇（街道）党（工）委、政府（办事处）',
  ])
  assert.deepEqual(names(find(plan.items, '2．')), ['*区教委'])
  assert.deepEqual(names(find(plan.items, '3．')), ['*区政府教育督导委员会成员单位', '各镇街'])
  assert.deepEqual(
    find(plan.items, '2．').quantities.map((quantity) => [quantity.text, quantity.value]),
    [
      ['不超过30日', 30],
      ['不超过90日', 90],
      ['不超过15个工作日', 15],
    ],
  )
  assert.match(plan.trailing, /^全区各级各部门要提高认识/)
  assert.equal(plan.issuedOn, '2026-11-03')
})

test('[G5] a summary with next year’s priorities: titles without full stops, 第一，第二， as children', () => {
  const { plan } = load('jinhe-summary-and-priorities')
  assert.equal(
    outline(plan.items),
    `一、2026年工作总结
  （一）督政工作成效明显
  （二）督学工作扎实有效
    1.加强队伍建设。
    2.规范办学行为。
二、2027年工作重点
  （一）强化整改，实行问题销号管理
    一是~分区、分单位列出
    二是~挂图作战，逐项销
    三是~复查回访，巩固成
  （二）聚焦重点，开展专项督导
    第一，~制定工作方案，3
    第二，~发出提示函，约谈
    第三，~召开专题会议，通
  （三）健全制度，力争5个区率先通过评估认定`,
  )
  assert.equal(find(plan.items, '（二）', '聚焦').text, '首先抓教师工资保障，其次抓规范招生。')
})

test('[G5] a table of contents is preamble, 2.1 nests under （二）, an annexed list follows a divider', () => {
  const { plan } = load('zhuxi-contents')
  assert.equal(
    outline(plan.items),
    `一、工作目标
二、主要举措
  （一）建机制
  （二）强队伍
    2.1选聘督学
    2.2培训督学
三、组织保障
附件1 竹溪岭区教育督导重点项目清单
一、平台建设项目。
二、队伍建设项目。`,
  )
  assert.match(plan.preamble, /三、组织保障……………………5$/)
  assert.equal(find(plan.items, '（一）').text, '1.1.1版督导平台年内上线。')
})
