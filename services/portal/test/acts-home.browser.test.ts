import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { findChromium, launchChromium, noChromium } from '../../../tools/test/chromium.ts'
import { type DemoSite, openDemoSite } from './demo-site.ts'
import { assertNoComplaints, leadElsewhere, settled, signIn } from './desk-person.ts'
import { FieldPerson } from './field-person.ts'

/** What each role is shown as its work of today, beside what others are shown. */
const work: Readonly<Record<string, readonly string[]>> = {
  督导室主任: [
    '待下达整改决定',
    '待批准销号',
    '逾期未督办的问题',
    '待部门回复的协办事项',
    '待确认的整改成效',
    '待确认的发现',
    '未收到的责任区汇总',
    '待印发的督导通报',
    '任期将到期或届满的督学',
    '没有联络员的成员单位',
  ],
  督导室工作人员: ['待核查的整改报告', '应开展的回头看', '待确认的发现', '待印发的督导通报', '待核实的回避申报'],
  责任区组长: ['待提交的责任区汇总', '待确认的发现', '应开展的回头看', '近一个月印发的督导通报'],
  责任督学: ['待核查的整改报告', '应开展的回头看', '已安排、尚未开展的督查'],
  '校长/园长': ['待整改的问题', '退回重新整改的问题', '待签收的整改决定', '待提交的学校自查'],
  成员单位联络员: ['待本单位回复的协办事项', '本单位负责的逾期问题', '本单位未完成的任务'],
  委员会成员: ['全域逾期的问题', '近一个月印发的督导通报', '年度计划未完成的任务'],
  系统管理员: ['没有回答的服务', '停放的事件', '没有处理的死信', '一周内被锁定的账号'],
}

describe('today’s work of every role', { skip: findChromium() ? false : noChromium, concurrency: false }, () => {
  let browser: Browser
  let site: DemoSite

  before(async () => {
    const launched = await launchChromium()
    assert.ok(launched)
    browser = launched
    site = await openDemoSite()
  })
  after(async () => {
    await browser?.close()
    await site?.stop()
  })

  test('[R6][R11] each role finds its own kinds of work, and nobody’s line fails or is another role’s', async () => {
    for (const [role, wanted] of Object.entries(work)) {
      const person = await signIn(browser, site, role)
      const { page } = person
      await counted(page)
      const lines = await page.locator('.today-row th > a').allTextContents()
      for (const line of wanted) assert.ok(lines.includes(line), `${role}: ${line} in ${lines.join('、')}`)
      assert.equal(await page.getByText('没有取到').count(), 0, role)
      if (role === '责任督学') assert.ok(!lines.includes('待确认的发现'), 'only heads of zones decide on findings')
      if (role !== '系统管理员')
        await page
          .getByText(/数据更新于 .*(已是最新|正在更新)/)
          .first()
          .waitFor()
      assertNoComplaints(person, role)
      await person.context.close()
    }
  })

  test('[N13][R11] a number opens the list that it counts, and 投屏模式 shows the same larger without the menu', async () => {
    const { page, context } = await signIn(browser, site, '督导室主任')
    await counted(page)
    for (const line of ['待批准销号', '应开展的回头看']) {
      const row = page.locator('.today-row').filter({ hasText: line })
      const number = Number.parseInt((await row.locator('.today-number').textContent()) ?? '', 10)
      const late = Number.parseInt(/逾期 (\d+)/.exec((await row.textContent()) ?? '')?.[1] ?? '0', 10)
      await leadElsewhere(page, () => row.getByRole('link').click())
      // The list of re-checks opens with those that are late, where some are.
      const shown = late > 0 && line === '应开展的回头看' ? late : number
      await page.locator('main .list-bar').waitFor()
      assert.equal(await page.locator('main tbody tr.ant-table-row').count(), shown, line)
      await page.goBack()
      await settled(page)
      await counted(page)
    }
    const size = async () => Number.parseFloat((await page.evaluate(SIZE)) as string)
    const before = await size()
    await page.getByRole('button', { name: '投屏模式' }).click()
    await page.getByRole('button', { name: '退出投屏' }).waitFor()
    assert.equal(await page.getByRole('navigation', { name: '主菜单' }).count(), 0)
    assert.ok((await size()) > before)
    assert.equal(await page.getByText('数据更新于').count(), 1)
    await context.close()
  })

  test('[R6] the phone says what waits above the schools of a supervisor and the problems of a school, without sideways scroll', async () => {
    for (const role of ['责任督学', '校长/园长']) {
      const person = await FieldPerson.signIn(browser, site, { office: '綦江区人民政府教育督导室', role })
      const strip = person.page.getByRole('navigation', { name: '今日工作' })
      await strip.getByRole('link').first().waitFor()
      for (const box of await strip.getByRole('link').all()) {
        assert.ok(((await box.boundingBox())?.height ?? 0) >= 44, role)
      }
      const sideways = 'document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth'
      assert.equal(await person.page.evaluate(sideways), 0, role)
      assert.deepEqual(person.complaints, [])
      await person.context.close()
    }
  })
})

const SIZE = `getComputedStyle(document.querySelector('.today-number')).fontSize`

/** Waits until every line has its number. */
async function counted(page: Page): Promise<void> {
  await settled(page)
  await page.locator('.today-row').first().waitFor()
  await page.locator('.today-row output').first().waitFor({ state: 'detached' })
}
