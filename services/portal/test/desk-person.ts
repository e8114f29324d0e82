import assert from 'node:assert/strict'
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { DemoSite } from './demo-site.ts'
import { tellOfFailure } from './tell-of-failure.ts'
import { PATIENCE_MS } from './until.ts'

/** Somebody of the demo in front of a screen, with everything the browser complained about meanwhile. */
export interface DeskPerson {
  readonly context: BrowserContext
  readonly page: Page
  /** Errors of scripts and the console, and answers 5xx. */
  readonly complaints: readonly string[]
  /** Requests that left for another host than the product's own. */
  readonly strayRequests: readonly string[]
}

export interface DeskOptions extends BrowserContextOptions {
  /** As the sign-in page names it. */
  readonly office?: string
}

/** A window at the sign-in page. The caller closes its context. */
export async function openWindow(
  browser: Browser,
  site: DemoSite,
  options: BrowserContextOptions = {},
): Promise<DeskPerson> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN', ...options })
  context.setDefaultTimeout(PATIENCE_MS)
  const complaints: string[] = []
  const strayRequests: string[] = []
  tellOfFailure(context, complaints)
  context.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  context.on('weberror', (event) => complaints.push(event.error().message))
  context.on('response', (response) => {
    if (response.status() >= 500) complaints.push(`${response.status()} ${response.url()}`)
  })
  context.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== site.address) strayRequests.push(request.url())
  })
  const page = await context.newPage()
  await page.goto(`${site.address}/sign-in`)
  return { context, page, complaints, strayRequests }
}

/** Opens a window and signs in by the card of a role, as a visitor would: office first, then the card. */
export async function signIn(
  browser: Browser,
  site: DemoSite,
  role: string,
  { office = '綦江区', ...options }: DeskOptions = {},
): Promise<DeskPerson> {
  const person = await openWindow(browser, site, options)
  const { page } = person
  await page.locator('.ant-segmented').getByText(office, { exact: true }).click()
  await cardOf(page, role).click()
  await page.getByRole('navigation', { name: '主菜单' }).waitFor()
  await settled(page)
  return person
}

export function cardOf(page: Page, role: string): Locator {
  return page.getByRole('button').filter({ has: page.getByText(role, { exact: true }) })
}

/** Opens a page by its entry in the left menu. */
export async function openMenu(page: Page, entry: string): Promise<void> {
  const wanted = menuEntry(page, entry)
  const path = /\/[a-z]*$/.exec((await wanted.getAttribute('data-menu-id')) ?? '')?.[0]
  if (new URL(page.url()).pathname === path) return await settled(page)
  await leadElsewhere(page, () => wanted.click())
}

/** Leads to an address inside the open application, which is much quicker than loading it anew. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate(`history.pushState({}, '', ${JSON.stringify(path)})`)
  await settled(page)
}

/** Does what opens another page, and waits until that page stands there whole. */
export async function leadElsewhere(page: Page, act: () => Promise<void>): Promise<void> {
  await settled(page)
  const title = (await page.locator('main h1').first().textContent()) ?? ''
  await act()
  const same = new RegExp(`^${title.replace(/[^\p{L}\p{N}]/gu, '.')}$`, 'u')
  await page.locator('main h1').filter({ hasNotText: same }).first().waitFor()
  await settled(page)
}

export function menuEntry(page: Page, entry: string): Locator {
  return page
    .getByRole('navigation', { name: '主菜单' })
    .getByRole('menuitem')
    .filter({ hasText: new RegExp(`^${entry}$`) })
}

/** Waits until the page of the address stands there, has its title, and nothing on it is still being loaded. */
export async function settled(page: Page): Promise<void> {
  let path: string
  do {
    path = new URL(page.url()).pathname
    await page.locator(`#content:not([data-page="${path}"])`).waitFor({ state: 'detached' })
  } while (new URL(page.url()).pathname !== path)
  await page.locator('main').locator('h1, h2').first().waitFor()
  await page.locator('[aria-label="正在加载"], .ant-btn-loading').first().waitFor({ state: 'detached' })
}

/** The panel of antd that asks something; only one is open at a time. */
export function dialog(page: Page): Locator {
  return page.getByRole('dialog')
}

/** A computed style of the first thing that the CSS selector finds, once there is one: lists come after their page's title. */
export async function styleOf(page: Page, selector: string, property: string): Promise<string> {
  await page.locator(selector).first().waitFor({ state: 'attached' })
  const found = `document.querySelector(${JSON.stringify(selector)})`
  return (await page.evaluate(`getComputedStyle(${found}).getPropertyValue(${JSON.stringify(property)})`)) as string
}

/** Chooses in a field with a list, by what the list shows; in a long list by typing it, since only the first lines are drawn. */
export async function choose(page: Page, field: Locator, option: string): Promise<void> {
  await field.click()
  if (await field.isEditable()) await field.fill(option)
  await page
    .locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden)')
    .locator('.ant-select-item-option', { hasText: option })
    .first()
    .click()
}

/** Writes a day into a date field as a keyboard user would. */
export async function fillDay(field: Locator, day: string): Promise<void> {
  await field.fill(chineseDay(day))
  await field.press('Enter')
}

/** `2026-11-22` → 2026年11月22日, as the screen shows it. */
export function chineseDay(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** The calendar day in China, so many days from now. */
export function chinaDay(daysFromNow = 0): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format(Date.now() + daysFromNow * 86_400_000)
}

export function assertNoComplaints(person: DeskPerson, who: string): void {
  assert.deepEqual(person.complaints, [], `${who}: the browser complained`)
  assert.deepEqual(person.strayRequests, [], `${who}: requests to other hosts`)
}
