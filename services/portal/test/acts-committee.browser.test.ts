import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { findChromium, launchChromium, noChromium } from '../../../tools/test/chromium.ts'
import { callerOf, type DemoCaller, type DemoSite, openDemoSite } from './demo-site.ts'
import {
  assertNoComplaints,
  chinaDay,
  choose,
  type DeskPerson,
  dialog,
  openMenu,
  settled,
  signIn,
} from './desk-person.ts'
import { until } from './until.ts'

describe('acts of the committee, the papers and the recusal, reading nothing but the screen', {
  skip: findChromium() ? false : noChromium,
  concurrency: false,
}, () => {
  let browser: Browser
  let site: DemoSite
  let head: DeskPerson
  let caller: DemoCaller

  before(async () => {
    const launched = await launchChromium()
    assert.ok(launched)
    browser = launched
    site = await openDemoSite()
    caller = await callerOf(site, 'qijiang-office-head')
    head = await signIn(browser, site, '督导室主任')
  })
  after(async () => {
    await browser?.close()
    await site?.stop()
  })

  test('[R3] the papers of a supervisor are printed from the register with both numbers', async () => {
    const { page } = head
    await openMenu(page, '聘书与督学证')
    await page.locator('main tbody tr.ant-table-row a').first().click()
    await page.waitForURL(/\/papers\//)
    await settled(page)
    await page
      .getByRole('article', { name: '聘书' })
      .getByText(/督学聘书〔\d{4}〕\d+号/)
      .waitFor()
    await page
      .getByRole('article', { name: '督学证' })
      .getByText(/督学证〔\d{4}〕\d+号/)
      .waitFor()
    await page.getByRole('button', { name: '打印' }).waitFor()
  })

  test('[R14] asked beforehand, the school of a relative is named with its reason; put there all the same, it is refused', async () => {
    const { page } = head
    const tie = (await relations()).find(({ kind }) => kind === 'kinship') ?? assert.fail('the demo has no tie')
    await openMenu(page, '回避预检')
    await choose(page, page.getByLabel('选择督学'), tie.supervisorName)
    const refused = page.getByRole('listitem').filter({ hasText: tie.schoolName })
    await refused.getByText('应当回避', { exact: true }).waitFor()
    await refused.getByText(new RegExp(`${tie.description}.*《教育督导条例》第十条`)).waitFor()
    await refused.getByRole('link').click()
    await page.waitForURL(/\/schools\/[0-9a-f-]{36}/)
    await settled(page)
    await page.getByRole('button', { name: '更换责任督学' }).click()
    await choose(page, dialog(page).getByLabel('督学'), tie.supervisorName)
    await dialog(page).getByLabel('超出比例的理由').fill('暂无他人')
    await dialog(page).getByRole('button', { name: '更换责任督学' }).click()
    const alert = dialog(page).getByRole('alert')
    await alert.getByText('应当回避，不能安排').waitFor()
    await alert.getByText(new RegExp(tie.description)).first().waitFor()
    await dialog(page).getByRole('button', { name: '取消' }).click()
  })

  test('[R14] a supervisor declares a tie of the own, and finds it in the own list', async () => {
    const self = await signIn(browser, site, '责任督学')
    const { page } = self
    const tied = (await relations()).map(({ schoolId }) => schoolId)
    const { items } = await caller.get<{ items: { schoolId: string; name: string }[] }>(
      '/api/supervisor-registry/schools?status=open',
    )
    const free = items.find(({ schoolId }) => !tied.includes(schoolId))?.name ?? assert.fail('every school has a tie')
    await openMenu(page, '我的回避申报')
    await page.getByRole('button', { name: '申报回避关系' }).first().click()
    await choose(page, dialog(page).getByLabel('学校'), free)
    await dialog(page).getByLabel('情况说明').fill('女儿在该园任教')
    await dialog(page).getByRole('button', { name: '申报回避关系' }).click()
    await dialog(page).getByRole('alert').getByText('缺少亲属姓名').waitFor()
    await dialog(page)
      .getByLabel(/^亲属姓名/)
      .fill('测试亲属')
    await dialog(page).getByRole('button', { name: '申报回避关系' }).click()
    await told(page, '回避关系已申报')
    await page.getByRole('row').filter({ hasText: '女儿在该园任教' }).getByText('本人申报').waitFor()
    assertNoComplaints({ ...self, complaints: self.complaints.filter((text) => !/status of 4/.test(text)) }, page.url())
    await self.context.close()
  })

  test('[G1] [G3] the committee shows its nineteen bodies, a dated change of deputy, and who has no liaison', async () => {
    const { page } = head
    await openMenu(page, '教育督导委员会')
    await page.getByText('成员单位 19 / 19').waitFor()
    await page.getByText('还有 3 个成员单位没有联络员').waitFor()
    await page.getByRole('button', { name: '任命' }).click()
    await choose(page, dialog(page).getByLabel('职务', { exact: true }), '副主任')
    await dialog(page).getByLabel('姓名').fill('测试副主任')
    await dialog(page).getByLabel('现任职务').fill('督导室主任')
    await dialog(page).getByRole('button', { name: '任命' }).click()
    await told(page, '任职已登记')
    await page.getByRole('complementary', { name: '最近变更' }).getByText('任副主任').first().waitFor()
    await page.getByRole('tab', { name: '历任' }).click()
    await page
      .getByRole('listitem')
      .filter({ hasText: '委员会主任甲' })
      .getByText(/— \d{4}年/)
      .waitFor()
    await page.getByRole('tab', { name: '成员单位与联络员' }).click()
    await page.getByLabel('只看没有联络员的单位').check()
    const body = page.getByRole('tabpanel').getByRole('listitem')
    assert.equal(await body.count(), 3)
    await body.first().getByRole('button', { name: '确定联络员' }).click()
    await dialog(page).getByLabel('姓名').fill('测试联络员')
    await dialog(page).getByLabel('具体科室').fill('办公室')
    await dialog(page).getByLabel('电话').fill('13900003333')
    await dialog(page).getByRole('button', { name: '确定联络员' }).click()
    await told(page, '联络员已确定')
    await page.getByText('还有 2 个成员单位没有联络员').waitFor()
  })

  test('[R8] a whole phone is shown for a reason, and hidden again', async () => {
    const { page } = head
    await openMenu(page, '督学')
    await page.locator('main tbody tr.ant-table-row a').first().click()
    await page.waitForURL(/\/supervisors\/[0-9a-f-]{36}/)
    await settled(page)
    await page.getByRole('button', { name: '查看号码' }).click()
    await dialog(page).getByRole('button', { name: '查看号码' }).click()
    await dialog(page)
      .getByRole('alert')
      .getByText(/查看理由/)
      .first()
      .waitFor()
    await dialog(page).getByLabel('查看理由').fill('通知紧急会议')
    await dialog(page).getByRole('button', { name: '查看号码' }).click()
    await dialog(page)
      .getByText(/^1390000\d{4}$/)
      .waitFor()
    await page.keyboard.press('Escape')
    await dialog(page).waitFor({ state: 'hidden' })
    assert.equal(await page.getByText(/1390000\d{4}/).count(), 0)
  })

  test('[R2] [R7] [R16] ending terms, coverage, the yearly sheet and the talent list each show what they are for', async () => {
    const { page } = head
    const path = '/api/supervisor-registry/supervisors'
    const name = '将到期督学（测试）'
    const entered = await caller.post(path, {
      name,
      category: 'government',
      employment: 'part-time',
      homeUnit: '綦江区教师发展中心（演示）',
      field: '学校安全',
      phone: '13900004444',
    })
    // Three years, of which forty days are left.
    const termFrom = chinaDay(40 - 3 * 365)
    const term = { termFrom, decidedBy: '綦江区人民政府教育督导委员会', decidedOn: termFrom }
    await caller.post(`${path}/${entered.id}/appoint`, term, entered.version)
    // Done beside the page, which therefore does not wait for it.
    await until('the ending term is listed', async () => {
      const { items } = await caller.get<{ items: readonly { name: string }[] }>('/api/supervisor-registry/terms')
      return items.some((one) => one.name === name)
    })
    await openMenu(page, '到期选聘')
    await page.getByRole('row').filter({ hasText: name }).getByRole('button', { name: '续聘' }).waitFor()
    await openMenu(page, '挂牌覆盖')
    await page.getByText('本月有更替').waitFor()
    await openMenu(page, '政府督学履职')
    await page
      .getByRole('table', { name: /年度一览/ })
      .getByText(name)
      .waitFor()
    await openMenu(page, '后备人才')
    await page.locator('main tbody tr.ant-table-row a').first().click()
    await page.getByRole('button', { name: '记录培养' }).click()
    await dialog(page).getByLabel('内容').fill('跟岗督查一次')
    await dialog(page).getByRole('button', { name: '记录培养' }).click()
    await told(page, '已记录')
    await page
      .getByRole('complementary', { name: '培养过程' })
      .getByText(/跟岗督查一次/)
      .waitFor()
  })

  test('nobody’s browser complained, and nobody asked another host', () => {
    assertNoComplaints(
      { ...head, complaints: head.complaints.filter((text) => !/status of (400|409|412|422)/.test(text)) },
      head.page.url(),
    )
  })

  async function relations(): Promise<readonly Relation[]> {
    return (await caller.get<{ items: Relation[] }>('/api/supervisor-registry/relations')).items
  }
})

interface Relation {
  readonly kind: string
  readonly supervisorName: string
  readonly schoolId: string
  readonly schoolName: string
  readonly description: string
}

/** Waits for what is said at the top of the page once an act is done. */
async function told(page: Page, words: string): Promise<void> {
  await page.locator('.ant-message-notice').getByText(words).last().waitFor()
}
