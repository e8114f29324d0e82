import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { findChromium, launchChromium, noChromium } from '../../../tools/test/chromium.ts'
import { callerOf, type DemoCaller, type DemoSite, openDemoSite } from './demo-site.ts'
import {
  assertNoComplaints,
  chinaDay,
  chineseDay,
  choose,
  type DeskPerson,
  dialog,
  openMenu,
  settled,
  signIn,
} from './desk-person.ts'
import { until } from './until.ts'

const OFFICE = 'qijiang'
const SUPERVISOR = '秦望舒（测试）'

interface School {
  readonly schoolId: string
  readonly name: string
  readonly supervisorId: string | null
  readonly large: boolean
}

describe('acts in the registry and on the system, reading nothing but the screen', {
  skip: findChromium() ? false : noChromium,
  concurrency: false,
}, () => {
  let browser: Browser
  let site: DemoSite
  let head: DeskPerson
  let staff: DeskPerson
  let caller: DemoCaller
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
    caller = await callerOf(site, `${OFFICE}-office-head`)
    head = await enter('督导室主任')
    staff = await enter('督导室工作人员')
  })
  after(async () => {
    await browser?.close()
    await site?.stop()
  })

  describe('[R6] [R16] the registry', () => {
    const school = '新建小学（测试）'
    let address: string
    let zoneId: string
    const register = (place: number) =>
      caller.post('/api/supervisor-registry/schools', {
        kind: 'school',
        stage: 'primary',
        ownership: 'public',
        enrolment: 100,
        zoneId,
        code: `9029001${String(place).padStart(2, '0')}`,
        name: `北片第${place}小学（测试）`,
      })
    const schools = async () =>
      (await caller.get<{ items: School[] }>('/api/supervisor-registry/schools?limit=200&status=open')).items

    test('[R16] a zone is set up once, its head named', async () => {
      const { page } = head
      await openMenu(page, '责任区')
      for (const again of [false, true]) {
        await page.getByRole('button', { name: '设立责任区' }).click()
        await dialog(page).getByLabel('名称').fill('北片责任区')
        await dialog(page).getByRole('button', { name: '设立责任区' }).click()
        if (again) await dialog(page).getByRole('alert').getByText('责任区名称已存在').waitFor()
        else await told(page, '责任区已设立')
      }
      await dialog(page).getByRole('button', { name: '取消' }).click()
      await dialog(page).waitFor({ state: 'hidden' })
      const line = page.getByRole('row').filter({ hasText: '北片责任区' })
      const { items } = await caller.get<{ items: { name: string }[] }>(
        '/api/supervisor-registry/supervisors?termState=running',
      )
      const { name } = items[0] ?? assert.fail('the office has no supervisors')
      await line.getByRole('button', { name: '确定组长' }).click()
      await choose(page, dialog(page).getByLabel('督学'), name)
      await dialog(page).getByRole('button', { name: '确定组长' }).click()
      await told(page, '组长已确定')
      await line.getByText(name).waitFor()
      const zones = await caller.get<{ items: { zoneId: string; name: string }[] }>('/api/supervisor-registry/zones')
      zoneId = zones.items.find((zone) => zone.name === '北片责任区')?.zoneId ?? assert.fail('no such zone')
    })

    test('[R1] a school is entered; a code that is wrong or taken is refused at its field', async () => {
      const { page } = head
      await openMenu(page, '学校')
      const taken = /\d{9,}/.exec((await page.locator('main tbody tr.ant-table-row').first().textContent()) ?? '')?.[0]
      assert.ok(taken !== undefined)
      await page.getByRole('button', { name: '登记学校' }).first().click()
      await page.waitForURL(/\/schools\/new/)
      const submit = page.getByRole('button', { name: '登记学校' })
      await submit.click()
      for (const missing of ['请填写学校标识码', '请填写学校名称', '请选择学段']) {
        await page.getByRole('alert').getByText(missing).first().waitFor()
      }
      await page.getByLabel('学校标识码').fill('12')
      await page.getByLabel('学校名称').fill(school)
      await choose(page, page.getByLabel('学段'), '小学')
      await choose(page, page.getByLabel(/^责任区（/), '北片责任区')
      await page.getByLabel('在校人数').fill('320')
      await submit.click()
      await page
        .getByRole('alert')
        .getByText(/6—20 位数字或大写字母/)
        .first()
        .waitFor()
      await page.getByLabel('学校标识码').fill(taken)
      await submit.click()
      await page.getByRole('alert').getByText('学校标识码已登记').first().waitFor()
      await page.getByLabel('学校标识码').fill('902900001')
      await submit.click()
      await page.waitForURL(/\/schools\/[0-9a-f-]{36}/)
      address = page.url()
      await settled(page)
      await page.getByText('这所学校还没有责任督学，请安排挂牌').waitFor()
    })

    test('[R1] [R2] a supervisor is entered and appointed', async () => {
      const { page } = head
      await openMenu(page, '督学')
      await page.getByRole('button', { name: '登记督学' }).first().click()
      await page.waitForURL(/\/supervisors\/new/)
      await page.getByRole('button', { name: '登记督学' }).click()
      await page.getByRole('alert').getByText('请填写姓名').first().waitFor()
      await page.getByLabel('姓名').fill(SUPERVISOR)
      await page.getByLabel('电话').fill('不详')
      await page.getByRole('button', { name: '登记督学' }).click()
      await page.getByRole('alert').getByText('电话应为数字').first().waitFor()
      await page.getByLabel('电话').fill('13900002468')
      await page.getByLabel('所在单位').fill('綦江区教师发展中心（演示）')
      await page.getByLabel('专长').fill('学校安全')
      await page.getByRole('button', { name: '登记督学' }).click()
      await page.waitForURL(/\/supervisors\/[0-9a-f-]{36}/)
      await settled(page)
      await page.getByText('139****2468').waitFor()
      await page.getByRole('button', { name: '聘任' }).click()
      await dialog(page).getByRole('button', { name: '聘任' }).click()
      await dialog(page).getByRole('alert').getByText('请填写决定机关').waitFor()
      await dialog(page).getByLabel('决定机关').fill('綦江区人民政府教育督导委员会')
      await dialog(page).getByRole('button', { name: '聘任' }).click()
      await told(page, '聘任已登记')
      await page.getByText('任期内').waitFor()
      await until('the certificate is numbered', async () => {
        await page.reload()
        await settled(page)
        return /督学证号\s*[^—\s]*\d/.test((await page.locator('main').textContent()) ?? '')
      })
    })

    test('[R6] the fifth school is taken; beyond 1∶5 it is refused, and taken with a reason that is kept', async () => {
      const { page } = head
      const supervisorId = /[0-9a-f-]{36}/.exec(page.url())?.[0]
      for (const place of [1, 2, 3, 4]) await register(place)
      const own = await until('four schools are entered', async () => {
        const found = (await schools()).filter(({ name }) => name.startsWith('北片第'))
        return found.length === 4 && found
      })
      for (const { schoolId } of own) {
        const posting = { supervisorId, from: chinaDay() }
        await caller.post(`/api/supervisor-registry/schools/${schoolId}/posting`, posting)
      }
      await page.goto(address)
      await settled(page)
      await post(page, '安排责任督学', SUPERVISOR)
      await told(page, '责任督学已安排')

      const sixth = (await schools()).find(
        (one) => one.supervisorId !== null && !one.large && one.name.includes('演示'),
      )
      await page.goto(`${site.address}/schools/${sixth?.schoolId}`)
      await settled(page)
      await post(page, '更换责任督学', SUPERVISOR)
      const refusal = dialog(page).getByRole('alert')
      await refusal.getByText('超出督学与学校配比').waitFor()
      await refusal
        .getByText(/名下已有 5 所学校，再承担这所将超出 1∶5 的配比/)
        .first()
        .waitFor()
      await dialog(page).getByLabel('超出比例的理由').fill('村小合并过渡期，期限一学期。')
      await dialog(page).getByRole('button', { name: '更换责任督学' }).click()
      await told(page, '责任督学已安排')
      const history = page.getByRole('complementary', { name: '变更记录' })
      await history
        .locator('.timeline-entry')
        .filter({ hasText: '超配比安排' })
        .getByText(/1∶5.*村小合并过渡期/)
        .waitFor()
      await page.getByRole('tab', { name: '挂牌情况' }).click()
      const postings = page.getByRole('tabpanel')
      await postings.getByText('至今').waitFor()
      await postings.getByText(new RegExp(`— ${chineseDay(chinaDay(-1))}`)).waitFor()
    })

    test('[R6] a large school needs a supervisor of its own', async () => {
      const { page } = head
      const large = (await schools()).find((one) => one.large)
      await page.goto(`${site.address}/schools/${large?.schoolId}`)
      await settled(page)
      await post(page, '更换责任督学', SUPERVISOR)
      await dialog(page)
        .getByRole('alert')
        .getByText(/将超出 1∶1 的配比/)
        .first()
        .waitFor()
      await dialog(page).getByRole('button', { name: '取消' }).click()
    })

    test('[R16] a zone takes twenty schools, and one more with a reason only', async () => {
      // With the new school and the four of its supervisor.
      for (let place = 5; place < 20; place += 1) await register(place)
      const { page } = head
      await page.goto(`${site.address}/schools/new`)
      await settled(page)
      await page.getByLabel('学校标识码').fill('902900002')
      await page.getByLabel('学校名称').fill('北片第二十一小学（测试）')
      await choose(page, page.getByLabel('学段'), '小学')
      await choose(page, page.getByLabel(/^责任区（/), '北片责任区')
      const submit = page.getByRole('button', { name: '登记学校' })
      await submit.click()
      await page
        .getByRole('alert')
        .getByText(/北片责任区已有 20 所学校/)
        .first()
        .waitFor()
      await page.getByLabel('超出责任区学校数的理由').fill('新区划调整前暂列。')
      await submit.click()
      await page.waitForURL(/\/schools\/[0-9a-f-]{36}/)
      await settled(page)
      await page.getByRole('complementary', { name: '变更记录' }).getByText('新区划调整前暂列。').waitFor()
    })

    test('[R1] who corrects a school second sees both versions and decides', async () => {
      for (const { page } of [head, staff]) {
        await page.goto(address)
        await settled(page)
        await page.getByRole('button', { name: '更正信息' }).click()
        await dialog(page).getByLabel('更正原因').fill('核对办学许可证。')
      }
      await dialog(staff.page).getByLabel('地址').fill('石桥镇学府路2号')
      await dialog(head.page).getByLabel('地址').fill('石桥镇学府路1号')
      await dialog(head.page).getByRole('button', { name: '更正信息' }).click()
      await told(head.page, '学校信息已更正')
      await dialog(staff.page).getByRole('button', { name: '更正信息' }).click()
      const clash = dialog(staff.page).filter({ hasText: '这项内容刚刚被其他人修改过' })
      const line = clash.getByRole('row').filter({ has: staff.page.getByRole('rowheader', { name: '地址' }) })
      await line.getByText('石桥镇学府路1号').waitFor()
      await line.getByText('石桥镇学府路2号').waitFor()
      await clash.getByRole('button', { name: '放弃我的修改，查看最新内容' }).click()
      await staff.page.locator('.facts, main').getByText('石桥镇学府路1号').first().waitFor()
      assert.equal(await staff.page.getByText('石桥镇学府路2号').count(), 0)
      assert.equal(await dialog(staff.page).count(), 0)
    })

    test('[R1] a table is looked at cell by cell, imported with its progress, and its wrong rows come back as a file', async () => {
      const { page } = staff
      await openMenu(page, '学校')
      await page.getByRole('button', { name: '批量导入' }).click()
      await page.waitForURL(/\/schools\/import/)
      await settled(page)
      const template = page.waitForEvent('download')
      await page.getByRole('button', { name: '下载模板' }).click()
      assert.equal((await template).suggestedFilename(), '学校导入模板.xlsx')

      const give = (name: string, text: string) =>
        page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })
      await give('名单.xls', '旧')
      await page.getByRole('alert').getByText('是旧版 Excel 文件').waitFor()
      await give('名单.csv', '姓名,电话\n甲,1\n')
      await page.getByRole('alert').getByText('没有找到这些列：学校标识码').waitFor()
      const header = '学校标识码,学校名称,办学类型,学段,办学性质,责任区,在校生数'
      const rows = Array.from(
        { length: 30 },
        (_, n) => `9029100${10 + n},石桥导入第${n + 1}小学（测试）,学校,小学,公办,,${200 + n}`,
      )
      const wrong = '902910099,石桥导入有误小学（测试）,学校,小学,公办,没有的责任区,=1+1'
      await give('名单.csv', [header, ...rows, wrong].join('\n'))
      const faults = page.getByRole('region', { name: '需要改正' })
      await faults.getByRole('row').filter({ hasText: '在校生数' }).getByText('单元格里是公式').waitFor()
      await page.getByRole('region', { name: '将要保存的内容' }).getByText('石桥导入第1小学').waitFor()
      const errors = page.waitForEvent('download')
      await page.getByRole('button', { name: '下载错误清单' }).click()
      assert.equal((await errors).suggestedFilename(), '需改正 名单.xlsx')

      await page.getByRole('button', { name: '导入可用的 30 行' }).click()
      await page.waitForURL(/job=/)
      await page.getByText('导入完成').waitFor()
      await page.getByText('31/31 行').waitFor()
      await page.reload()
      await settled(page)
      await page.getByText('导入完成').waitFor()
      await page.getByRole('button', { name: '查看学校' }).click()
      await page.getByPlaceholder('学校名称或标识码').fill('石桥导入第30小学')
      await page.getByRole('link', { name: '石桥导入第30小学（测试）' }).waitFor()

      await page.goto(`${site.address}/schools/import`)
      await settled(page)
      const past = page.getByRole('region', { name: '导入记录' }).getByRole('row').filter({ hasText: '名单.csv' })
      await past.filter({ hasText: '导入完成' }).filter({ hasText: '31' }).waitFor()
      await give('名单.csv', [header, ...rows].join('\n'))
      await page.getByText('没有需要保存的内容').waitFor()
      assert.ok(await page.getByRole('button', { name: '导入 0 行' }).isDisabled())
    })

    async function post(page: Page, label: string, supervisor: string): Promise<void> {
      await page.getByRole('button', { name: label }).click()
      await choose(page, dialog(page).getByLabel('督学'), supervisor)
      await dialog(page).getByRole('button', { name: label }).click()
    }
  })

  test('the operator rebuilds a view beside the live one, and the list is served all the while', async () => {
    const operator = await enter('系统管理员')
    const { page } = operator
    await openMenu(page, '运行状态')
    await page.getByText('整机就绪，可以正常使用').waitFor()
    await page.locator('.ant-segmented').getByText('整改问责', { exact: true }).click()
    const line = page.getByRole('row').filter({ has: page.getByRole('cell', { name: '问题台账', exact: true }) })
    const generation = async (): Promise<number> => Number((await line.getByRole('cell').nth(3).textContent()) ?? '')
    const before = await generation()
    const problems = async () =>
      (await caller.get<{ items: { number: string }[] }>('/api/rectification/problems?limit=200')).items.length
    const all = await problems()
    await line.getByRole('button', { name: '重建' }).click()
    await told(page, '已开始重建，原视图继续服务')
    await until('the next generation serves', async () => {
      assert.equal(await problems(), all, 'the list was not whole while the view was rebuilt')
      return (await generation()) === before + 1
    })
    await line.getByText('已是最新').waitFor()
    await line.getByRole('button', { name: '重建' }).waitFor()
    await page.getByText('没有停放的事件。').waitFor()
    await page.getByText('没有死信。').waitFor()
    await openMenu(head.page, '问题台账')
    await head.page.locator('main tbody tr.ant-table-row').first().waitFor()
  })

  test('clearing the demo asks first, and 保留 keeps everything', async () => {
    const { page } = everybody.at(-1) ?? head
    const banner = page.getByRole('complementary', { name: '演示数据' })
    await banner.getByRole('button', { name: '清除演示数据' }).click()
    await dialog(page).getByText('不能恢复').waitFor()
    await dialog(page).getByRole('button', { name: '保留' }).click()
    await dialog(page).waitFor({ state: 'hidden' })
    await banner.waitFor()
    const { items } = await caller.get<{ items: unknown[] }>('/api/supervisor-registry/schools?limit=50')
    assert.ok(items.length >= 14)
    assert.equal(await head.page.getByRole('button', { name: '清除演示数据' }).count(), 0, 'only the operator clears')
  })

  test('nobody’s browser complained, and nobody asked another host', () => {
    for (const person of everybody) {
      const expected = person.complaints.filter((text) => !/status of (400|409|412|422)/.test(text))
      assertNoComplaints({ ...person, complaints: expected }, person.page.url())
    }
  })
})

/** Waits for what is said at the top of the page once an act is done. */
async function told(page: Page, words: string): Promise<void> {
  await page.locator('.ant-message-notice').getByText(words).last().waitFor()
}
