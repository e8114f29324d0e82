import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { TEST_CLIENT_ID, TEST_CLIENT_SECRET, TestIssuer } from '@dulian/test-issuer'
import type { Browser, Page } from 'playwright-core'
import { findChromium, launchChromium, noChromium } from '../../../tools/test/chromium.ts'
import { seriousFindings } from './accessibility.ts'
import { type DemoSite, openDemoSite } from './demo-site.ts'
import { choose, type DeskPerson, dialog, menuEntry, openMenu, openWindow, settled, signIn } from './desk-person.ts'
import { latinWordsOn } from './screen-words.ts'

const SUBJECT = 'wang-xiaolan'
const NAME = '王小兰（测试）'

describe('signing in with an account of the office', {
  skip: findChromium() ? false : noChromium,
  concurrency: false,
}, () => {
  let browser: Browser
  let site: DemoSite
  let issuer: TestIssuer
  let head: DeskPerson
  let person: DeskPerson

  before(async () => {
    const launched = await launchChromium()
    assert.ok(launched)
    browser = launched
    site = await openDemoSite(async (address) => {
      const redirectUri = `${address}/auth/oidc/callback`
      issuer = await TestIssuer.start({ redirectUri })
      return {
        DULIAN_OIDC_ISSUER: issuer.address,
        DULIAN_OIDC_CLIENT_ID: TEST_CLIENT_ID,
        DULIAN_OIDC_CLIENT_SECRET: TEST_CLIENT_SECRET,
        DULIAN_OIDC_REDIRECT_URI: redirectUri,
      }
    })
  })
  after(async () => {
    await browser?.close()
    await site?.stop()
    await issuer?.stop()
  })

  /** A window that loads nothing from further away: the issuer's own page would like to. */
  async function newWindow(): Promise<DeskPerson> {
    const opened = await openWindow(browser, site)
    await opened.context.route(
      ({ hostname }) => hostname !== '127.0.0.1',
      (route) => route.abort(),
    )
    await opened.page.getByRole('button', { name: '单位统一身份认证' }).waitFor()
    return opened
  }

  async function throughIssuer(page: Page): Promise<void> {
    await page.getByRole('button', { name: '单位统一身份认证' }).click()
    await page.waitForURL(({ origin }) => origin === issuer.address)
    // Whoever is known there already is led back without a form.
    await page.locator('input[name="login"]').fill(SUBJECT)
    await page.locator('input[name="password"]').fill('any')
    await page.locator('button[type="submit"]').click()
    await page.locator('input[name="prompt"][value="consent"]').waitFor({ state: 'attached' })
    await page.locator('button[type="submit"]').click()
  }

  async function entered(page: Page): Promise<void> {
    await page.getByRole('navigation', { name: '主菜单' }).waitFor()
    await settled(page)
  }

  test('somebody without an account reads whom to ask and which identity to name', async () => {
    person = await newWindow()
    const { page } = person
    await throughIssuer(page)
    await page.getByRole('heading', { name: '还没有开通账号' }).waitFor()
    await page.getByText(SUBJECT, { exact: true }).waitFor()
    await page.getByRole('link', { name: '返回登录页' }).click()
    await page.getByRole('button', { name: '单位统一身份认证' }).waitFor()
  })

  test('the head links the identity to a person and gives a role; what needs a reach asks for it', async () => {
    head = await signIn(browser, site, '督导室主任')
    const { page } = head
    await openMenu(page, '账号与角色')
    await page.getByText('没有符合条件的账号').waitFor()
    await page.getByRole('button', { name: '建立账号' }).first().click()
    await page.waitForURL(/\/accounts\/new/)
    // The list that is left has a field of that name, too, and stands there until the form does.
    await page.getByRole('heading', { name: '建立账号' }).waitFor()
    await page.getByLabel('姓名').fill(NAME)
    await page.getByLabel('统一身份标识').fill(SUBJECT)
    assert.equal(await page.getByLabel('签发者地址').inputValue(), issuer.address)
    await page.getByRole('button', { name: '建立账号' }).click()
    await page.getByRole('heading', { name: NAME }).waitFor()
    await settled(page)
    await page.getByRole('button', { name: '授予角色' }).click()
    await choose(page, dialog(page).getByLabel('角色'), '责任区组长')
    await dialog(page).getByRole('button', { name: '授予角色' }).click()
    await dialog(page).getByText('请选择责任区').first().waitFor()
    await choose(page, dialog(page).getByLabel('角色'), '督导室工作人员')
    await dialog(page).getByRole('button', { name: '授予角色' }).click()
    await page.getByText('角色已授予，立即生效').waitFor()
    await page.locator('main').getByText('督导室工作人员').first().waitFor()
    await settled(page)
    assert.deepEqual(await seriousFindings(page), [])
    // The issuer's address is data, as in any browser's address line.
    assert.deepEqual(
      (await latinWordsOn(page)).filter((word) => !`${issuer.address} ${SUBJECT}`.includes(word)),
      [],
    )
    await openMenu(page, '账号与角色')
    await page.getByRole('row').filter({ hasText: NAME }).getByText('督导室工作人员').waitFor()
  })

  test('the person comes in with exactly those rights, and sees this session among the own ones', async () => {
    const { page } = person
    await page.getByRole('button', { name: '单位统一身份认证' }).click()
    await entered(page)
    await page.getByRole('button', { name: NAME }).waitFor()
    await menuEntry(page, '问题台账').waitFor({ state: 'attached' })
    assert.equal(await menuEntry(page, '账号与角色').count(), 0)
    await page.getByRole('button', { name: NAME }).click()
    await page.getByRole('menuitem', { name: '我的会话' }).click()
    await page.getByRole('heading', { name: '我的会话' }).waitFor()
    await settled(page)
    await page.getByText('（本次登录）').waitFor()
    assert.deepEqual(await latinWordsOn(page), [])
  })

  test('a session ended from another window is out with its next act, and says why', async () => {
    const other = await newWindow()
    await throughIssuer(other.page)
    await entered(other.page)
    const { page } = person
    await page.reload()
    await settled(page)
    const line = page.getByRole('row').filter({ hasText: '使用中' }).filter({ hasNotText: '本次登录' })
    await line.getByRole('button', { name: '收回' }).click()
    await page.locator('.ant-popconfirm').getByRole('button', { name: '收回' }).click()
    await page.getByText('这次登录已收回').waitFor()
    await menuEntry(other.page, '问题台账').click()
    await other.page.getByText('这次登录已被收回').waitFor()
    await other.page.getByRole('button', { name: '单位统一身份认证' }).waitFor()
    await other.context.close()
  })

  test('who does nothing is warned, stays by a click, and finds the draft again after being signed out', async () => {
    const { page } = person
    await page.clock.install()
    await page.goto(`${site.address}/supervisors/new`)
    await entered(page)
    await page.getByLabel('姓名').fill('没有写完的名字')
    await page.clock.fastForward('28:30')
    await dialog(page).getByText('秒后将自动退出登录').waitFor()
    await dialog(page).getByRole('button', { name: '继续使用' }).click()
    await dialog(page).waitFor({ state: 'hidden' })
    await page.clock.fastForward('31:00')
    await page.getByText('长时间没有操作，已自动退出').waitFor()
    await page.getByRole('button', { name: '单位统一身份认证' }).click()
    await entered(page)
    await page.waitForURL(/\/supervisors\/new/)
    assert.equal(await page.getByLabel('姓名').inputValue(), '没有写完的名字')
  })

  test('after five refused consents the page says how long to wait', async () => {
    const clumsy = await newWindow()
    const { page } = clumsy
    for (let failure = 0; failure < 5; failure += 1) {
      await page.getByRole('button', { name: '单位统一身份认证' }).click()
      await page.waitForURL(({ origin }) => origin === issuer.address)
      await page.locator('a[href$="/abort"]').click()
      await page.getByRole('heading', { name: '没有完成授权' }).waitFor()
      await page.getByRole('link', { name: '返回登录页' }).click()
      await page.locator('.provider-button').waitFor()
    }
    await page.getByText(/还需等待 14 分 \d+ 秒/).waitFor()
    assert.equal(await page.locator('.provider-button').isDisabled(), true)
    await clumsy.context.close()
  })

  test('nothing went wrong on the way that the browser would have to say', () => {
    const expected = /401|403/
    for (const { complaints } of [head, person]) {
      assert.deepEqual(
        complaints.filter((text) => !expected.test(text) && !text.includes('ERR_FAILED')),
        [],
      )
    }
  })
})
