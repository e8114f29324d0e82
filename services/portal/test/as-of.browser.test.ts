import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { findChromium, launchChromium, noChromium } from '../../../tools/test/chromium.ts'
import { type DemoSite, openDemoSite } from './demo-site.ts'
import {
  assertNoComplaints,
  chinaDay,
  chineseDay,
  type DeskPerson,
  dialog,
  fillDay,
  goTo,
  openMenu,
  settled,
  signIn,
} from './desk-person.ts'

const yesterday = chinaDay(-1)
const since = chinaDay(-5)
const renamed = '示例更名小学'

describe('looking back on the desk', { skip: findChromium() === undefined && noChromium }, () => {
  let site: DemoSite
  let browser: Browser
  let head: DeskPerson

  before(async () => {
    const launched = await launchChromium()
    assert.ok(launched)
    browser = launched
    site = await openDemoSite()
    head = await signIn(browser, site, '督导室主任')
  })
  after(async () => {
    await browser?.close()
    await site?.stop()
  })

  test('[N10] a school’s name corrected since five days: yesterday as known, yesterday as it was, and the difference', async () => {
    const { page } = head
    await openMenu(page, '学校')
    const link = page.locator('a.row-link').first()
    const former = (await link.textContent()) ?? ''
    await link.click()
    await page.getByRole('heading', { name: former, level: 1 }).waitFor()
    await settled(page)
    await page.getByRole('button', { name: '更正信息' }).click()
    await dialog(page).getByLabel('学校名称').fill(renamed)
    await fillDay(dialog(page).getByLabel(/^自何日起/), since)
    await dialog(page).getByLabel('更正原因').fill('核对办学许可证')
    await dialog(page).getByRole('button', { name: '更正信息' }).click()
    await page.getByRole('heading', { name: renamed, level: 1 }).waitFor()

    await openMenu(page, '学校')
    await page.getByRole('button', { name: '登记学校' }).waitFor()
    await fillDay(page.getByLabel('回看某一天'), yesterday)
    await page
      .getByRole('note')
      .getByText(`截至 ${chineseDay(yesterday)} 当时所知`)
      .waitFor()
    await page.locator('a.row-link').getByText(former, { exact: true }).waitFor()
    assert.equal(await page.locator('a.row-link').getByText(renamed, { exact: true }).count(), 0)
    assert.equal(await page.getByRole('button', { name: '登记学校' }).count(), 0, 'nothing is done to a past day')
    assert.equal(new URL(page.url()).searchParams.get('asOf'), yesterday)

    await page.getByText('当日实情', { exact: true }).click()
    await page
      .getByRole('note')
      .getByText(`${chineseDay(yesterday)} 当日实情（按今日所知）`)
      .waitFor()
    await page.locator('a.row-link').getByText(renamed, { exact: true }).waitFor()
    await page.reload()
    await page.locator('a.row-link').getByText(renamed, { exact: true }).waitFor()

    await page.getByRole('link', { name: '差异', exact: true }).click()
    await page.getByRole('heading', { name: '学校：差异' }).waitFor()
    const row = page.locator('tbody tr.ant-table-row', { hasText: renamed })
    await row.getByText('内容有更正').waitFor()
    await row.locator('.difference-known').getByText(former).waitFor()
    await row.getByText(`更正学校信息：${chineseDay(chinaDay())}记录，自${chineseDay(since)}起`).waitFor()
  })

  test('[N10] lists and boards show an unmistakable line for a past day, and lead back to now', async () => {
    const { page } = head
    const day = chinaDay(-20)
    for (const entry of ['任务', '进校督查', '月度覆盖', '问题台账', '挂图作战', '回头看', '三张清单', '为何迟滞']) {
      await openMenu(page, entry)
      await fillDay(page.getByLabel('回看某一天'), day)
      await page
        .getByRole('note')
        .getByText(`截至 ${chineseDay(day)} 当时所知`)
        .waitFor()
      await settled(page)
      await page.getByRole('button', { name: '回到现在' }).click()
      await page.getByRole('note').waitFor({ state: 'detached' })
    }
  })

  test('[N10] the lists and boards of the registry say that they show a past day, and offer nothing to do on it', async () => {
    const { page } = head
    const day = chinaDay(-20)
    const acts = {
      到期选聘: null,
      聘书与督学证: null,
      回避关系: '登记回避关系',
      后备人才: '列入名单',
      政府督学履职: '登记活动',
      挂牌覆盖: null,
      教育督导委员会: '任命',
    }
    for (const [entry, act] of Object.entries(acts)) {
      await openMenu(page, entry)
      const offered = page.locator('main').getByRole('button', { name: act ?? '续聘', exact: true })
      if (act !== null) await offered.first().waitFor()
      await fillDay(page.getByLabel('回看某一天'), day)
      await page
        .getByRole('note')
        .getByText(`截至 ${chineseDay(day)} 当时所知`)
        .waitFor()
      await settled(page)
      assert.equal(await offered.count(), 0, `${entry}: nothing is done to a past day`)
    }
    await page.getByRole('link', { name: '差异', exact: true }).click()
    await page.getByRole('heading', { name: '教育督导委员会任职：差异' }).waitFor()
  })

  test('[N10] what a month of inspections came to is shown as of a past day, and nothing can be done to it', async () => {
    const { page } = head
    const day = chinaDay(-20)
    await goTo(page, '/routine')
    await page.getByRole('button', { name: '开启学校自查' }).waitFor()
    for (const [path, acts] of [
      ['/routine', ['开启学校自查', '起草督导通报']],
      ['/levels', []],
      ['/ledger', []],
      ['/self-checks', []],
      ['/zone-summaries', []],
      ['/bulletins', ['查看本月进度']],
      ['/campaigns', ['拟定督导']],
      ['/coverage/schools', []],
    ] as const) {
      await goTo(page, `${path}?asOf=${day}`)
      await page
        .getByRole('note')
        .getByText(`截至 ${chineseDay(day)} 当时所知`)
        .waitFor()
      await settled(page)
      for (const act of acts) assert.equal(await page.getByRole('button', { name: act }).count(), 0, path)
    }
    await page.locator('tbody tr').first().waitFor()
    await goTo(page, `/routine?asOf=${day}`)
    await page.getByRole('link', { name: '走访差异' }).click()
    await page.getByRole('heading', { name: '月度覆盖：差异' }).waitFor()
  })

  test('nobody’s browser complained', () => assertNoComplaints(head, 'head'))
})
