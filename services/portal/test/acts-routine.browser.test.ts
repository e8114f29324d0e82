import assert from 'node:assert/strict'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { findChromium, launchChromium, noChromium } from '../../../tools/test/chromium.ts'
import { callerOf, type DemoSite, openDemoSite } from './demo-site.ts'
import {
  assertNoComplaints,
  chinaDay,
  type DeskPerson,
  dialog,
  leadElsewhere,
  openMenu,
  settled,
  signIn,
} from './desk-person.ts'
import { FieldPerson } from './field-person.ts'

const zoneWords = '本月城区学校自查认真，消防通道管理需要继续加强。'
const [year, month] = chinaDay().split('-').map(Number)
const monthWords = `${year}年${month}月`

describe('[I5] the four steps of routine supervision, on screen', {
  skip: findChromium() ? false : noChromium,
  concurrency: false,
}, () => {
  let browser: Browser
  let site: DemoSite
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
  })
  after(async () => {
    await browser?.close()
    await site?.stop()
  })

  test('[I4] [I5] a principal fills the self-check on the phone; what is left open is named, then it is handed in', async () => {
    const phone = await FieldPerson.signIn(browser, site, { office: '綦江区人民政府教育督导室', role: '校长/园长' })
    const { page } = phone
    await phone.tap(page.getByRole('link', { name: '任务' }))
    await phone.tap(page.getByRole('link', { name: new RegExp(`${monthWords}自查`) }))
    await page.locator('.item-card').first().waitFor()
    await phone.tap(page.getByRole('button', { name: '提交自查' }))
    await page.getByRole('alert').getByText('条没有选择').waitFor()
    await phone.tap(page.locator('.item-card').first().getByText('否', { exact: true }))
    await phone.write(page.locator('.item-card').first().getByLabel('情况（必填）'), '保安员请假一天，已补岗。')
    await phone.tap(page.getByRole('button', { name: '其余全部为“是”' }))
    await phone.write(page.getByLabel(/自查情况/), '校务会逐项自查。')
    assert.deepEqual([await phone.sidewaysBy(), await phone.smallTargets()], [0, []])
    await phone.tap(page.getByRole('button', { name: '提交自查' }))
    await page.getByText('已提交', { exact: true }).waitFor()
    assert.deepEqual([phone.complaints, phone.strayRequests], [[], []])
    await phone.context.close()
  })

  test('[I5] the school’s supervisor reads the self-check beside the visit', async () => {
    const { page } = await enter('责任督学')
    await openMenu(page, '学校自查')
    const principal = await callerOf(site, 'qijiang-school-principal')
    const { school } = await principal.get<{ school: string }>('/auth/me')
    const { name } = await principal.get<{ name: string }>(`/api/supervisor-registry/schools/${school}`)
    const row = page.locator('tbody tr').filter({ hasText: name }).filter({ hasText: '已提交' })
    await leadElsewhere(page, () => row.first().getByRole('link').first().click())
    await page.getByText('保安员请假一天，已补岗。').waitFor()
    await page.getByRole('columnheader', { name: '督学督查' }).waitFor()
    assert.equal(await page.getByRole('button', { name: '退回自查' }).count(), 0)
  })

  test('[I5] the head of the zone sums up, and must say why schools are missing', async () => {
    const { page } = await enter('责任区组长')
    await openMenu(page, '经常性督导')
    await leadElsewhere(page, () => page.getByRole('button', { name: '填写责任区汇总' }).click())
    await page.getByLabel('责任区情况').fill(zoneWords)
    await page.getByRole('button', { name: '提交责任区汇总' }).click()
    await page.getByText('请填写未完成的原因').first().waitFor()
    await page.getByLabel('未完成的原因').fill('个别学校下周补做。')
    await leadElsewhere(page, () => page.getByRole('button', { name: '提交责任区汇总' }).click())
    await page.getByText(zoneWords).waitFor()
  })

  test('[I5] the office draws the bulletin, says why zones are missing, issues it with a number, and takes the Word file', async () => {
    const { page, context } = await enter('督导室主任')
    await openMenu(page, '经常性督导')
    await page.getByRole('button', { name: '起草督导通报' }).click()
    await page.getByRole('button', { name: '起草督导通报' }).waitFor({ state: 'detached' })
    await leadElsewhere(page, () => page.getByRole('link', { name: /督导室通报/ }).click())
    const paper = page.getByRole('article', { name: '督导通报正文' })
    await paper.getByText(zoneWords).waitFor()
    await page.getByRole('button', { name: '印发通报' }).click()
    await dialog(page)
      .getByRole('button', { name: /^印\s?发$/ })
      .click()
    await dialog(page).getByText('没有提交').first().waitFor()
    await page.keyboard.press('Escape')
    await leadElsewhere(page, () => page.getByRole('button', { name: '修改通报' }).click())
    await page.getByLabel('未提交汇总的原因').fill('两个责任区正在补报。')
    await leadElsewhere(page, () => page.getByRole('button', { name: '保存通报' }).click())
    await page.getByRole('button', { name: '印发通报' }).click()
    await dialog(page)
      .getByRole('button', { name: /^印\s?发$/ })
      .click()
    await paper.getByText(/綦教督通〔\d{4}〕\d+号/).waitFor()
    await settled(page)
    await paper.getByText('两个责任区正在补报').waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: '下载公文文档' }).click(),
    ])
    const path = join(await mkdtemp(join(tmpdir(), 'dulian-letter-')), 'letter.docx')
    await file.saveAs(path)
    assert.match(file.suggestedFilename(), /经常性督导情况的通报\.docx$/)
    assert.equal((await readFile(path)).subarray(0, 2).toString(), 'PK')
    assert.equal(context.pages().length, 1)
  })

  test('[I9] the page of the three levels shows duties and numbers; a school sees itself alone', async () => {
    const head = everybody.at(-1)
    assert.ok(head)
    await openMenu(head.page, '三级督导')
    for (const level of ['县级', /^片区（[2-9]\d*）/, /^学校（\d{2,}）/]) {
      await head.page.getByRole('heading', { name: level }).first().waitFor()
    }
    const { page } = await enter('校长/园长')
    await openMenu(page, '三级督导')
    await page.getByRole('heading', { name: '学校（1）' }).waitFor()
    assert.equal(await page.getByRole('heading', { name: /^片区（/ }).count(), 0)
    await openMenu(page, '督导通报')
    await page.locator('tbody tr').filter({ hasText: '綦教督通' }).first().waitFor()
  })

  test('nobody’s browser complained', () => {
    for (const [place, person] of everybody.entries()) {
      // Refusals that were provoked, as the browser notes them.
      const complaints = person.complaints.filter((text) => !/status of 422/.test(text))
      assertNoComplaints({ ...person, complaints }, `person ${place + 1}`)
    }
  })
})
