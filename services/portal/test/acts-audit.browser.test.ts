import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { findChromium, launchChromium, noChromium } from '../../../tools/test/chromium.ts'
import { callerOf, type DemoSite, openDemoSite } from './demo-site.ts'
import { assertNoComplaints, choose, type DeskPerson, menuEntry, openMenu, settled, signIn } from './desk-person.ts'

describe('what is taken out is on record, reading nothing but the screen and the file', {
  skip: findChromium() ? false : noChromium,
  concurrency: false,
}, () => {
  let browser: Browser
  let site: DemoSite
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

  test('an exported list carries who took it and when, and the number under which it is on record', async () => {
    const { page } = head
    await openMenu(page, '学校')
    const shown = await page.locator('main tbody tr.ant-table-row').count()
    const caller = await callerOf(site, 'qijiang-office-head')
    const { items } = await caller.get<{ items: unknown[] }>('/api/supervisor-registry/schools?limit=200')
    assert.ok(items.length > shown, 'the list goes on after what is on screen')
    const saving = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出' }).click()
    const file = await saving
    assert.match(file.suggestedFilename(), /^学校.*\.csv$/)
    const lines: readonly string[] = (await readFile(await file.path(), 'utf8')).trim().split('\r\n')
    const mark = /^.*教育督导室　导出人：(.+)　导出时间：\d+年\d+月\d+日 \d\d:\d\d　审计编号：(\d+)-[0-9a-f]{8}$/.exec(
      lines.at(-1) ?? '',
    )
    assert.ok(mark !== null, lines.at(-1) ?? '')
    assert.equal(lines.length, items.length + 3)

    await openMenu(page, '审计记录')
    const line = page.locator('main tbody tr.ant-table-row').filter({ hasText: '导出数据' }).first()
    await line.waitFor()
    const text = (await line.textContent()) ?? ''
    assert.ok(text.includes(mark[1] ?? '?') && text.includes(`${items.length} 行`), text)
    assert.ok(text.startsWith(Number(mark[2]).toLocaleString('zh-CN')), text)
  })

  test('the trail is narrowed by what was done, and tells of a refusal', async () => {
    const staff = await callerOf(site, 'qijiang-office-staff')
    await assert.rejects(staff.get('/api/audit/entries'), /403/)
    const { page } = head
    await page.reload()
    await settled(page)
    await choose(page, page.getByLabel('事项'), '访问被拒绝')
    await settled(page)
    const rows = page.locator('main tbody tr.ant-table-row')
    await rows.filter({ hasText: '查看“审计记录”中的内容' }).first().waitFor()
    assert.equal(await rows.filter({ hasText: '导出数据' }).count(), 0)
    assert.match(page.url(), /action=access-refused/)
  })

  test('who may not take data out has no button for it, and who may not read the trail no entry in the menu', async () => {
    const member = await signIn(browser, site, '责任督学')
    await openMenu(member.page, '学校')
    assert.equal(await member.page.getByRole('button', { name: '导出' }).count(), 0)
    assert.equal(await menuEntry(member.page, '审计记录').count(), 0)
    assertNoComplaints(head, '主任')
    assertNoComplaints(member, '责任督学')
  })
})
