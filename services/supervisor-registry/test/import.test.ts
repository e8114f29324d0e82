import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { permissions, roles } from '@dulian/contracts'
import { testAuthorization, testIdentity } from '@dulian/http-kit/testing'
import { ok, refusedWith, startTestHost, type TestHost, type TestPerson } from '@dulian/service-host/testing'
import { hucreSpreadsheets, readTableFile } from '@dulian/spreadsheets'
import { registryService } from '../src/service.ts'

const url = '/api/supervisor-registry'
let host: TestHost
let head: TestPerson
let elsewhere: TestPerson

before(async () => {
  host = await startTestHost({
    services: [registryService],
    access: { permissions, roles },
    now: '2026-03-02T01:00:00Z',
  })
  head = host.as({ roles: ['office-head'], subject: 'head' })
  elsewhere = host.as({ roles: ['office-head'], subject: 'other', office: 'qijiang' })
  for (const name of ['城区责任区', '山区责任区']) ok(await head.post(`${url}/zones`, { name }), 201)
})
after(() => host.dispose())

type Cell = string | number | null
const schoolHeaders = ['学校标识码', '学校名称', '办学类型', '学段', '办学性质', '责任区', '地址', '在校生数']
const personHeaders = ['姓名', '类别', '专兼职', '所在单位', '专业领域', '联系电话']
const termHeaders = ['任期开始', '任期结束', '聘任决定机关', '决定日期']

async function workbook(headers: readonly string[], rows: readonly (readonly Cell[])[]): Promise<Uint8Array> {
  return await hucreSpreadsheets.write([{ name: '名单', columns: headers.map((header) => ({ header })), rows }])
}

function school(code: string, more: { readonly name?: string; readonly zone?: string; readonly pupils?: Cell } = {}) {
  return [code, more.name ?? `示例学校${code}`, '学校', '小学', '公办', more.zone ?? null, null, more.pupils ?? 320]
}

const check = (kind: string, content: Uint8Array, who = head, name = '名单.xlsx') =>
  who.upload(`${url}/imports/${kind}/check`, { name, content })

/** Starts an import and waits until it is over. */
async function run(kind: string, content: Uint8Array, who = head) {
  const started = ok(await who.upload(`${url}/imports/${kind}`, { name: '名单.xlsx', content }), 201)
  return await over(started.body.id, who)
}

async function over(id: string, who = head) {
  for (;;) {
    const { body } = ok(await who.get(`${url}/imports/jobs/${id}`))
    if (body.state !== 'running') {
      await host.settle()
      return body
    }
    await nextTurn()
  }
}

const counts = ({ created, changed, unchanged, refused }: Record<string, number>) => [
  created,
  changed,
  unchanged,
  refused,
]
const places = (problems: readonly { row: number; column: string | null; code: string }[]) =>
  problems.map(({ row, column, code }) => [row, column, code])

async function schoolBy(code: string, who = head) {
  await host.settle()
  const { body } = await who.get(`${url}/schools?q=${code}`)
  return body.items[0]
}

test('[R1] the template of schools offers the office’s own zones and is read back as a table', async () => {
  const { status, headers, bytes } = await head.download(`${url}/imports/schools/template`)
  assert.equal(status, 200)
  assert.match(String(headers['content-disposition']), /xlsx/)
  const [table, words] = await readTableFile(bytes, '模板.xlsx')
  assert.deepEqual(
    table?.rows
      .at(-1)
      ?.slice(0, 8)
      .map(({ text }) => text),
    schoolHeaders,
  )
  const zones = words?.rows.find(([column]) => column?.text === '责任区')?.at(-1)?.text
  assert.equal(zones, '城区责任区、山区责任区')
  const foreign = await elsewhere.download(`${url}/imports/schools/template`)
  assert.ok(!JSON.stringify(await readTableFile(foreign.bytes, '模板.xlsx')).includes('城区责任区'))
  refusedWith(await check('schools', bytes), 422, 'IMPORT_NO_ROWS')
})

