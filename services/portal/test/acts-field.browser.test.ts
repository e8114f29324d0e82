import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { PLACE, photograph } from '@dulian/files/testing'
import type { Browser, Locator, Page } from 'playwright-core'
import { findChromium, launchChromium, noChromium } from '../../../tools/test/chromium.ts'
import { type DemandedProblem, demand, demandProblem } from './demanded-problem.ts'
import { callerOf, type DemoSite, openDemoSite } from './demo-site.ts'
import { choose, dialog, openMenu, settled, signIn } from './desk-person.ts'
import { FieldPerson } from './field-person.ts'
import { latinWordsOn } from './screen-words.ts'

const OFFICE = 'chengkou'
const office = '城口县人民政府教育督导室'
const takenSomewhere = photograph({ width: 240, height: 160, turn: 1 })

describe('acts on the phone, reading nothing but the screen', {
  skip: findChromium() ? false : noChromium,
  concurrency: false,
}, () => {
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

  test('[I6] a visit scheduled at the desk is on the supervisor’s phone, with the checklist as it was then', async () => {
    const title = '开学检查清单（测试）'
    const head = await signIn(browser, site, '督导室主任', { office: '城口县' })
    const { page: desk } = head
    await openMenu(desk, '督查清单')
    await desk.getByRole('button', { name: '起草清单' }).click()
    await desk.waitForURL(/\/checklists\/new/)
    await desk.getByLabel('名称').fill(title)
    await itemAt(desk, 1).getByLabel('条目').fill('开学教材全部到位')
    await desk.getByRole('button', { name: '保存为草稿' }).click()
    await desk.waitForURL(/\/checklists\/[0-9a-f-]{36}/)
    const checklist = desk.url()
    await publish(desk)
    await openMenu(desk, '进校督查')
    await desk.getByRole('button', { name: '安排督查' }).first().click()
    await desk.waitForURL(/\/visits\/new/)
    const supervisor = await callerOf(site, `${OFFICE}-school-supervisor`)
    const { name } = await supervisor.get<{ name: string }>('/auth/me')
    const mySchools = await supervisor.get<{ items: { name: string }[] }>('/api/inspections/my-schools')
    const school = mySchools.items[0]?.name ?? assert.fail('the supervisor on the card has no schools')
    await choose(desk, desk.getByLabel('学校', { exact: true }), school)
    await choose(desk, desk.getByLabel('督学', { exact: true }), name)
    await choose(desk, desk.getByLabel('督查清单'), title)
    await desk.getByRole('button', { name: '安排督查' }).click()
    await desk.waitForURL(/\/visits\/[0-9a-f-]{36}/)
    const visit = desk.url()
    await desk.goto(checklist)
    await settled(desk)
    await desk.getByRole('button', { name: '修订' }).click()
    await itemAt(dialog(desk), 1).getByLabel('条目').fill('开学教材和作业本全部到位')
    await dialog(desk).getByRole('button', { name: '加一条' }).click()
    await itemAt(dialog(desk), 2).getByLabel('条目').fill('开学第一课已开展')
    await dialog(desk).getByRole('button', { name: '保存修订稿' }).click()
    await publish(desk)
    await desk.getByText('第 2 版').waitFor()

    const phone = await FieldPerson.signIn(browser, site, { office, role: '责任督学' })
    const { page } = phone
    await phone.tap(page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '任务' }))
    const waiting = page.getByRole('heading', { name: /安排给我的督查（[1-9]\d*）/ })
    await waiting.waitFor()
    const before = Number(/\d+/.exec((await waiting.textContent()) ?? '')?.[0])
    const row = page.locator('.school-row').filter({ hasText: school }).filter({ hasText: title })
    await row.waitFor()
    await fits(phone)
    // From the list of schools it is the same visit, and not another one beside it.
    await phone.open('/')
    const mine = page.locator('.school-row').filter({ hasText: school })
    await mine.getByText(/^已安排/).waitFor()
    await fits(phone)
    await phone.tap(mine.getByRole('button', { name: '督查' }))
    await page.getByRole('heading', { name: '督学签字' }).waitFor()
    const items = page.locator('.item-card:has(fieldset)')
    assert.equal(await items.count(), 1)
    await items.getByRole('heading', { name: 'A01开学教材全部到位' }).waitFor()
    await fits(phone)
    await phone.tap(items.getByText('是', { exact: true }))
    await phone.sign(page.getByRole('img', { name: /督学签字/ }))
    const signer = page.locator('.item-card', { has: page.getByRole('heading', { name: '学校负责人签字' }) })
    await phone.write(signer.getByLabel('姓名'), '值班校长（演示）')
    await phone.sign(page.getByRole('img', { name: /学校负责人签字/ }))
    await phone.tap(page.getByRole('button', { name: '提交督查记录' }))
    await page.getByText('已提交', { exact: true }).waitFor()
    await phone.open('/tasks')
    await page.getByRole('heading', { name: `安排给我的督查（${before - 1}）` }).waitFor()
    if (before === 1) await page.getByText('没有安排给您的督查').waitFor()
    assert.equal(await row.count(), 0)

    await desk.goto(visit)
    await settled(desk)
    await desk.locator('.page-head').getByText('已提交').waitFor()
    await desk.getByRole('row').filter({ hasText: '开学教材全部到位' }).getByText('是', { exact: true }).waitFor()
    assert.equal(await desk.getByRole('button', { name: '取消督查' }).count(), 0)
    assert.deepEqual(phone.complaints, [])
    await phone.context.close()
    await head.context.close()
  })

  describe('[X1] a rectification reported from the phone', () => {
    let problem: DemandedProblem
    let principal: FieldPerson

    test('[X1] the principal reads the demand and reports it with a photograph, nothing left out', async () => {
      problem = await demandProblem(site, OFFICE)
      principal = await FieldPerson.signIn(browser, site, { office, role: '校长/园长' })
      const { page } = principal
      await openProblem(principal, '本校的问题', '等我办理')
      await page.locator('.field-facts').getByText(demand).waitFor()
      await fits(principal)
      await principal.tap(page.getByRole('button', { name: '提交整改报告' }))
      const submit = page.locator('.sheet-submit')
      await principal.tap(submit)
      const gaps = page.getByRole('alert')
      await gaps.getByText('请填写文字说明').waitFor()
      await gaps.getByText('请至少拍一张能说明情况的照片').waitFor()
      await fits(principal)
      await report(principal, '已安排专人夜间值守。', '值守.jpg')
      await reported(1)
      assert.equal(await tellsPlace(0), false, 'nobody has asked for the place to be kept')
    })

    test('[X1] the supervisor sends it back from the phone, not without a reason', async () => {
      const phone = await FieldPerson.signIn(browser, site, { office, role: problem.verifierRole })
      const { page } = phone
      await phone.tap(page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '问题' }))
      await openProblem(phone, '问题', '等我办理')
      await page.getByRole('img', { name: '值守.jpg' }).first().waitFor()
      await phone.tap(page.getByRole('button', { name: '退回重新整改' }))
      await phone.tap(page.locator('.sheet-submit'))
      await page.getByRole('alert').getByText('请填写文字说明').waitFor()
      await phone.write(page.getByLabel('哪里没有整改到位'), '照片看不出夜间有人在岗。')
      await fits(phone)
      await phone.tap(page.locator('.sheet-submit'))
      await page.getByText('已提交', { exact: true }).waitFor()
      assert.deepEqual(phone.complaints, [])
      await phone.context.close()
    })

    test('[X1] the principal finds the reason on the phone and reports again', async () => {
      const { page } = principal
      await principal.open('/problems')
      await openProblem(principal, '本校的问题', '等我办理')
      const facts = page.locator('.field-facts')
      await facts.getByText('退回意见').waitFor()
      await facts.getByText('照片看不出夜间有人在岗。').waitFor()
      await principal.tap(page.getByRole('button', { name: '提交整改报告' }))
      assert.equal(await page.getByRole('textbox').inputValue(), '', 'the former report is not offered again')
      await principal.tap(page.getByRole('checkbox', { name: /保留拍摄地点/ }))
      await report(principal, '已补拍夜间值守照片。', '夜间.jpg')
      await reported(2)
      assert.deepEqual([await tellsPlace(0), await tellsPlace(1)], [false, true])
      assert.deepEqual(principal.complaints, [])
      assert.deepEqual(principal.strayRequests, [])
      await principal.context.close()
    })

    async function openProblem(phone: FieldPerson, title: string, group: string): Promise<void> {
      const { page } = phone
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      const mine = page.locator('section', { has: page.getByRole('heading', { name: new RegExp(`^${group}`) }) })
      await phone.tap(mine.locator(`a[href*="${problem.problemId}"]`))
      await page.getByRole('heading', { level: 1, name: problem.number }).waitFor()
      await page.getByRole('heading', { name: '办理过程' }).waitFor()
    }

    async function report(phone: FieldPerson, text: string, photo: string): Promise<void> {
      const { page } = phone
      await phone.write(page.getByRole('textbox'), text)
      const chooser = page.waitForEvent('filechooser')
      await phone.tap(page.getByRole('button', { name: /拍照或选照片/ }))
      await (await chooser).setFiles({ name: photo, mimeType: 'image/jpeg', buffer: takenSomewhere })
      await page.getByRole('img', { name: photo }).waitFor()
      await phone.tap(page.locator('.sheet-submit'))
      await page.getByText('已提交', { exact: true }).waitFor()
      await phone.tap(page.getByRole('link', { name: '回到首页' }))
      const line = page.locator(`a[href*="${problem.problemId}"]`)
      await line.getByText('待核查').first().waitFor()
    }

    /** Whether the photograph of that report, as it is served, still says where it was taken. */
    async function tellsPlace(place: number): Promise<boolean> {
      const caller = await callerOf(site, `${OFFICE}-office-head`)
      const { reports } = await caller.get<{ reports: { evidence: { hash: string }[] }[] }>(
        `/api/rectification/problems/${problem.problemId}`,
      )
      const hash = reports[place]?.evidence[0]?.hash ?? assert.fail(`no report ${place}`)
      return (await caller.bytes(`/api/rectification/files/${hash}`)).includes(PLACE.latitude)
    }

    async function reported(times: number): Promise<void> {
      const caller = await callerOf(site, `${OFFICE}-office-head`)
      const { state, reports } = await caller.get<{ state: string; reports: { evidence: unknown[] }[] }>(
        `/api/rectification/problems/${problem.problemId}`,
      )
      assert.equal(state, 'reported')
      assert.deepEqual(
        reports.map(({ evidence }) => evidence.length),
        Array.from({ length: times }, () => 1),
      )
    }
  })
})

function itemAt(root: Page | Locator, place: number): Locator {
  return root.getByRole('group', { name: `第 ${place} 条` })
}

async function publish(page: Page): Promise<void> {
  await page.getByRole('button', { name: '发布清单' }).click()
  await dialog(page).getByRole('button', { name: '发布清单' }).click()
  await page.locator('.page-head').getByRole('button', { name: '发布清单' }).waitFor({ state: 'detached' })
}

/** The screen is no wider than the phone, a thumb hits everything, and every word is Chinese. */
async function fits(phone: FieldPerson): Promise<void> {
  assert.equal(await phone.sidewaysBy(), 0)
  assert.deepEqual(await phone.smallTargets(), [])
  assert.deepEqual(await latinWordsOn(phone.page), [])
}
