import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Locator, Page } from 'playwright-core'
import { findChromium, launchChromium, noChromium } from '../../../tools/test/chromium.ts'
import { seriousFindings } from './accessibility.ts'
import { type DemoSite, openDemoSite } from './demo-site.ts'
import {
  assertNoComplaints,
  cardOf,
  type DeskPerson,
  dialog,
  goTo,
  leadElsewhere,
  openMenu,
  openWindow,
  settled,
  signIn,
  styleOf,
} from './desk-person.ts'
import { menus } from './menus.ts'
import { latinWordsOn } from './screen-words.ts'

/** Roles that see the whole office through the very pages of the head: their menu is held, and the pages that only they have. */
const likeTheHead = new Set(['督导室工作人员', '委员会成员'])

/** Pages where an operator reads the code names that the command line takes. */
const wordsOfOperators = new Set(['/system'])

describe('how the desk looks', { skip: findChromium() ? false : noChromium, concurrency: false }, () => {
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

  const looked = new Set<string>()
  /** Whatever is wrong with the page: an error, an English word, nothing at all, or what axe finds, once per kind of page. */
  const faultsOf = async (page: Page): Promise<string[]> => {
    const path = kindOf(new URL(page.url()).pathname)
    const faults: string[] = []
    if ((await page.locator('main [role=alert]').count()) > 0) faults.push('an error')
    if (!(await hasContent(page))) faults.push('neither data nor a word on what will be there')
    const latin = (await latinWordsOn(page)).filter((text) => !wordsOfOperators.has(path) || !/^[a-z-]+$/.test(text))
    if (latin.length > 0) faults.push(`English: ${latin.join(' ')}`)
    if (!looked.has(path)) faults.push(...(await seriousFindings(page)))
    looked.add(path)
    return faults.map((fault) => `${path}: ${fault}`)
  }

  for (const [role, entries] of Object.entries(menus)) {
    test(`${role} finds data or a purposeful empty state behind every menu entry, in Chinese`, async () => {
      const person = await signIn(browser, site, role)
      const { page } = person
      const seen = await page.getByRole('navigation', { name: '主菜单' }).getByRole('menuitem').allTextContents()
      const groups = new Set(['计划任务', '督学库', '督导检查', '整改问责', '系统与交换'])
      assert.deepEqual(
        seen.filter((entry) => !groups.has(entry)),
        entries,
      )
      assert.equal(await page.locator('nav [aria-disabled=true]').count(), 0, 'nothing is greyed')
      const faults: string[] = []
      const own = entries.filter((entry) => entry === '工作台' || !menus.督导室主任?.includes(entry))
      for (const entry of likeTheHead.has(role) ? own : entries) {
        await openMenu(page, entry)
        faults.push(...(await faultsOf(page)))
        const first = page.locator('main tbody a.row-link').first()
        if ((await first.count()) === 0) continue
        // One record of a kind is enough: who sees which is the services' to test.
        if (looked.has(kindOf((await first.getAttribute('href')) ?? ''))) continue
        await leadElsewhere(page, () => first.click())
        faults.push(...(await faultsOf(page)))
      }
      assert.deepEqual(faults, [])
      assertNoComplaints(person, role)
      await person.context.close()
    })
  }

  test('every form is Chinese, and axe finds nothing serious in it, nor in a dialog and on the sign-in page', async () => {
    const { page: signInPage, context: visitor } = await openWindow(browser, site)
    await cardOf(signInPage, '督导室主任').waitFor()
    const faults = [...(await seriousFindings(signInPage)), ...(await latinWordsOn(signInPage))]
    await visitor.close()
    const { page, context } = await signIn(browser, site, '督导室主任')
    const look = async (where: string): Promise<void> => {
      for (const fault of [...(await seriousFindings(page)), ...(await latinWordsOn(page))])
        faults.push(`${where}: ${fault}`)
    }
    for (const path of [
      '/plans/import',
      '/problems/new',
      '/visits/new',
      '/schools/new',
      '/supervisors/new',
      '/checklists/new',
      '/decisions/new',
      '/campaigns/new',
    ]) {
      await goTo(page, path)
      await look(path)
    }
    await openMenu(page, '待确认问题')
    await page.getByRole('button', { name: '确认为问题' }).first().click()
    await dialog(page).getByRole('button', { name: '确认为问题' }).waitFor()
    await look('a dialog')
    assert.deepEqual(faults, [])
    await context.close()
  })

  test('every answer of the web application carries a policy that lets nothing in from elsewhere', async () => {
    for (const path of ['/', '/sign-in', '/problems', '/m', '/m/schools']) {
      const { headers } = await fetch(`${site.address}${path}`)
      const policy = headers.get('content-security-policy') ?? ''
      assert.match(policy, /default-src 'self'/, path)
      assert.match(policy, /frame-ancestors 'none'/, path)
      assert.doesNotMatch(policy, /https?:|\*|script-src[^;]*'unsafe/, path)
    }
  })

  test('by keyboard alone: choose an office and a card, open a problem, and act on it', async () => {
    const { page, context } = await openWindow(browser, site)
    const tabTo = async (wanted: Locator): Promise<void> => {
      for (let step = 0; step < 80; step += 1) {
        await page.keyboard.press('Tab')
        if ((await wanted.and(page.locator(':focus')).count()) === 0) continue
        const shown = await page.evaluate(`(() => {
          const style = getComputedStyle(document.activeElement)
          return style.outlineStyle !== 'none' || style.boxShadow !== 'none'
        })()`)
        assert.equal(shown, true, `one cannot see that ${wanted} has the focus`)
        return
      }
      assert.fail(`Tab never reaches ${wanted}`)
    }
    await cardOf(page, '督导室主任').waitFor()
    await tabTo(cardOf(page, '督导室主任'))
    await page.keyboard.press('Enter')
    await page.getByRole('navigation', { name: '主菜单' }).waitFor()
    await settled(page)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    assert.match(page.url(), /#content$/, 'the first stop leads over the menu to the content')
    await tabTo(page.getByRole('link', { name: '打开列表' }).first())
    await page.goto(`${site.address}/problems`)
    await settled(page)
    const first = page.locator('main tbody a.row-link').first()
    await tabTo(first)
    await page.keyboard.press('ArrowDown')
    const second = page.locator('main tbody a.row-link').nth(1)
    assert.equal(await second.and(page.locator(':focus')).count(), 1, 'arrows move between rows')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/problems\/[0-9a-f-]{36}/)
    await settled(page)
    await page.keyboard.press('/')
    await page.keyboard.type('小学')
    await page.locator('.ant-select-item-option', { hasText: '小学' }).first().waitFor()
    await page.keyboard.press('Escape')
    await context.close()
  })

  test('at 200 % the page never scrolls sideways', async () => {
    const { page, context } = await signIn(browser, site, '督导室主任', { viewport: { width: 720, height: 450 } })
    const wide: string[] = []
    for (const path of [
      '/',
      '/plans',
      '/plans/import',
      '/tasks',
      '/schools',
      '/visits',
      '/coverage',
      '/findings',
      '/board',
      '/problems',
      '/decisions',
      '/decisions/new',
      '/notices',
      '/committee',
      '/recusal',
      '/routine',
      '/self-checks',
      '/campaigns',
      '/campaigns/new',
      '/ledger',
      '/levels',
      '/bulletins',
      '/re-checks',
      '/lists',
      '/waiting',
      '/accounts',
      '/audit',
    ]) {
      await goTo(page, path)
      if ((await sidewaysBy(page)) > 0) wide.push(`${path} by ${await sidewaysBy(page)} px`)
    }
    await goTo(page, '/problems')
    await page.locator('main tbody a.row-link').first().click()
    await page.waitForURL(/[0-9a-f-]{36}/)
    await settled(page)
    if ((await sidewaysBy(page)) > 0) wide.push('a problem')
    assert.deepEqual(wide, [])
    await context.close()
  })

  test('大字模式 enlarges the type, fits the page and is still there after a reload', async () => {
    const { page, context } = await signIn(browser, site, '督导室主任')
    const size = () => styleOf(page, 'main .work-row-title', 'font-size')
    const lineHeight = `(() => { const style = getComputedStyle(document.body); return parseFloat(style.lineHeight) / parseFloat(style.fontSize) })()`
    assert.equal(await size(), '14px')
    assert.ok(((await page.evaluate(lineHeight)) as number) >= 1.5)
    await page.getByRole('button', { name: '大字' }).click()
    await page.getByRole('button', { name: '标准字' }).waitFor()
    assert.equal(await size(), '16px')
    await page.reload()
    await settled(page)
    assert.equal(await size(), '16px')
    for (const entry of ['工作台', '问题台账', '挂图作战', '月度覆盖']) {
      await openMenu(page, entry)
      assert.equal(await sidewaysBy(page), 0, entry)
    }
    await context.close()
  })

  test('a printed list keeps its table head on every page and leaves menu and filters out', async () => {
    const { page, context } = await signIn(browser, site, '督导室主任')
    await openMenu(page, '问题台账')
    await page.emulateMedia({ media: 'print' })
    const display = (selector: string) => styleOf(page, selector, 'display')
    assert.equal(await display('main thead'), 'table-header-group')
    for (const selector of [
      'header.top-bar',
      'nav[aria-label="主菜单"]',
      '.filter-bar',
      '.list-tools',
      '.demo-banner',
    ]) {
      assert.equal(await display(selector), 'none', selector)
    }
    assert.equal(await page.getByRole('columnheader', { name: '编号' }).isVisible(), true)
    assert.equal(await page.locator('main tbody a.row-link').first().isVisible(), true)
    await page.setViewportSize({ width: 794, height: 1123 })
    assert.equal(await sidewaysBy(page), 0, 'an A4 page is wide enough')
    await context.close()
  })

  test('a printed 督办通知 is the letter alone, in the sizes of GB/T 9704', async () => {
    const { page, context } = await signIn(browser, site, '督导室主任')
    await openMenu(page, '督办通知')
    await leadElsewhere(page, () => page.locator('main tbody a.row-link').first().click())
    await page.locator('.letter-paper').waitFor()
    await page.emulateMedia({ media: 'print' })
    for (const selector of ['main .page-head', 'main .facts', 'main .panel-title', 'main .as-of-line']) {
      assert.equal(await page.locator(selector).first().isVisible(), false, selector)
    }
    const points = (Number.parseFloat(await styleOf(page, '.letter-paper', 'font-size')) * 72) / 96
    assert.ok(Math.abs(points - 16) < 0.01, `三号 is 16 pt, found ${points}`)
    assert.equal(await styleOf(page, '.letter-paper', 'page'), 'letter')
    await context.close()
  })

  test('the first load of desk and phone stays within what an old laptop and a cheap phone can bear', async (context) => {
    const desk = await transferred(
      async () => await openWindow(browser, site),
      async (page) => {
        await cardOf(page, '督导室主任').click()
        await page.getByRole('navigation', { name: '主菜单' }).waitFor()
        await settled(page)
      },
    )
    context.diagnostic(`desk: ${desk} bytes`)
    assert.ok(desk <= 550_000, `the desk takes ${desk} bytes to its 工作台`)
    assert.ok(desk > 100_000, `${desk} bytes cannot be the desk`)
    const phone = await transferred(
      async () => {
        const person = await openWindow(browser, site, {
          serviceWorkers: 'block',
          viewport: { width: 360, height: 640 },
          isMobile: true,
          hasTouch: true,
        })
        await person.page.goto('about:blank')
        return person
      },
      async (page) => {
        await page.goto(`${site.address}/m`)
        await cardOf(page, '责任督学').tap()
        await page.getByText('我的学校').first().waitFor()
      },
    )
    context.diagnostic(`phone: ${phone} bytes`)
    assert.ok(phone <= 260_000, `the phone takes ${phone} bytes to its list of schools`)
    assert.ok(phone > 50_000, `${phone} bytes cannot be the phone`)
  })
})

describe('clearing the demo', { skip: findChromium() ? false : noChromium }, () => {
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

  test('one click of 系统管理员 and the lists are empty, each saying what will be there and who makes it come', async () => {
    const operator = await signIn(browser, site, '系统管理员')
    const { page } = operator
    await page.getByRole('complementary', { name: '演示数据' }).getByRole('button', { name: '清除演示数据' }).click()
    await dialog(page).getByRole('button', { name: '清除演示数据' }).click()
    await page.getByText('演示数据已清除').waitFor()
    await page.getByRole('complementary', { name: '演示数据' }).waitFor({ state: 'detached' })
    const head = await signIn(browser, site, '督导室主任')
    // The dated lists and the duties of each level are the product's own, and that the demo was cleared is on record.
    const own = new Set(['三级督导', '审计记录'])
    for (const entry of menus.督导室主任 ?? []) {
      await openMenu(head.page, entry)
      const rows = await head.page.locator('main tbody tr.ant-table-row').count()
      if (entry === '督查清单') assert.equal(rows, 6, entry)
      else if (!own.has(entry)) assert.equal(rows, 0, entry)
      assert.ok(await hasContent(head.page), `${entry} says nothing`)
      assert.equal(await head.page.locator('main [role=alert]').count(), 0, `${entry} shows an error`)
    }
    assert.equal(await head.page.getByText('演示数据', { exact: true }).count(), 0, 'the banner is gone')
  })
})

/** The path of a page, the same for all records of a kind. */
function kindOf(path: string): string {
  return path.replace(/\?.*/, '').replaceAll(/[0-9a-f-]{36}/g, ':id')
}

/** Whether the page shows things, or says in a heading and a sentence what will be shown. */
async function hasContent(page: Page): Promise<boolean> {
  const things =
    'main tbody tr.ant-table-row, main .list-table tbody tr, main .answer-table tbody tr, main .tile, main .waiting, main .work-row, main .finding-card, main .facts, main dl, main .reading-row, main .board-cell, main .coverage-cell'
  const empty = 'main .state-panel:has(h2):has(p), main .work-nothing'
  return (await page.locator(things).count()) > 0 || (await page.locator(empty).count()) > 0
}

async function sidewaysBy(page: Page): Promise<number> {
  return (await page.evaluate(
    'document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth',
  )) as number
}

/** Bytes over the wire of page, scripts, styles and pictures, from an empty cache until `until` is done. */
async function transferred(open: () => Promise<DeskPerson>, until: (page: Page) => Promise<void>): Promise<number> {
  const { page, context } = await open()
  const sizes: Promise<number>[] = []
  const take = async (): Promise<void> => {
    const session = await context.newCDPSession(page)
    await session.send('Network.enable')
    await session.send('Network.setCacheDisabled', { cacheDisabled: true })
    const kinds = new Map<string, string>()
    session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type))
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (['Document', 'Script', 'Stylesheet', 'Image', 'Font'].includes(kinds.get(requestId) ?? ''))
        sizes.push(Promise.resolve(encodedDataLength))
    })
  }
  await take()
  if (page.url() !== 'about:blank') await page.reload()
  await until(page)
  const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
  await context.close()
  return total
}