test('[R1] a preview stores nothing; the import registers each row once, and the same file again changes nothing', async () => {
  const file = await workbook(schoolHeaders, [school('6150000001', { zone: '城区责任区' }), school('6150000002')])
  const preview = ok(await check('schools', file)).body
  assert.deepEqual([preview.rows, ...counts(preview)], [2, 2, 0, 0, 0])
  assert.deepEqual(preview.lines[0].title, '示例学校6150000001')
  assert.equal(await schoolBy('6150000001'), undefined)
  const result = await run('schools', file)
  assert.deepEqual([result.state, result.done, ...counts(result)], ['finished', 2, 2, 0, 0, 0])
  const stored = await schoolBy('6150000001')
  assert.deepEqual([stored.zoneName, stored.enrolment, stored.version], ['城区责任区', 320, 1])
  assert.deepEqual(counts(ok(await check('schools', file)).body), [0, 0, 2, 0])
  const again = await run('schools', file)
  assert.deepEqual([again.state, ...counts(again)], ['finished', 0, 0, 2, 0])
  assert.equal((await schoolBy('6150000001')).version, 1)
  assert.equal(await schoolBy('6150000001', elsewhere), undefined)
})

test('[R1] a row that says something else of a registered school corrects it, and the preview says what', async () => {
  await run('schools', await workbook(schoolHeaders, [school('6150000011', { zone: '城区责任区' })]))
  const changed = await workbook(
    [...schoolHeaders, '学生数截至日期'],
    [[...school('6150000011', { name: '示例改名小学', zone: '山区责任区', pupils: 402 }), '2026年2月28日']],
  )
  const preview = ok(await check('schools', changed)).body
  assert.deepEqual(preview.lines[0].changes, [
    '学校名称：示例学校6150000011 → 示例改名小学',
    '责任区：城区责任区 → 山区责任区',
    '在校生数：320 → 402',
  ])
  assert.deepEqual(counts(await run('schools', changed)), [0, 1, 0, 0])
  const { name, zoneName, enrolment, enrolmentAsOf, version } = await schoolBy('6150000011')
  assert.deepEqual(
    [name, zoneName, enrolment, enrolmentAsOf, version],
    ['示例改名小学', '山区责任区', 402, '2026-02-28', 3],
  )
  assert.deepEqual(counts(await run('schools', changed)), [0, 0, 1, 0])
})

test('[R1] what is wrong stands at its cell with what to do, and the other rows go in', async () => {
  const rows: Cell[][] = [
    school('6150000021'),
    school('12'),
    school('6150000021', { name: '重复的学校' }),
    school('6150000023', { zone: '没有的责任区' }),
    school('6150000024', { pupils: '三百' }),
    ['6150000025', null, '学校', '大学', '公办', null, null, -1],
  ]
  const file = await workbook(
    [...schoolHeaders, '校长'],
    rows.map((row) => [...row, '示例校长']),
  )
  const preview = ok(await check('schools', file)).body
  assert.deepEqual(preview.ignored, ['校长'])
  assert.deepEqual(places(preview.problems), [
    [3, '学校标识码', 'CELL_MALFORMED'],
    [4, '学校标识码', 'ROW_REPEATED'],
    [5, '责任区', 'ZONE_UNKNOWN'],
    [6, '在校生数', 'CELL_NOT_A_COUNT'],
    [7, '学校名称', 'CELL_MISSING'],
    [7, '学段', 'CELL_NOT_ONE_OF'],
    [7, '在校生数', 'CELL_NOT_A_COUNT'],
  ])
  assert.ok(preview.problems.every(({ advice }: { advice: string }) => /请/.test(advice) || /只留/.test(advice)))
  assert.match(preview.problems[1].reason, /第 2 行/)
  const result = await run('schools', file)
  assert.deepEqual([counts(result), places(result.problems)], [[1, 0, 0, 5], places(preview.problems)])
})

