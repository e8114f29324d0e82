import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import { findChromium, launchChromium, noChromium } from '../../../tools/test/chromium.ts'
import { demandProblem } from './demanded-problem.ts'
import { callerOf, type DemoSite, openDemoSite } from './demo-site.ts'
import {
  assertNoComplaints,
  chinaDay,
  chineseDay,
  choose,
  type DeskPerson,
  dialog,
  fillDay,
  openMenu,
  settled,
  signIn,
} from './desk-person.ts'
import { photograph } from './photograph.ts'
import { recordVisit, visitNote } from './record-visit.ts'
import { wordFile } from './word-file.ts'

const OFFICE = 'qijiang'

describe('acts at the desk, reading nothing but the screen', {
  skip: findChromium() ? false : noChromium,
  concurrency: false,
}, () => {
  let browser: Browser
  let site: DemoSite
  let head: DeskPerson
  let staff: DeskPerson
  const everybody: DeskPerson[] = []
  const enter = async (role: string): Promise<DeskPerson> => {
    const person = await signIn(browser, site, role)
    everybody.push(person)
    return person
  }

  before(async () => {
    const launched = await launchChromium()
    assert.ok(launched)
    browser = launched
    site = await openDemoSite()
    head = await enter('督导室主任')
    staff = await enter('督导室工作人员')
  })
  after(async () => {
    await browser?.close()
    await site?.stop()
  })

  describe('[X5] a problem whose limit has passed', () => {
    let address: string
    let number: string

    test('[X5] 督办 asks for a new limit after today and says so', async () => {
      const { page } = head
      await openMenu(page, '问题台账')
      await choose(page, page.getByRole('combobox', { name: '期限' }), '逾期')
      await page.waitForURL(/lamp=overdue/)
      const line = page
        .getByRole('row')
        .filter({ hasText: '整改中' })
        .filter({ hasText: /逾期 \d+ 个工作日/ })
        .first()
      number = /.-\d{4}-\d{4}/.exec((await line.textContent()) ?? '')?.[0] ?? ''
      assert.notEqual(number, '')
      await line.getByRole('link').first().click()
      await page.waitForURL(/\/problems\/[0-9a-f-]{36}/)
      address = page.url()
      await settled(page)
      await page.getByRole('button', { name: '发督办通知' }).click()
      const form = dialog(page)
      const limit = form.getByLabel('限期整改到')
      const offered = await limit.inputValue()
      assert.match(offered, /^\d{4}年\d{1,2}月\d{1,2}日$/, 'a limit is proposed')
      for (const wrong of [chinaDay(-1), chinaDay()]) {
        await fillDay(limit, wrong)
        await form.getByText(`请选择 ${chineseDay(chinaDay(1))} 或以后的日期`).waitFor()
        await limit.press('Tab')
        assert.equal(await limit.inputValue(), offered, 'the former day stands again')
      }
    })

    test('[X5] 督办通知 is numbered, its limit counts down, timeline and list of notices tell of it', async () => {
      const { page } = staff
      await page.goto(address)
      await settled(page)
      await page.getByRole('button', { name: '发督办通知' }).click()
      const slower = dialog(page)
      await slower.getByLabel('督办要求').fill('工作人员也来督办。')

      const form = dialog(head.page)
      const limit = chinaDay(14)
      await fillDay(form.getByLabel('限期整改到'), limit)
      await form.getByLabel('督办要求').fill('请校长亲自抓，逐项报送整改前后对比照片。')
      await form.getByRole('button', { name: '发督办通知' }).click()
      await told(head.page, '督办通知已发出')
      await head.page.locator('.page-head').getByRole('button', { name: '发督办通知' }).waitFor({ state: 'detached' })
      await head.page
        .getByText(`${chineseDay(limit)}（原定`)
        .first()
        .waitFor()
      await head.page
        .locator('.page-head')
        .getByText(/剩 \d+ 个工作日/)
        .waitFor()
      const timeline = head.page.getByRole('complementary', { name: '办理过程' })
      const urging = timeline.locator('.timeline-entry').filter({ hasText: '督办' }).last()
      await urging.getByText('请校长亲自抓').waitFor()
      const letter = (await urging.locator('.timeline-number').textContent()) ?? ''
      assert.match(letter, /^綦教督办〔\d{4}〕\d+号$/)
      await head.page.getByRole('tab', { name: /决定与通知/ }).click()
      await head.page.getByRole('tabpanel').getByText(letter).waitFor()

      await openMenu(head.page, '督办通知')
      const line = head.page.getByRole('row').filter({ hasText: letter })
      await line.getByText(number).waitFor()
      await line.getByText(chineseDay(limit)).waitFor()
    })

    test('[X5] a second 督办 at once is refused in words, whoever was slower', async () => {
      const { page } = staff
      const form = dialog(page).first()
      await form.getByRole('button', { name: '发督办通知' }).click()
      const clash = dialog(page).filter({ hasText: '这项内容刚刚被其他人修改过' })
      await clash.getByRole('row').filter({ hasText: '督办次数' }).getByText('1（已改）').waitFor()
      await clash.getByRole('button', { name: '在最新内容上提交我的修改' }).click()
      await dialog(page).getByRole('heading', { name: '问题没有逾期' }).waitFor()
      const dated = `今天（${chineseDay(chinaDay())}）还没有逾期，不能发出督办通知`
      await dialog(page).getByText(dated).waitFor()
      const caller = await callerOf(site, `${OFFICE}-office-head`)
      const problem = await caller.get<{ urgings: number }>(`/api/rectification/problems/${idIn(address)}`)
      assert.equal(problem.urgings, 1)
    })

    test('[X5] 批准延期 wants a reason and a later day; the new limit and the reason stand in the timeline', async () => {
      const { page } = head
      await page.goto(address)
      await settled(page)
      await page.getByRole('button', { name: '批准延期' }).click()
      const form = dialog(page)
      await form.getByRole('button', { name: '批准延期' }).click()
      await form.getByRole('alert').getByText('请填写理由').waitFor()
      await form.getByRole('alert').getByText('请填写延期到').waitFor()
      await fillDay(form.getByLabel('延期到'), chinaDay(14))
      await form.getByText(`请选择 ${chineseDay(chinaDay(15))} 或以后的日期`).waitFor()
      await fillDay(form.getByLabel('延期到'), chinaDay(20))
      await form.getByLabel('理由').fill('设备采购需要走程序，学校已书面申请。')
      await form.getByRole('button', { name: '批准延期' }).click()
      await told(page, '已批准延期')
      await page
        .getByText(`${chineseDay(chinaDay(20))}（原定`)
        .first()
        .waitFor()
      const timeline = page.getByRole('complementary', { name: '办理过程' })
      await timeline.locator('.timeline-entry').filter({ hasText: '延期' }).getByText('设备采购需要走程序').waitFor()
      assert.equal(await page.getByRole('button', { name: '提交整改报告' }).count(), 0, 'that is for the school')
      await staff.page.reload()
      await settled(staff.page)
      assert.equal(await staff.page.getByRole('button', { name: '批准延期' }).count(), 0, 'only the director extends')
    })
  })

  describe('[G5] [I1] a plan from a Word file', () => {
    const year = chinaDay().slice(0, 4)
    const title = `綦江区${year}年督导工作安排（演示）`
    const text = [
      title,
      '',
      `为做好${year}年教育督导工作，制定本安排。`,
      '一、聚焦督政',
      `1.开展综合督导。区政府教育督导委员会每年组织一次综合督导，${year}年12月底前完成。（责任单位：区教委、区财政局）`,
      '二、聚焦督学',
      '2.落实挂牌督导。责任督学每月到校不少于1次。（责任单位：区政府教育督导室）',
    ].join('\n')
    let address: string

    test('[G5] a .docx is read as it was printed; what cannot be read is refused in words', async () => {
      const { page } = head
      await openMenu(page, '年度计划')
      await page.getByRole('button', { name: '导入计划' }).first().click()
      const input = page.locator('input[type=file]')
      await input.setInputFiles({ name: '安排.doc', mimeType: 'application/msword', buffer: Buffer.from('old') })
      await page
        .getByRole('alert')
        .getByText(/不是 .docx 或 .txt 文件/)
        .waitFor()
      const written = await wordFile(text)
      await input.setInputFiles({ name: '安排.docx', mimeType: WORD, buffer: written.subarray(0, 2000) })
      await page.getByText('文件无法读取').waitFor()
      await input.setInputFiles({ name: '督导工作安排.docx', mimeType: WORD, buffer: written })
      await page.getByRole('heading', { name: title }).waitFor()
      assert.deepEqual(await page.locator('.reading-row .reading-marker').allTextContents(), [
        '一、',
        '1.',
        '二、',
        '2.',
      ])
      await page.getByRole('button', { name: '导入，下一步校正' }).click()
      await page.waitForURL(/\/plans\/[0-9a-f-]{36}$/)
      address = page.url()
      await settled(page)
      await page.getByText('督导工作安排.docx').waitFor()
      await page.getByRole('button', { name: '采纳计划' }).click()
      await dialog(page).getByRole('button', { name: '采纳计划' }).click()
      await page.getByRole('tab', { name: '任务分解' }).waitFor()
    })

    test('[G5] 登记印发 takes number, day and recipients, none may be missing', async () => {
      const { page } = head
      await page.getByRole('button', { name: '登记印发' }).click()
      const form = dialog(page)
      await form.getByRole('button', { name: '登记印发' }).click()
      for (const missing of ['请填写发文字号', '请填写印发日期', '请填写主送单位']) {
        await form.getByRole('alert').getByText(missing).waitFor()
      }
      await form.getByLabel('发文字号').fill(`綦教督发〔${year}〕8号`)
      await fillDay(form.getByLabel('印发日期'), chinaDay())
      await form.getByLabel('主送单位').fill('各中小学、各幼儿园')
      await form.getByRole('button', { name: '登记印发' }).click()
      await told(page, '印发信息已登记')
      await page.getByText('已印发', { exact: true }).waitFor()
      await page.getByText(`綦教督发〔${year}〕8号`).waitFor()
      await page.getByText('各中小学、各幼儿园').first().waitFor()
      assert.equal(await page.getByRole('button', { name: '登记印发' }).count(), 0)
    })

    test('[I1] 办结计划 is refused while the year’s 综合督导 has not been held', async () => {
      await refuseClosing(head.page, /综合督导任务“.*”还没有完成/)
    })

    test('[G5] a task goes from progress and evidence to 确认完成, and back by 重新打开', async () => {
      const { page } = head
      await page.getByRole('table').getByRole('link', { name: /^1\./ }).click()
      await page.waitForURL(/\/tasks\//)
      await settled(page)
      await page.getByText('未开始').first().waitFor()
      await page.getByRole('button', { name: '填报进展' }).click()
      await dialog(page).getByRole('button', { name: '填报进展' }).click()
      await dialog(page).getByRole('alert').getByText('请填写进展情况').waitFor()
      await dialog(page).getByRole('slider').press('End')
      await dialog(page).getByLabel('进展情况').fill('综合督导已开展，报告已形成。')
      await dialog(page).getByRole('button', { name: '填报进展' }).click()
      await told(page, '进展已填报')
      await page.getByText('进展已到 100%，请督导室确认完成').waitFor()

      await page.getByRole('button', { name: '提交印证材料' }).click()
      await dialog(page).getByRole('button', { name: '提交印证材料' }).click()
      await dialog(page).getByRole('alert').getByText('请选择一个文件').waitFor()
      await dialog(page)
        .locator('input[type=file]')
        .setInputFiles({ name: '督导报告封面.png', mimeType: 'image/png', buffer: photograph(60) })
      await dialog(page).getByRole('button', { name: '移除' }).waitFor()
      await dialog(page).getByRole('button', { name: '提交印证材料' }).click()
      await told(page, '印证材料已提交')
      await page.getByRole('tab', { name: '印证材料（1）' }).waitFor()

      await complete(page)
      await page.getByRole('button', { name: '重新打开' }).click()
      await dialog(page).getByRole('button', { name: '重新打开' }).click()
      await dialog(page).getByRole('alert').getByText('请填写原因').waitFor()
      await dialog(page).getByLabel('原因').fill('报告还缺区财政局的部分。')
      await dialog(page).getByRole('button', { name: '重新打开' }).click()
      await told(page, '任务已重新打开')
      await page.getByText('进行中').first().waitFor()
      const timeline = page.getByRole('complementary', { name: '办理过程' })
      await timeline.getByText('报告还缺区财政局的部分。').waitFor()

      const task = page.url()
      await page.goto(address)
      await settled(page)
      await refuseClosing(page, /综合督导任务“.*”还没有完成/)
      await page.goto(task)
      await settled(page)
      await complete(page)
    })

    test('[I1] with its 综合督导 completed the plan is closed and nothing is left to do on it', async () => {
      const { page } = head
      await page.goto(address)
      await settled(page)
      await page.getByText('已完成 1 / 2').waitFor()
      await page.getByRole('button', { name: '办结计划' }).click()
      await dialog(page).getByText('还有 1 项任务没有完成。').waitFor()
      await dialog(page).getByRole('button', { name: '办结计划' }).click()
      await told(page, '计划已办结')
      await page.getByText('已办结', { exact: true }).waitFor()
      assert.equal(await page.getByRole('button', { name: '办结计划' }).count(), 0)
      await openMenu(page, '年度计划')
      await page.getByRole('row').filter({ hasText: title }).getByText('已办结').waitFor()
    })

    async function refuseClosing(page: Page, why: RegExp): Promise<void> {
      await page.getByRole('button', { name: '办结计划' }).click()
      await dialog(page).getByRole('button', { name: '办结计划' }).click()
      await dialog(page).getByRole('alert').getByText('本年度尚未完成综合督导').waitFor()
      await dialog(page).getByRole('alert').getByText(why).waitFor()
      await dialog(page).getByRole('button', { name: '取消' }).click()
      await dialog(page).waitFor({ state: 'hidden' })
    }

    async function complete(page: Page): Promise<void> {
      await page.getByRole('button', { name: '确认完成' }).click()
      await dialog(page).getByLabel('完成情况').fill('报告已印发，予以确认。')
      await dialog(page).getByRole('button', { name: '确认完成' }).click()
      await told(page, '任务已确认完成')
      await page.getByText('任务已完成', { exact: true }).waitFor()
    }
  })

  describe('[I6] a checklist of the office’s own', () => {
    const title = '开学检查清单（测试）'
    let former: string

    test('[I6] the standing checklist cannot be revised, an own one is drafted and published', async () => {
      const { page } = head
      await openMenu(page, '督查清单')
      await page.locator('main tbody a.row-link').first().click()
      await page.waitForURL(/\/checklists\/[0-9a-f-]{36}/)
      await settled(page)
      assert.equal(await page.getByRole('button', { name: '修订' }).count(), 0)
      await openMenu(page, '督查清单')
      await page.getByRole('button', { name: '起草清单' }).click()
      await page.waitForURL(/\/checklists\/new/)
      await page.getByLabel('名称').fill(title)
      await itemAt(page, 1).getByLabel('条目').fill('开学教材全部到位')
      await page.getByRole('button', { name: '加一条' }).click()
      await itemAt(page, 2).getByLabel('条目').fill('校园周边没有安全隐患')
      await itemAt(page, 2).getByLabel('编号').fill('A01')
      await page.getByRole('button', { name: '保存为草稿' }).click()
      await page
        .getByRole('alert')
        .getByText(/条目编号“A01”出现了不止一次/)
        .first()
        .waitFor()
      await itemAt(page, 2).getByLabel('编号').fill('A02')
      await page.getByRole('button', { name: '保存为草稿' }).click()
      await told(page, '清单已保存，检查后发布')
      await page.waitForURL(/\/checklists\/[0-9a-f-]{36}/)
      await publish(page)
      await page.getByText('第 1 版').waitFor()
    })

    test('[I6] a visit keeps the edition it was scheduled with; the next one has the new edition', async () => {
      const { page } = head
      const checklist = page.url()
      former = await schedule(page)
      await page.getByRole('row').filter({ hasText: '校园周边没有安全隐患' }).waitFor()

      await page.goto(checklist)
      await settled(page)
      await page.getByRole('button', { name: '修订' }).click()
      await itemAt(dialog(page), 2).getByLabel('条目').fill('校园周边隐患已建账销号')
      await dialog(page).getByRole('button', { name: '加一条' }).click()
      await itemAt(dialog(page), 3).getByLabel('条目').fill('开学第一课已开展')
      await dialog(page).getByRole('button', { name: '保存修订稿' }).click()
      await told(page, '修订稿已保存，检查后发布')
      await page.getByRole('tab', { name: '修订稿（3）' }).waitFor()
      await page.getByRole('tab', { name: '现行条目（2）' }).waitFor()
      await publish(page)
      await page.getByText('第 2 版').waitFor()

      await schedule(page)
      await page.getByRole('row').filter({ hasText: '校园周边隐患已建账销号' }).waitFor()
      await page.getByRole('row').filter({ hasText: '开学第一课已开展' }).waitFor()
      await page.goto(former)
      await settled(page)
      await page.getByRole('row').filter({ hasText: '校园周边没有安全隐患' }).waitFor()
      assert.equal(await page.getByText('开学第一课已开展').count(), 0)
    })

    function itemAt(root: Page | Locator, place: number): Locator {
      return root.getByRole('group', { name: `第 ${place} 条` })
    }

    async function publish(page: Page): Promise<void> {
      await page.getByRole('button', { name: '发布清单' }).click()
      await dialog(page).getByRole('button', { name: '发布清单' }).click()
      await told(page, '清单已发布')
      await page.locator('.page-head').getByRole('button', { name: '发布清单' }).waitFor({ state: 'detached' })
    }

    async function schedule(page: Page): Promise<string> {
      const supervisor = await callerOf(site, `${OFFICE}-school-supervisor`)
      const { name } = await supervisor.get<{ name: string }>('/auth/me')
      const { items } = await supervisor.get<{ items: { name: string; kind: string }[] }>('/api/inspections/my-schools')
      const school =
        items.find(({ kind }) => kind === 'school')?.name ?? assert.fail('the supervisor on the card has no schools')
      await openMenu(page, '进校督查')
      await page.getByRole('button', { name: '安排督查' }).first().click()
      await page.waitForURL(/\/visits\/new/)
      await choose(page, page.getByLabel('学校', { exact: true }), school)
      await choose(page, page.getByLabel('督学', { exact: true }), name)
      await choose(page, page.getByLabel('督查清单'), title)
      await page.getByRole('button', { name: '安排督查' }).click()
      await page.waitForURL(/\/visits\/[0-9a-f-]{36}/)
      await settled(page)
      return page.url()
    }
  })

  test('a finding is not taken on without a reason, and the reason stays with the visit', async () => {
    const { school } = await recordVisit(site, OFFICE)
    const { page } = head
    await openMenu(page, '待确认问题')
    const finding = page.locator('.finding-card').filter({ hasText: school }).filter({ hasText: visitNote }).first()
    const record = await finding.getByRole('link', { name: '查看督查记录' }).getAttribute('href')
    await finding.getByRole('button', { name: '不采纳' }).click()
    await dialog(page).getByRole('button', { name: '不采纳' }).click()
    await dialog(page).getByRole('alert').getByText('请填写理由').waitFor()
    await dialog(page).getByLabel('理由').fill('当日保安员外出培训，已核实有人顶岗。')
    await dialog(page).getByRole('button', { name: '不采纳' }).click()
    await told(page, '已记为不采纳')
    await page.goto(`${site.address}${record}`)
    await settled(page)
    await page.getByRole('complementary', { name: '办理过程' }).getByText('已核实有人顶岗').waitFor()
    assert.equal(await page.getByRole('button', { name: '确认为问题' }).count(), 0)
    await page.getByText('不采纳的理由：当日保安员外出培训').waitFor()
    await openMenu(page, '待确认问题')
    await page.locator('.ant-segmented').getByText('不采纳', { exact: true }).click()
    await page.locator('.finding-card').filter({ hasText: school }).filter({ hasText: visitNote }).first().waitFor()
    await page.getByText('不采纳的理由：当日保安员外出培训').waitFor()
  })

  test('[X1] a report is 退回 with a reason, the school reads it and reports again, and that one passes', async () => {
    const problem = await demandProblem(site, OFFICE)
    const address = `${site.address}/problems/${problem.problemId}`
    const principal = await enter('校长/园长')
    await report(principal.page, '已安排专人值守。', 10)

    const verifier = await enter(problem.verifierRole)
    const { page } = verifier
    await page.goto(address)
    await settled(page)
    await page.getByRole('button', { name: '退回重新整改' }).click()
    await dialog(page).getByRole('button', { name: '退回重新整改' }).click()
    await dialog(page).getByRole('alert').getByText('请填写哪里没有整改到位').waitFor()
    await dialog(page).getByLabel('哪里没有整改到位').fill('照片看不出夜间有人在岗，请补拍。')
    await fillDay(dialog(page).getByLabel('新的期限'), chinaDay(28))
    await dialog(page).getByRole('button', { name: '退回重新整改' }).click()
    await told(page, '已退回学校重新整改')

    await principal.page.reload()
    await settled(principal.page)
    await principal.page.getByText('退回整改').first().waitFor()
    await principal.page.getByText('照片看不出夜间有人在岗，请补拍。').first().waitFor()
    await principal.page
      .getByText(new RegExp(chineseDay(chinaDay(28))))
      .first()
      .waitFor()
    await report(principal.page, '已补拍夜间值守照片。', 90)

    await page.reload()
    await settled(page)
    await page.getByRole('tab', { name: '整改报告（2）' }).click()
    const reports = page.locator('.report')
    await reports.nth(0).getByText('已补拍夜间值守照片。').waitFor()
    await reports.nth(1).getByText('退回意见：照片看不出夜间有人在岗，请补拍。').waitFor()
    await page.getByRole('button', { name: '核查通过' }).click()
    await dialog(page).getByLabel('核查情况').fill('夜间到校查看，有人在岗。')
    await dialog(page)
      .locator('input[type=file]')
      .setInputFiles({ name: '夜间现场.png', mimeType: 'image/png', buffer: photograph(120) })
    await dialog(page).getByRole('button', { name: '移除' }).waitFor()
    await dialog(page).getByRole('button', { name: '核查通过' }).click()
    await told(page, '核查已通过，等待批准销号')

    async function report(screen: Page, text: string, shade: number): Promise<void> {
      await screen.goto(address)
      await settled(screen)
      await screen.getByRole('button', { name: '提交整改报告' }).click()
      const form = dialog(screen)
      await form.getByLabel('整改情况').fill(text)
      await form
        .locator('input[type=file]')
        .setInputFiles({ name: `值守${shade}.png`, mimeType: 'image/png', buffer: photograph(shade) })
      await form.getByRole('button', { name: '移除' }).waitFor()
      await form.getByRole('button', { name: '提交整改报告' }).click()
      await told(screen, '整改报告已提交，等待核查')
    }
  })

  test('nobody’s browser complained, and nobody asked another host', () => {
    for (const person of everybody) {
      const expected = person.complaints.filter((text) => !/status of (400|409|412|422)/.test(text))
      assertNoComplaints({ ...person, complaints: expected }, person.page.url())
    }
  })
})

/** Waits for what is said at the top of the page once an act is done. */
async function told(page: Page, words: string): Promise<void> {
  await page.locator('.ant-message-notice').getByText(words).last().waitFor()
}

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

function idIn(address: string): string {
  return /[0-9a-f-]{36}/.exec(address)?.[0] ?? ''
}
