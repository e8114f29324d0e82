import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { findChromium, launchChromium, noChromium } from '../../../tools/test/chromium.ts'
import { type DemoSite, openDemoSite } from './demo-site.ts'
import {
  assertNoComplaints,
  choose,
  type DeskPerson,
  dialog,
  leadElsewhere,
  openMenu,
  settled,
  signIn,
} from './desk-person.ts'
import { FieldPerson } from './field-person.ts'
import { photograph } from './photograph.ts'

describe('what follows a cancellation, and what is taken out on paper', {
  skip: findChromium() ? false : noChromium,
  concurrency: false,
}, () => {
  let browser: Browser
  let site: DemoSite
  let head: DeskPerson
  let staff: DeskPerson

  before(async () => {
    const launched = await launchChromium()
    assert.ok(launched)
    browser = launched
    site = await openDemoSite()
    head = await signIn(browser, site, '督导室主任')
    staff = await signIn(browser, site, '督导室工作人员')
  })
  after(async () => {
    await browser?.close()
    await site?.stop()
  })

  test('[X7] a re-check that finds the problem back reopens it with its history, 反弹, and a graver degree', async () => {
    const { page } = head
    await openMenu(page, '回头看')
    const line = page
      .getByRole('row')
      .filter({ hasText: /未到时间|应开展|已逾期/ })
      .filter({ hasText: '一般' })
    await leadElsewhere(page, () => line.getByRole('link').first().click())
    await page.locator('.page-head').getByText('成效未确认').waitFor()
    const before = await page.locator('.timeline-entry').count()
    await page.getByRole('button', { name: /登记回头看|登记反弹/ }).click()
    const form = dialog(page)
    await form.getByText('问题反弹', { exact: true }).click()
    await form.getByRole('button', { name: /登记回头看|登记反弹/ }).click()
    await form.getByRole('alert').getByText('请填写复查情况').waitFor()
    await form.getByRole('alert').getByText('请至少上传一份复查照片或材料').waitFor()
    await form.getByLabel('复查情况').fill('今天复查，同样的问题又出现了。')
    await form
      .locator('input[type=file]')
      .setInputFiles({ name: '复查.png', mimeType: 'image/png', buffer: photograph(77) })
    await form.getByRole('button', { name: '移除' }).waitFor()
    await form.getByRole('button', { name: /登记回头看|登记反弹/ }).click()
    await told(page, '回头看结果已登记')
    await page.locator('.page-head').getByText('反弹 1 次').waitFor()
    await page.locator('.page-head').getByText('问题反弹，重新下达整改决定').waitFor()
    await page.locator('.facts').getByText('较重').first().waitFor()
    const timeline = page.locator('.timeline-entry')
    await timeline.filter({ hasText: '问题反弹，重新立案' }).getByText('同样的问题又出现了').waitFor()
    assert.ok((await timeline.count()) > before, 'the whole history stays')
  })

  test('[X4] two people decide on it at once: the slower one sees both versions; the letter is previewed without a number and saved as Word', async () => {
    const { page } = head
    const address = page.url()
    await staff.page.goto(address)
    for (const person of [staff, head]) {
      await settled(person.page)
      await leadElsewhere(person.page, () => person.page.getByRole('button', { name: '下达整改决定' }).click())
      await person.page.getByLabel('整改要求').fill('重新整改，落实专人负责。')
      const paper = person.page.getByRole('article', { name: '整改决定预览' })
      await paper.getByText('（文号在印发时取得）').waitFor()
      await paper.getByText('重新整改，落实专人负责').waitFor()
    }
    await leadElsewhere(page, () => page.getByRole('button', { name: '下达整改决定' }).click())
    await page.waitForURL(/\/decisions\/[0-9a-f-]{36}/)
    await page.getByRole('article', { name: '整改决定正文' }).getByText('重新整改，落实专人负责').waitFor()
    const word = await saved(page, '下载公文文档')
    assert.match(word.name, /^整改决定 綦教督决〔\d{4}〕\d+号\.docx$/)
    assert.equal(word.content.subarray(0, 2).toString(), 'PK')

    await staff.page.getByRole('button', { name: '下达整改决定' }).click()
    const clash = dialog(staff.page).filter({ hasText: '这项内容刚刚被其他人修改过' })
    await clash.getByText('反弹，待重新下达决定').waitFor()
    await clash.getByText('整改中（已改）').waitFor()
    await clash.getByRole('button', { name: '放弃我的修改，查看最新内容' }).click()
    await staff.page.waitForURL(/\/problems$/)
  })

  test('[X2] three lists add up on the screen and go out as one Excel file', async () => {
    const { page } = head
    await openMenu(page, '三张清单')
    const sum = page.getByRole('table', { name: '各责任区合计' }).getByRole('row').filter({ hasText: '合计' })
    const counts = await sum.getByRole('cell').allTextContents()
    assert.equal(counts.length, 3)
    assert.ok(Number(counts[0]?.replace(',', '')) > 0)
    assert.equal(new Set(counts).size, 1, `the lists differ: ${counts.join(', ')}`)
    for (const tab of ['任务清单', '责任清单']) await page.getByRole('tab', { name: tab }).click()
    const file = await saved(page, '导出电子表格')
    assert.match(file.name, /^整改三张清单 .*\.xlsx$/)
    assert.equal(file.content.subarray(0, 2).toString(), 'PK')
  })

  test('[D4] each bar of funnel and ageing opens exactly its problems', async () => {
    const { page } = head
    for (const chart of ['办理漏斗', '未销号问题的账龄']) {
      await openMenu(page, '挂图作战')
      const bar = page
        .getByRole('region', { name: chart })
        .getByRole('link')
        .filter({ hasNotText: /\b0 个/ })
        .first()
      const count = /(\d+) 个/.exec((await bar.textContent()) ?? '')?.[1]
      await leadElsewhere(page, () => bar.click())
      const rows = Math.min(50, Number(count))
      await page.getByText(`已显示 ${rows} 条`).waitFor()
    }
  })

  test('[N16] 为何迟滞 says for whom how long was waited, the department too', async () => {
    const { page } = head
    await openMenu(page, '为何迟滞')
    for (const party of ['等待学校', '等待督导室', '等待责任督学', '等待责任部门']) {
      await page.locator('.waiting').getByText(party).waitFor()
    }
    await page.getByRole('table', { name: '责任部门' }).getByRole('row').nth(1).waitFor()
  })

  test('[X8] the list by the source’s name and year returns only its problems', async () => {
    const { page } = head
    await openMenu(page, '问题台账')
    await page.getByRole('button', { name: '更多筛选' }).click()
    await choose(page, page.getByRole('combobox', { name: '来源名称' }), '国家义务教育质量监测（演示）')
    await page.waitForURL(/sourceTitle=/)
    await page.getByText('已显示 3 条，全部显示').waitFor()
  })

  test('[X7] on the phone the supervisor looks again at a cancelled problem, with a picture and the result', async () => {
    const field = await FieldPerson.signIn(browser, site, { office: '綦江区人民政府教育督导室', role: '责任督学' })
    const { page } = field
    await page.getByRole('navigation', { name: '主菜单' }).getByText('问题').tap()
    await page
      .locator('.field-list')
      .getByText(/已销号|应开展回头看/)
      .first()
      .tap()
    await page.getByRole('button', { name: '问题反弹' }).tap()
    await page.getByRole('button', { name: '登记问题反弹' }).tap()
    await page.getByText('请至少拍一张能说明情况的照片').waitFor()
    await page.getByLabel('反弹情况').fill('现场又出现同样的问题。')
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: '现场.png', mimeType: 'image/png', buffer: photograph(99) })
    await page.locator('.photo-strip img').first().waitFor()
    await page.getByRole('button', { name: '登记问题反弹' }).tap()
    await page.waitForURL(/\/m\/sent\//)
    await page.getByText('已提交').first().waitFor()
    assert.deepEqual([field.complaints, field.strayRequests], [[], []])
    await field.context.close()
  })

  test('nobody’s browser complained, and nobody asked another host', () => {
    for (const person of [head, staff]) {
      const expected = person.complaints.filter((text) => !/status of (400|409|412|422)/.test(text))
      assertNoComplaints({ ...person, complaints: expected }, person.page.url())
    }
  })
})

async function told(page: Page, words: string): Promise<void> {
  await page.locator('.ant-message-notice').getByText(words).last().waitFor()
}

/** Saves what a button makes, and reads it. */
async function saved(page: Page, button: string): Promise<{ readonly name: string; readonly content: Buffer }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ])
  return { name: download.suggestedFilename(), content: await readFile(await download.path()) }
}