test('[R1] the file of errors holds the refused rows with their reasons; corrected, it is imported itself', async () => {
  const file = await workbook(schoolHeaders, [school('6150000031'), school('6150000032', { zone: '没有的责任区' })])
  const answer = await host.app.inject({
    method: 'POST',
    url: `${url}/imports/schools/errors`,
    headers: {
      authorization: testAuthorization(testIdentity({ roles: ['office-head'] })),
      'content-type': 'application/json',
    },
    payload: { fileName: '名单.xlsx', content: Buffer.from(file).toString('base64') },
  })
  assert.equal(answer.statusCode, 200, answer.body)
  const [sheet] = await readTableFile(new Uint8Array(answer.rawPayload), '需改正.xlsx')
  const rows = sheet?.rows.map((row) => row.map(({ text }) => text)) ?? []
  assert.equal(rows.length, 4)
  assert.match(rows[3]?.[1] ?? '', /【责任区】不在可选项中。请从下拉列表中选择：城区责任区、山区责任区/)
  const mended = rows.slice(3).map((row) => row.map((text) => (text === '没有的责任区' ? '山区责任区' : text)))
  const again = await workbook(rows[2] ?? [], mended)
  assert.deepEqual(counts(await run('schools', again)), [1, 0, 0, 0])
  assert.equal((await schoolBy('6150000032')).zoneName, '山区责任区')
})

test('[R1] formulas are refused by place, wrong files in words that name the file', async () => {
  const text = new TextEncoder()
  const formula = text.encode(`${schoolHeaders.join()}\n6150000041,示例公式小学,学校,小学,公办,,,=300+20\n`)
  const { problems } = ok(await check('schools', formula)).body
  assert.deepEqual(places(problems), [[2, '在校生数', 'CELL_FORMULA']])
  assert.match(problems[0].advice, /选择性粘贴/)
  const old = Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0])
  refusedWith(await check('schools', old, head, '名单.xls'), 422, 'SPREADSHEET_OLD_FORMAT')
  refusedWith(await check('schools', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0])), 422, 'SPREADSHEET_UNREADABLE')
  refusedWith(await check('schools', text.encode('姓名,电话\n甲,1\n')), 422, 'IMPORT_COLUMNS_MISSING')
  refusedWith(
    await check('schools', text.encode(`${[...schoolHeaders, '地址'].join()}\n1\n`)),
    422,
    'IMPORT_COLUMN_TWICE',
  )
  refusedWith(await check('schools', new Uint8Array()), 422, 'SPREADSHEET_EMPTY')
  refusedWith(await head.post(`${url}/imports/schools/check`, { fileName: '名单.xlsx' }), 422, 'FILE_MISSING')
  refusedWith(await head.post(`${url}/imports/schools`, { fileName: '名单.xlsx' }), 422, 'FILE_MISSING')
})

test('[R16] the twenty-first school of a zone is refused within one file too, and taken with a reason', async () => {
  const office = host.as({ roles: ['office-staff'], office: 'chengkou' })
  ok(await office.post(`${url}/zones`, { name: '满员责任区' }), 201)
  await host.settle()
  const rows = Array.from({ length: 22 }, (_, place) => [
    ...school(`71500000${String(place).padStart(2, '0')}`, { zone: '满员责任区' }),
    place === 21 ? '新区划调整前暂列' : null,
  ])
  const file = await workbook([...schoolHeaders, '超出责任区学校数的理由'], rows)
  const preview = ok(await check('schools', file, office)).body
  assert.deepEqual(counts(preview), [21, 0, 0, 1])
  assert.deepEqual(places(preview.problems), [[22, '责任区', 'ZONE_FULL']])
  assert.deepEqual(counts(await run('schools', file, office)), [21, 0, 0, 1])
})

