import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { findChromium, launchChromium, noChromium } from '../../../tools/test/chromium.ts'
import { callerOf, type DemoSite, openDemoSite } from './demo-site.ts'
import {
  assertNoComplaints,
  cardOf,
  chinaDay,
  chineseDay,
  type DeskPerson,
  dialog,
  fillDay,
  openMenu,
  openWindow,
  settled,
  signIn,
} from './desk-person.ts'
import { photograph } from './photograph.ts'
import { recordVisit, visitNote } from './record-visit.ts'
import { takePicture } from './take-picture.ts'

const plans = join(import.meta.dirname, '..', '..', 'office', 'fixtures', 'plans')
const OFFICE = 'qijiang'
const DEMAND = '配足专职保安员并公布值班表，十个工作日内报送印证材料。'

describe('the thread at the desk, without reading anything but the screen', {
  skip: findChromium() ? false : noChromium,
  concurrency: false,
}, () => {
  let browser: Browser
  let site: DemoSite
  let head: DeskPerson
  let staff: DeskPerson
  let watcher: DeskPerson
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

  test('the sign-in page has one card per role in each of the four offices', async () => {
    const visitor = await openWindow(browser, site)
    const { page } = visitor
    for (const office of ['永川区', '綦江区', '城口县', '大渡口区']) {
      await page.locator('.ant-segmented').getByText(office, { exact: true }).click()
      await page.getByRole('heading', { name: new RegExp(`^${office}`) }).waitFor()
      for (const role of [
        '督导室主任',
        '督导室工作人员',
        '责任区组长',
        '责任督学',
        '校长/园长',
        '成员单位联络员',
        '委员会成员',
        '系统管理员',
      ]) {
        assert.equal(await cardOf(page, role).count(), 1, `${office} ${role}`)
      }
    }
    await page.locator('.ant-segmented').getByText('綦江区', { exact: true }).click()
    assertNoComplaints(visitor, 'visitor')
    await visitor.context.close()
  })

  describe('[G5] [G4] [I1] a plan', () => {
    let planAddress: string

    test('[G5] [G4] is shown as it was understood before anything is stored: hierarchy, bodies, dates, quantities', async () => {
      head = await enter('督导室主任')
      const { page } = head
      await takePicture(page, 'workbench')
      await openMenu(page, '年度计划')
      await page
        .getByRole('link', { name: '导入计划' })
        .or(page.getByRole('button', { name: '导入计划' }))
        .first()
        .click()
      await page.locator('input[type=file]').setInputFiles(join(plans, 'dongli-hard-wrapped.txt'))
      await page.getByRole('heading', { name: '东篱区深化教育督导问责工作实施方案' }).waitFor()

      const rows = page.locator('.reading-row')
      assert.deepEqual(await rows.locator('.reading-marker').allTextContents(), [
        '一、',
        '（一）',
        '（二）',
        '（三）',
        '二、',
        '1．',
        '2．',
        '3．',
      ])
      const indent = async (marker: string): Promise<number> => {
        const text = row(page, marker).locator('.reading-marker')
        return (await text.boundingBox())?.x ?? 0
      }
      assert.ok((await indent('（一）')) > (await indent('一、')), 'a sub-item stands deeper than its parent')

      await rows.last().scrollIntoViewIfNeeded()
      await takePicture(page, 'plan-preview')
      const ledger = row(page, '1．')
      await ledger.locator('.found-chip', { hasText: '牵头区政府教育督导室' }).waitFor()
      await ledger.locator('.found-chip', { hasText: '配合区教委' }).waitFor()
      const limits = await row(page, '2．').locator('.found-chip').allTextContents()
      assert.ok(
        limits.some((text) => text.includes('不超过30日')),
        limits.join(' '),
      )
      const again = await row(page, '3．').locator('.found-chip').allTextContents()
      assert.ok(
        again.some((text) => text.includes('2027年1月1日 至 2027年12月31日')),
        again.join(' '),
      )
      assert.ok(
        again.some((text) => text.includes('不低于20%')),
        again.join(' '),
      )
    })

    test('[G5] one reading is corrected, the printed text staying beside it', async () => {
      const { page } = head
      await page.getByRole('button', { name: '导入，下一步校正' }).click()
      await page.waitForURL(/\/plans\/[0-9a-f-]{36}$/)
      await settled(page)
      planAddress = page.url()
      const second = row(page, '2．')
      await second.getByRole('button', { name: '校正' }).click()
      await second.getByLabel('单位名称').first().fill('区政府教育督导室')
      await second.getByLabel(/^校正说明/).fill('按分工方案落实到督导室')
      await second.getByRole('button', { name: '保存校正' }).click()
      await second.locator('.found-chip', { hasText: '区政府教育督导室' }).waitFor()
      await second.getByText('校正说明：按分工方案落实到督导室').waitFor()
      await second.getByText('一般问题整改期限不超过30日').first().waitFor()
    })

    test('[G5] who was slower sees both versions of an item and decides; nothing is overwritten unseen', async () => {
      staff = await enter('督导室工作人员')
      await staff.page.clock.install()
      await staff.page.goto(planAddress)
      await settled(staff.page)
      const theirs = row(staff.page, '3．')
      await theirs.getByRole('button', { name: '校正' }).click()
      await theirs.getByLabel(/^内容/).fill('工作人员改写的内容。')

      const mine = row(head.page, '3．')
      await mine.getByRole('button', { name: '校正' }).click()
      await mine.getByLabel(/^内容/).fill('主任先改好的内容。')
      await mine.getByRole('button', { name: '保存校正' }).click()
      await mine.getByText('主任先改好的内容。').first().waitFor()

      // Coming back to the window reads the page anew; what was begun there still rests on what was seen.
      await staff.page.clock.fastForward(10_000)
      const read = staff.page.waitForResponse((response) => /\/api\/office\/plans\/[0-9a-f-]+$/.test(response.url()))
      await staff.page.evaluate(`document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))`)
      await read
      await theirs.getByRole('button', { name: '保存校正' }).click()
      const clash = dialog(staff.page)
      await clash.getByText('这项内容刚刚被其他人修改过').waitFor()
      const content = clash.getByRole('row').filter({ has: staff.page.getByRole('rowheader', { name: '内容' }) })
      await content.getByText('主任先改好的内容。').waitFor()
      await content.getByText('工作人员改写的内容。').waitFor()
      await content.getByText(/开展“回头看”|对已销号问题/).waitFor()
      await clash.getByRole('button', { name: '在最新内容上提交我的修改' }).click()
      await theirs.getByText('工作人员改写的内容。').first().waitFor()
    })

    test('[G5] [G4] adopted, every item is a task with its lead, and the same file cannot be imported twice', async () => {
      const { page } = head
      await page.goto(planAddress)
      await settled(page)
      await page.getByRole('button', { name: '采纳计划' }).click()
      await dialog(page).getByRole('button', { name: '采纳计划' }).click()
      await page.getByRole('tab', { name: '任务分解' }).waitFor()
      const tree = page.getByRole('table')
      await tree.getByRole('link', { name: /2．/ }).waitFor()
      await tree.getByRole('row').filter({ hasText: '2．' }).getByText('区政府教育督导室').waitFor()
      await tree.getByRole('link', { name: /2．/ }).click()
      await page.waitForURL(/\/tasks\//)
      await settled(page)
      await page.getByText('落实整改期限').first().waitFor()

      await openMenu(page, '年度计划')
      await page.goto(`${site.address}/plans/import`)
      await page.locator('input[type=file]').setInputFiles(join(plans, 'dongli-hard-wrapped.txt'))
      await page.getByText('这份文件已经导入过').waitFor()
      assert.equal(await page.getByRole('button', { name: '导入，下一步校正' }).isDisabled(), true)
    })

    const samples = process.env.DULIAN_SAMPLES
    test('[G5] [G4] the published plan of 綦江 becomes tasks, each with a lead', {
      skip: samples === undefined ? 'DULIAN_SAMPLES names no folder with published plans' : false,
    }, async () => {
      const { page } = head
      const file = (await readdir(samples ?? '')).find((name) => /qijiang.*\.txt$/.test(name))
      assert.ok(file !== undefined, `no plan of 綦江 in ${samples}`)
      await page.goto(`${site.address}/plans/import`)
      await page.locator('input[type=file]').setInputFiles(join(samples ?? '', file))
      await page.locator('.reading-row').first().waitFor()
      assert.ok((await page.locator('.reading-row').count()) >= 15)
      await page.getByRole('button', { name: '导入，下一步校正' }).click()
      await page.waitForURL(/\/plans\/[0-9a-f-]{36}$/)
      await page.getByRole('button', { name: '采纳计划' }).click()
      await dialog(page).getByRole('button', { name: '采纳计划' }).click()
      await page.getByRole('tab', { name: '任务分解' }).waitFor()
      await page.locator('.plan-tree tbody tr a').first().waitFor()
      const leads = await page.locator('.plan-tree tbody tr:not(.is-section) td:nth-child(2)').allTextContents()
      assert.ok(leads.length >= 15, `${leads.length} tasks`)
      assert.equal(leads.filter((lead) => lead === '未定').length, 0, 'tasks without a lead')
    })
  })

  describe('[X1] [X3] [D3] a problem', () => {
    let number: string
    let address: string
    let before: number
    let title: string
    let school: string
    let verifierRole: string

    test('[D3] [X3] the wall board counts what the list holds', async () => {
      // What the phone sends; the recording itself is the other test's.
      const visit = await recordVisit(site, OFFICE)
      ;({ title, school, verifierRole } = visit)
      watcher = await enter('委员会成员')
      await openMenu(watcher.page, '挂图作战')
      await watcher.page.getByText('实时更新').waitFor()
      await watcher.page.evaluate('globalThis.boardOfTheTest = true')
      before = await openOnBoard(watcher.page)
      assert.equal(await watcher.page.locator('.board-cell').count(), before)
      assert.equal(await openInList(head.page), before)
    })

    test('[X1] the finding of a visit is confirmed and stands in 整改问责 at once; the board follows without reload', async () => {
      const { page } = head
      await openMenu(page, '待确认问题')
      const finding = page.locator('.finding-card').filter({ hasText: school }).filter({ hasText: visitNote }).first()
      assert.ok(title.length > 0)
      await finding.getByRole('button', { name: '确认为问题' }).click()
      await dialog(page).getByRole('button', { name: '确认为问题' }).click()
      await page.getByText('已确认，问题已立案').waitFor()
      await finding.waitFor({ state: 'detached' })

      await openMenu(page, '问题台账')
      const line = page
        .getByRole('row')
        .filter({ hasText: school })
        .filter({ hasText: '待下达整改决定' })
        .filter({ hasText: title })
      await line.first().waitFor()
      number = /.-\d{4}-\d{4}/.exec((await line.first().textContent()) ?? '')?.[0] ?? ''
      assert.notEqual(number, '')
      await line.first().getByRole('link').first().click()
      await page.waitForURL(/\/problems\/[0-9a-f-]{36}/)
      address = page.url()

      await watcher.page.locator('.board-cell', { hasText: number }).waitFor()
      assert.equal(await openOnBoard(watcher.page), before + 1)
      await takePicture(watcher.page, 'wall-board')
      assert.equal(await openInList(page), before + 1)
    })

    test('[X1] [X4] 下达整改决定: a demand and a date for the problem, none of them may be missing', async () => {
      const { page } = head
      await page.goto(address)
      await settled(page)
      await page.getByRole('button', { name: '下达整改决定' }).click()
      await page.waitForURL(/\/decisions\/new/)
      const submit = page.getByRole('button', { name: '下达整改决定' })
      await submit.click()
      await page.getByRole('alert').getByText('请填写整改要求').waitFor()
      await page.getByLabel('整改要求').fill(DEMAND)
      await fillDay(page.getByLabel('整改期限'), chinaDay(21))
      assert.match(page.url(), /\/decisions\/new/, 'Enter in the date takes the date and issues nothing')
      await page.locator('.paper-sticky').getByText(DEMAND).waitFor()
      await submit.click()
      await page.waitForURL(/\/decisions\/[0-9a-f-]{36}/)
      await page
        .getByText(/〔\d{4}〕/)
        .first()
        .waitFor()
    })

    test('[X1] the school sees its next step and nothing else, and reports with a photograph', async () => {
      const principal = await enter('校长/园长')
      const { page } = principal
      await page
        .getByRole('link', { name: new RegExp(title) })
        .first()
        .waitFor()
      await page.goto(address)
      await settled(page)
      await page.getByText(DEMAND).first().waitFor()
      assert.deepEqual(await page.locator('main .page-head button').allTextContents(), ['提交整改报告'])
      for (const foreign of ['下达整改决定', '批准延期', '核查通过', '退回重新整改', '批准销号', '发督办通知']) {
        assert.equal(await page.getByRole('button', { name: foreign }).count(), 0, foreign)
      }
      await page.getByRole('button', { name: '提交整改报告' }).click()
      const form = dialog(page)
      await form.getByRole('button', { name: '提交整改报告' }).click()
      await form.getByRole('alert').getByText('请至少上传一份能证明整改的照片或材料').waitFor()
      await form.getByLabel('整改情况').fill('已补聘专职保安员1名，值班表已在门卫室公布。')
      await form
        .locator('input[type=file]')
        .setInputFiles({ name: '整改后.png', mimeType: 'image/png', buffer: photograph(40) })
      await form.getByText('整改后.png').waitFor()
      await form.getByRole('button', { name: '移除' }).waitFor()
      await form.getByRole('button', { name: '提交整改报告' }).click()
      await page.getByText('整改报告已提交，等待核查').waitFor()
      await page.getByText('待核查').first().waitFor()
      assert.equal(await page.locator('main .page-head button').count(), 0, 'nothing is left to do for the school')
    })

    test('[X1] somebody else verifies on the spot', async () => {
      const verifier = await enter(verifierRole)
      const { page } = verifier
      await page
        .getByRole('link', { name: new RegExp(title) })
        .first()
        .waitFor()
      await page.goto(address)
      await settled(page)
      await page.getByRole('tab', { name: /整改报告/ }).click()
      await page.getByRole('img', { name: '整改后.png' }).first().waitFor()
      await page.getByRole('button', { name: '核查通过' }).click()
      const form = dialog(page)
      await form.getByLabel('核查情况').fill('到校查看，夜间有人在岗，值班登记完整。')
      await form
        .locator('input[type=file]')
        .setInputFiles({ name: '核查现场.png', mimeType: 'image/png', buffer: photograph(90) })
      await form.getByRole('button', { name: '移除' }).waitFor()
      await form.getByRole('button', { name: '核查通过' }).click()
      await page.getByText('核查已通过，等待批准销号').waitFor()
    })

    test('[X1] [X3] the director cancels it; one timeline tells every step, who and when; the board falls by one, live', async () => {
      const { page } = head
      await page.goto(address)
      await settled(page)
      await page.getByRole('button', { name: '批准销号' }).click()
      await dialog(page).getByLabel('销号意见').fill('经核查整改到位，同意销号。')
      await dialog(page).getByRole('button', { name: '批准销号' }).click()
      await page.getByText('问题已销号').waitFor()

      const timeline = page.getByRole('complementary', { name: '办理过程' })
      await timeline.getByText('同意销号').waitFor()
      const steps = await timeline.locator('.timeline-entry').allTextContents()
      const order = ['发现', '立案', '下达整改决定', '整改报告', '核查', '销号'].map((word) =>
        steps.findIndex((step) => step.includes(word)),
      )
      assert.ok(
        order.every((at) => at >= 0),
        `missing steps in ${steps.join(' | ')}`,
      )
      assert.deepEqual(
        order,
        order.toSorted((a, b) => a - b),
        steps.join(' | '),
      )
      for (const [index, step] of steps.entries()) {
        assert.match(step, /\d{4}年\d{1,2}月\d{1,2}日/, `step ${index} has no date`)
      }
      const people = await timeline.locator('.timeline-actor').allTextContents()
      assert.ok(new Set(people).size >= 3, people.join(' | '))
      assert.equal(await timeline.getByRole('img', { name: '整改后.png' }).count(), 1)
      assert.equal(await timeline.getByRole('img', { name: '核查现场.png' }).count(), 1)

      await takePicture(page, 'problem-timeline')
      await watcher.page.locator('.board-cell', { hasText: number }).waitFor({ state: 'detached' })
      assert.equal(await openOnBoard(watcher.page), before)
      assert.equal(await openInList(page), before)
      assert.equal(await watcher.page.evaluate('globalThis.boardOfTheTest'), true, 'the board was reloaded on the way')
    })

    test('[N10] the board of a past day shows what was known then', async () => {
      const day = chinaDay(-30)
      const { page } = watcher
      await fillDay(page.getByLabel('回看某一天'), day)
      await page.getByRole('heading', { name: `挂图作战（截至 ${chineseDay(day)} 当时所知）` }).waitFor()
      await page
        .getByRole('note')
        .getByText(`截至 ${chineseDay(day)} 当时所知`)
        .waitFor()
      const committee = await callerOf(site, `${OFFICE}-committee-member`)
      const then = await committee.get<{ totals: { open: number }; tiles: { number: string }[] }>(
        `/api/rectification/board?asOf=${day}`,
      )
      assert.equal(await openOnBoard(page), then.totals.open)
      assert.deepEqual(
        (await page.locator('.board-number').allTextContents()).toSorted(),
        then.tiles.map((tile) => tile.number).toSorted(),
      )
      assert.equal(await page.locator('.board-cell', { hasText: number }).count(), 0)
      await page.getByRole('button', { name: '回到现在' }).click()
      await page.getByRole('heading', { name: '挂图作战', exact: true }).waitFor()
      await page
        .locator('.tile', { hasText: '未销号' })
        .getByText(new RegExp(`^${before}个`))
        .waitFor()
    })
  })

  test('nobody’s browser complained, and nobody asked another host', () => {
    for (const person of everybody) {
      const expected = person.complaints.filter((text) => !/status of 412/.test(text))
      assertNoComplaints({ ...person, complaints: expected }, person.page.url())
    }
  })
})

function row(page: Page, marker: string) {
  return page
    .locator('.reading-row')
    .filter({ has: page.locator('.reading-marker').getByText(marker, { exact: true }) })
}

/** The number on the tile 未销号. */
async function openOnBoard(page: Page): Promise<number> {
  const tile = page.locator('.tile', { hasText: '未销号' }).locator('.tile-value')
  await tile.filter({ hasText: /\d/ }).waitFor()
  return Number.parseInt(((await tile.textContent()) ?? '').replaceAll(',', ''), 10)
}

/** Lines of the list of problems that are not cancelled. */
async function openInList(page: Page): Promise<number> {
  await openMenu(page, '问题台账')
  await page.waitForURL(/\/problems(\?.*)?$/)
  await page.getByText('全部显示').waitFor()
  return await page.locator('tbody tr.ant-table-row').filter({ hasNotText: '已销号' }).count()
}
