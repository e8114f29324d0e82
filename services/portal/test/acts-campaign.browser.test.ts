import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { findChromium, launchChromium, noChromium } from '../../../tools/test/chromium.ts'
import { seriousFindings } from './accessibility.ts'
import { callerOf, type DemoSite, openDemoSite } from './demo-site.ts'
import {
  assertNoComplaints,
  chinaDay,
  choose,
  type DeskPerson,
  dialog,
  fillDay,
  openMenu,
  settled,
  signIn,
} from './desk-person.ts'
import { latinWordsOn } from './screen-words.ts'
import { until } from './until.ts'

const OFFICE = 'qijiang'

interface Run {
  readonly campaignId: string
  readonly title: string
}
interface Reached {
  readonly schoolId: string
  readonly schoolName: string
  readonly supervisorId: string | null
  readonly visitId: string | null
}

describe('lists, campaigns, coverage and ledger, reading nothing but the screen', {
  skip: findChromium() ? false : noChromium,
  concurrency: false,
}, () => {
  let browser: Browser
  let site: DemoSite
  let head: DeskPerson
  const title = '校园安全专项督导（测试）'
  let own: readonly Reached[] = []

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

  test('[I6] a list is drafted from the district’s own topics, topic by topic, and published', async () => {
    const { page } = head
    await openMenu(page, '督查清单')
    await page.getByRole('link', { name: '綦江区常态化摸排主题' }).click()
    await page.waitForURL(/\/checklists\/[0-9a-f-]{36}/)
    await settled(page)
    await page.getByText('綦江区2026年教育督导工作要点四.3').waitFor()
    await page.getByRole('button', { name: '以此起草' }).click()
    await page.waitForURL(/\/checklists\/new\?from=/)
    await page.getByLabel('名称').fill('校园安全清单（测试）')
    assert.equal(await page.locator('#items_0_group').inputValue(), '学校安全')
    await page.getByRole('button', { name: '保存为草稿' }).click()
    await told(page, '清单已保存，检查后发布')
    await page.getByRole('button', { name: '发布清单' }).click()
    await dialog(page).getByRole('button', { name: '发布清单' }).click()
    await told(page, '清单已发布')
    await page
      .getByRole('rowheader', { name: '“双减”' })
      .or(page.getByText('“双减”', { exact: true }))
      .first()
      .waitFor()
  })

  test('[I3] a campaign is planned; a team too small is refused in words until the reason is given', async () => {
    const { page } = head
    const caller = await callerOf(site, `${OFFICE}-school-supervisor`)
    const mine = await caller.get<{ items: { name: string; kind: string }[] }>('/api/inspections/my-schools')
    // The list is one for schools; a kindergarten would be left out.
    const chosen = mine.items.filter(({ kind }) => kind === 'school').slice(0, 2)
    await openMenu(page, '专项与综合督导')
    await page.getByRole('button', { name: '拟定督导' }).first().click()
    await page.waitForURL(/\/campaigns\/new/)
    await page.getByLabel('名称').fill(title)
    await page.getByLabel('主题').fill('校园安全')
    await fillDay(page.getByLabel('开始日期'), chinaDay())
    await fillDay(page.getByLabel('结束日期'), chinaDay(14))
    await choose(page, page.getByLabel('督查清单'), '校园安全清单（测试）')
    for (const { name } of chosen) await choose(page, page.getByLabel('指定学校'), name)
    await page.keyboard.press('Escape')
    const submit = page.getByRole('button', { name: '拟定督导' })
    await submit.click()
    await page.getByText('督导小组现有 0 名督学，至少应有 3 名').first().waitFor()
    await page.getByLabel('人数不足的理由').fill('督学外出培训，由督导室带队。')
    await submit.click()
    await told(page, '方案已拟定，核对学校后启动')
    for (const { name } of chosen) await page.getByRole('row').filter({ hasText: name }).waitFor()
  })

  test('[I3] started, every school has its visit; progress counts, and the close wants a reason for each school left', async () => {
    const { page } = head
    await page.getByRole('button', { name: '启动督导' }).click()
    await dialog(page).getByRole('button', { name: '确认启动' }).click()
    await told(page, '督导已启动')
    const run = (await runs()).find((one) => one.title === title)
    assert.ok(run)
    own = await scheduled(run.campaignId)
    assert.equal(own.length, 2)
    const [first, second] = own
    assert.ok(first !== undefined && second !== undefined)
    await record(first, 'T02')
    await page.reload()
    await settled(page)
    await page.getByText('已督查 1 / 2 所').waitFor()
    await page.getByRole('row').filter({ hasText: first.schoolName }).getByText('已督查').waitFor()
    assert.deepEqual(await seriousFindings(page), [])
    await page.getByRole('button', { name: '结束督导' }).click()
    await dialog(page).getByLabel('总体情况').fill('总体良好。')
    await dialog(page).getByRole('button', { name: '确认结束' }).click()
    await dialog(page).getByRole('alert').getByText(`请写明${second.schoolName}未督查的理由`).first().waitFor()
    await dialog(page)
      .getByLabel(new RegExp(`^${second.schoolName}.*未督查的理由`))
      .fill('停课装修，列入下次。')
    await dialog(page).getByRole('button', { name: '确认结束' }).click()
    await told(page, '督导已结束')
    await page.getByText('停课装修，列入下次。').waitFor()
  })

  test('[I3] two runs stand side by side by group, with n and the schools that changed', async () => {
    const { page } = head
    await openMenu(page, '专项与综合督导')
    await page.getByText('季开学专项督导', { exact: false }).first().waitFor()
    const all = await runs()
    const mine = all.find((one) => one.title === title)
    const opening = all.find((one) => one.title.includes('开学专项督导'))
    await page.goto(`${site.address}/campaigns/compare?first=${opening?.campaignId}&second=${mine?.campaignId}`)
    await settled(page)
    const line = page.getByRole('row').filter({ hasText: '学校安全' }).last()
    await line.getByText(/50\.0%（1 条，n=2，1 所）/).waitFor()
    assert.deepEqual(await seriousFindings(page), [])
    assert.deepEqual(await latinWordsOn(page), [])
  })

  test('[D5] [I7] the numbers of the month by zone and supervisor open the schools they count', async () => {
    const { page } = head
    await openMenu(page, '月度覆盖')
    const zones = page.locator('.coverage-groups section').first()
    const line = zones.locator('tbody tr').first()
    const numbers = await line.getByRole('link').allTextContents()
    const [all = '', , open = ''] = numbers
    await line.getByRole('link').first().click()
    await page.waitForURL(/\/coverage\/schools\?/)
    await settled(page)
    const rows = page.locator('main tbody tr.ant-table-row')
    await until('all schools stand there', async () => (await rows.count()) === Number(all))
    await page.getByRole('checkbox', { name: '只看没有走访的' }).check()
    await until('only the unvisited do', async () => (await rows.count()) === Number(open))
    assert.deepEqual(await latinWordsOn(page), [])
  })

  test('[I10] the ledger has each school and item; 只看未了结的条目 leaves what is open, the new finding among it', async () => {
    const { page } = head
    await openMenu(page, '督导台账')
    await page.locator('main section.panel').first().waitFor()
    await page.getByRole('checkbox', { name: '只看未了结的条目' }).check()
    await settled(page)
    const [first] = own
    const school = page.locator('main section.panel').filter({ hasText: first?.schoolName ?? '' })
    const line = school.getByRole('row').filter({ hasText: '校园安全清单（测试）' })
    await line.getByText('待确认').waitFor()
    assert.deepEqual(await seriousFindings(page), [])
    assert.deepEqual(await latinWordsOn(page), [])
    // The refusals that were provoked are told to the console, too.
    const expected = head.complaints.filter((text) => !/status of (400|409|412|422)/.test(text))
    assertNoComplaints({ ...head, complaints: expected }, page.url())
  })

  async function runs(): Promise<readonly Run[]> {
    const caller = await callerOf(site, `${OFFICE}-office-head`)
    return (await caller.get<{ items: Run[] }>('/api/inspections/campaigns')).items
  }

  async function scheduled(campaignId: string): Promise<readonly Reached[]> {
    const caller = await callerOf(site, `${OFFICE}-office-head`)
    const path = `/api/inspections/campaign-schools?campaignId=${campaignId}&state=scheduled`
    return await until('the visits are scheduled', async () => {
      const { items } = await caller.get<{ items: Reached[] }>(path)
      return items.length > 1 && items
    })
  }

  /** The supervisor on the card makes the visit, with one item answered 否. */
  async function record({ visitId, schoolName }: Reached, negative: string): Promise<void> {
    const caller = await callerOf(site, `${OFFICE}-school-supervisor`)
    const { name } = await caller.get<{ name: string }>('/auth/me')
    const path = `/api/inspections/visits/${visitId}`
    const { checklist } = await caller.get<{ checklist: { items: { code: string }[] } }>(path)
    const signedAt = new Date().toISOString()
    await caller.post(`${path}/record`, {
      visitedOn: chinaDay(),
      answers: checklist.items.map(({ code }) =>
        code === negative ? { code, answer: 'no', note: '食堂后门无人值守。' } : { code, answer: 'yes' },
      ),
      signatures: { supervisor: { name, signedAt }, school: { name: `${schoolName}校长`, signedAt } },
    })
  }
})

async function told(page: Page, words: string): Promise<void> {
  await page.locator('.ant-message-notice').getByText(words).last().waitFor()
}