test('[R1] [R2] supervisors are registered and appointed with their certificates; the same file again changes nothing', async () => {
  const file = await workbook(
    [...personHeaders, ...termHeaders],
    [
      [
        '示例导入甲',
        '责任督学',
        '兼职',
        '示例一小',
        '小学教育',
        '138 0000 1001',
        '2025-09-01',
        null,
        '示例委员会',
        '2025-08-20',
      ],
      ['示例导入乙', '政府督学', '专职', '示例教委', '学前教育', 13800001002, null, null, null, null],
    ],
  )
  assert.deepEqual(counts(ok(await check('supervisors', file)).body), [2, 0, 0, 0])
  assert.deepEqual(counts(await run('supervisors', file)), [2, 0, 0, 0])
  const people = async () => {
    const { body } = await head.get(`${url}/supervisors?q=${encodeURIComponent('示例导入')}`)
    return body.items.map((one: Record<string, unknown>) => [
      one.name,
      one.status,
      one.termTo,
      one.phoneMasked,
      one.certificateState,
    ])
  }
  const both = [
    ['示例导入乙', 'registered', null, '138****1002', 'none'],
    ['示例导入甲', 'appointed', '2028-08-31', '138****1001', 'valid'],
  ]
  assert.deepEqual((await people()).toSorted(), both.toSorted())
  assert.deepEqual(counts(await run('supervisors', file)), [0, 0, 2, 0])
  assert.deepEqual((await people()).length, 2)
})

test('[R2] terms that are incomplete, no days or longer than the rule are refused at their cells', async () => {
  const person = (name: string, ...term: Cell[]) => [
    name,
    '责任督学',
    '兼职',
    '示例二小',
    '小学教育',
    '13800002001',
    ...term,
  ]
  const file = await workbook(
    [...personHeaders, ...termHeaders],
    [
      person('示例缺项', '2025-09-01', null, null, null),
      person('示例非日', '2025-02-30', null, '示例委员会', 'soon'),
      person('示例过长', '2025-09-01', '2029-08-31', '示例委员会', '2025-08-20'),
      person('示例倒置', '2025-09-01', '2025-08-31', '示例委员会', '2025-08-20'),
    ],
  )
  const { problems } = ok(await check('supervisors', file)).body
  assert.deepEqual(places(problems), [
    [2, '聘任决定机关', 'CELL_MISSING'],
    [2, '决定日期', 'CELL_MISSING'],
    [3, '任期开始', 'CELL_NOT_A_DAY'],
    [3, '决定日期', 'CELL_NOT_A_DAY'],
    [4, '任期结束', 'TERM_TOO_LONG'],
    [5, '任期结束', 'TERM_ENDS_BEFORE_START'],
  ])
})

test('[R1] somebody known by name and phone is not registered again; what differs is named, a namesake is pointed out', async () => {
  const person = (unit: string, phone: string) => ['示例同名', '责任督学', '兼职', unit, '小学教育', phone]
  await run('supervisors', await workbook(personHeaders, [person('示例三小', '13800003001')]))
  const file = await workbook(personHeaders, [
    person('示例四小', '+86 138-0000-3001'),
    person('示例三小', '13800003002'),
  ])
  const preview = ok(await check('supervisors', file)).body
  assert.deepEqual(places(preview.problems), [[2, '所在单位', 'SUPERVISOR_DIFFERS']])
  assert.match(preview.problems[0].reason, /示例三小/)
  assert.match(preview.lines[0].note, /同名/)
  assert.deepEqual(counts(await run('supervisors', file)), [1, 0, 0, 1])
})

test('[R1] a phone that cannot be taken is named by its place and shown masked', async () => {
  const row = ['示例电话', '责任督学', '兼职', '示例五小', '小学教育', '138 0000 4001（工作日）']
  const file = await workbook(personHeaders, [row])
  const { body } = ok(await check('supervisors', file))
  assert.deepEqual(places(body.problems), [[2, '联系电话', 'CELL_MALFORMED']])
  const started = ok(await head.upload(`${url}/imports/supervisors`, { name: '名单.xlsx', content: file }), 201)
  const job = await over(started.body.id)
  assert.deepEqual([job.refused, job.problems[0].value], [1, '138****4001'])
  assert.ok(!/0000.?4001/.test(JSON.stringify([body, job])))
})

