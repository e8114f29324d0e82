import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDomainError } from '@dulian/event-sourcing'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { writeXlsx } from 'hucre/xlsx'
import readExcelFile from 'read-excel-file/node'
import writeExcelFile from 'write-excel-file/node'
import { hucreSpreadsheets } from './hucre-spreadsheets.ts'
import { readTableFile } from './read-table-file.ts'
import type { SheetToWrite } from './spreadsheet.ts'

const schools: SheetToWrite = {
  name: '学校/名单',
  above: ['学校名单'],
  columns: [
    { header: '学校标识码', asText: true },
    { header: '学校名称' },
    { header: '学段', choices: ['小学', '初中'] },
    { header: '在校生数' },
  ],
  rows: [
    ['0315000001', '示例第一小学', '小学', 1240],
    ['3150000002', '=HYPERLINK("x")', '初中', null],
  ],
  below: ['示例主任 导出'],
}

test('what is written is read back, codes with their zeros, formulas as the texts they were', async () => {
  const [sheet] = await readTableFile(await hucreSpreadsheets.write([schools]), '学校.xlsx')
  assert.equal(sheet?.name, '学校 名单')
  assert.deepEqual(
    sheet?.rows.map((row) => row.map(({ text }) => text)),
    [
      ['学校名单', '', '', ''],
      ['学校标识码', '学校名称', '学段', '在校生数'],
      ['0315000001', '示例第一小学', '小学', '1240'],
      ['3150000002', '=HYPERLINK("x")', '初中', ''],
      ['示例主任 导出', '', '', ''],
    ],
  )
  assert.deepEqual(sheet?.rows[2]?.[3], { kind: 'number', text: '1240', number: 1240 })
  assert.equal(sheet?.rows[3]?.[1]?.kind, 'text')
})

test('an independent library reads what we write', async () => {
  const [sheet] = await readExcelFile(Buffer.from(await hucreSpreadsheets.write([schools])))
  assert.deepEqual(sheet?.data[2], ['0315000001', '示例第一小学', '小学', 1240])
})

test('we read what an independent library writes, its days as days', async () => {
  const bytes = await writeExcelFile([
    {
      sheet: '督学',
      data: [
        ['姓名', '任期开始'],
        ['示例督学甲', { value: new Date(Date.UTC(2026, 8, 1)), type: Date, format: 'yyyy-mm-dd' }],
      ],
    },
  ]).toBuffer()
  const [sheet] = await readTableFile(new Uint8Array(bytes), '督学.xlsx')
  assert.deepEqual(sheet?.rows[1], [
    { kind: 'text', text: '示例督学甲' },
    { kind: 'date', text: '2026-09-01' },
  ])
})

test('a formula is told apart and its remembered value is not taken', async () => {
  const bytes = await writeXlsx({
    sheets: [
      {
        name: '表',
        rows: [[7]],
        cells: new Map([['0,0', { type: 'formula', formula: '3+4', formulaResult: 7, value: 7 }]]),
      },
    ],
  })
  const [sheet] = await readTableFile(bytes, '表.xlsx')
  assert.deepEqual(sheet?.rows[0]?.[0], { kind: 'formula', text: '=3+4' })
  const [csv] = await readTableFile(strToU8('编号\n=1+1\n'), '表.csv')
  assert.equal(csv?.rows[1]?.[0]?.kind, 'formula')
})

test('a CSV table is read in UTF-8 and as Chinese Excel saves it', async () => {
  const [utf8] = await readTableFile(strToU8('\ufeff学校名称,在校生数\n"示例,小学",12\n\n'), '学校.csv')
  assert.deepEqual(
    utf8?.rows.map((row) => row.map(({ text }) => text)),
    [
      ['学校名称', '在校生数'],
      ['示例,小学', '12'],
    ],
  )
  const gb18030 = Uint8Array.from([0xd1, 0xa7, 0xd0, 0xa3, 0xc3, 0xfb, 0xb3, 0xc6, 0x0a, 0x31])
  const [gb] = await readTableFile(gb18030, '学校.csv')
  assert.equal(gb?.rows[0]?.[0]?.text, '学校名称')
})

test('what is no table is refused with what to do', async () => {
  const refused = async (bytes: Uint8Array, code: string): Promise<void> => {
    await assert.rejects(readTableFile(bytes, '名单.xlsx'), (error: unknown) => {
      assert.ok(isDomainError(error, code), String(error))
      return error.detail.includes('名单.xlsx')
    })
  }
  await refused(new Uint8Array(), 'SPREADSHEET_EMPTY')
  await refused(strToU8(' \n \n'), 'SPREADSHEET_EMPTY')
  await refused(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), 'SPREADSHEET_OLD_FORMAT')
  await refused(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]), 'SPREADSHEET_UNREADABLE')
  await refused(zipSync({ 'note.txt': strToU8('x') }), 'SPREADSHEET_UNREADABLE')
  await refused((await hucreSpreadsheets.write([schools])).subarray(0, 900), 'SPREADSHEET_UNREADABLE')
})

test('a small file that unpacks to hundreds of megabytes is refused before it does', async () => {
  const bomb = zipSync({ '[Content_Types].xml': new Uint8Array(201_000_000) })
  assert.ok(bomb.length < 1_000_000)
  await assert.rejects(readTableFile(bomb, '名单.xlsx'), (error: unknown) =>
    isDomainError(error, 'SPREADSHEET_TOO_LARGE'),
  )
})

test('more choices than Excel takes in a rule stand on a hidden sheet that is not read back', async () => {
  const choices = Array.from({ length: 60 }, (_, place) => `第${place + 1}督学责任区`)
  const bytes = await hucreSpreadsheets.write([{ name: '学校', columns: [{ header: '责任区', choices }], rows: [] }])
  const parts = unzipSync(bytes)
  const text = (part: string): string => new TextDecoder().decode(parts[part])
  assert.match(text('xl/worksheets/sheet1.xml'), /<formula1>'可选项'!\$A\$1:\$A\$60<\/formula1>/)
  assert.match(text('xl/workbook.xml'), /name="可选项"[^>]*state="hidden"/)
  const sheets = await readTableFile(bytes, '学校.xlsx')
  assert.deepEqual(
    sheets.map(({ name }) => name),
    ['学校'],
  )
})