test('[R1] an import is one at a time, can be stopped half-way, and the same file then brings the rest', async () => {
  const rows = Array.from({ length: 900 }, (_, place) => school(`815000${String(place).padStart(4, '0')}`))
  const content = await workbook(schoolHeaders, rows)
  const started = ok(await head.upload(`${url}/imports/schools`, { name: '名单.xlsx', content }), 201)
  const job = `${url}/imports/jobs/${started.body.id}`
  refusedWith(await head.upload(`${url}/imports/schools`, { name: '另一份.xlsx', content }), 409, 'IMPORT_UNDER_WAY')
  const { body: early } = ok(await head.get(job))
  assert.deepEqual([early.state, early.total], ['running', 900])
  ok(await head.post(`${job}/cancel`))
  const stopped = await over(started.body.id)
  assert.equal(stopped.state, 'cancelled')
  assert.ok(stopped.done < 900 && stopped.created === stopped.done, JSON.stringify(counts(stopped)))
  ok(await head.post(`${job}/cancel`))
  const rest = await run('schools', content)
  assert.deepEqual([rest.state, rest.created + stopped.created, rest.unchanged], ['finished', 900, stopped.created])
  const ended = ok(await head.upload(`${url}/imports/schools`, { name: '名单.xlsx', content }), 201)
  await over(ended.body.id)
  refusedWith(await head.post(`${url}/imports/jobs/${ended.body.id}/cancel`), 409, 'IMPORT_OVER')
})

test('another office sees nothing of an import, and who may not maintain the registry may not import', async () => {
  const content = await workbook(schoolHeaders, [school('6150000091')])
  const { id } = ok(await head.upload(`${url}/imports/schools`, { name: '名单.xlsx', content }), 201).body
  await over(id)
  for (const who of [elsewhere]) {
    refusedWith(await who.get(`${url}/imports/jobs/${id}`), 404, 'STREAM_NOT_FOUND')
    refusedWith(await who.post(`${url}/imports/jobs/${id}/cancel`), 404, 'STREAM_NOT_FOUND')
  }
  const principal = host.as({ roles: ['school-principal'], school: id })
  for (const path of ['schools/check', 'schools', 'supervisors/check', 'supervisors', 'schools/errors']) {
    refusedWith(
      await principal.upload(`${url}/imports/${path}`, { name: '名单.xlsx', content }),
      403,
      'PERMISSION_MISSING',
    )
  }
})

test('[R1] the imports of an office are listed newest first with who, what and how many, by kind, and for nobody else', async () => {
  const staff = host.as({ roles: ['office-staff'], subject: 'lister', name: '示例经办人', office: 'dadukou' })
  const list = async (asked = '', who = staff) => {
    await host.settle()
    return ok(await who.get(`${url}/imports/jobs${asked}`)).body
  }
  assert.deepEqual((await list()).items, [])
  host.clock.advance(60_000)
  await run('schools', await workbook(schoolHeaders, [school('6150000111'), school('12')]), staff)
  host.clock.advance(60_000)
  const person = ['示例名单督学', '责任督学', '兼职', '示例六小', '小学教育', '13800005001']
  await run('supervisors', await workbook(personHeaders, [person]), staff)
  const { items } = await list()
  assert.deepEqual(
    items.map(({ kind, fileName, rows, startedBy, state }: Record<string, unknown>) => [
      ...[kind, fileName, rows, startedBy, state],
    ]),
    [
      ['supervisors', '名单.xlsx', 1, '示例经办人', 'finished'],
      ['schools', '名单.xlsx', 2, '示例经办人', 'finished'],
    ],
  )
  assert.deepEqual(counts(items[1].counts), [1, 0, 0, 1])
  assert.ok(items[0].startedAt > items[1].startedAt && items[1].endedAt >= items[1].startedAt)
  assert.ok(!/13800005001|fileHash/.test(JSON.stringify(items)))
  assert.deepEqual((await list('?kind=schools')).items, [items[1]])
  const first = await list('?limit=1')
  assert.deepEqual(first.items, [items[0]])
  const rest = await list(`?limit=1&cursor=${encodeURIComponent(first.nextCursor)}`)
  assert.deepEqual(rest.items, [items[1]])
  assert.ok(!JSON.stringify((await list('?limit=200', head)).items).includes(items[0].importId))
  refusedWith(await staff.get(`${url}/imports/jobs?kind=teachers`), 400, 'INPUT_INVALID')
  refusedWith(
    await host.as({ roles: ['school-principal'], school: items[0].importId }).get(`${url}/imports/jobs`),
    403,
    'PERMISSION_MISSING',
  )
})
