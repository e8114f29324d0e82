import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isDomainError } from '@dulian/event-sourcing'
import { strToU8, zipSync } from 'fflate'
import { hucreSpreadsheets } from './hucre-spreadsheets.ts'
import { readTableFileApart } from './read-table-apart.ts'
import { readTableFile } from './read-table-file.ts'
import { MOST_ROWS } from './spreadsheet.ts'

async function tableOf(rows: number): Promise<Uint8Array> {
  const headers = ['学校标识码', '学校名称', '办学类型', '学段', '办学性质', '责任区', '地址', '在校生数']
  return await hucreSpreadsheets.write([
    {
      name: '学校',
      columns: headers.map((header) => ({ header })),
      rows: Array.from({ length: rows }, (_, n) => [
        ...[String(3_150_000_000 + n), `示例第${n}小学`, '学校', '小学', '公办', '城区责任区', '示例路', n],
      ]),
    },
    { name: '说明', columns: [{ header: '列' }], rows: [] },
  ])
}

test('[R1] a table of ten thousand rows is read as before, and the event loop is free meanwhile', async (t) => {
  const bytes = await tableOf(10_000)
  const before = bytes.slice()
  let longest = 0
  let last = performance.now()
  const beat = setInterval(() => {
    longest = Math.max(longest, performance.now() - last)
    last = performance.now()
  }, 1)
  const sheets = await readTableFileApart(bytes, '名单.xlsx')
  clearInterval(beat)
  t.diagnostic(`longest time in which nothing else ran: ${Math.round(longest)} ms`)
  const began = performance.now()
  assert.deepEqual(sheets, await readTableFile(bytes, '名单.xlsx'))
  // Compared with the reading itself and not with a figure: the machine may be busy.
  assert.ok(longest < (performance.now() - began) / 2, `${longest} ms`)
  assert.deepEqual(bytes, before, 'the bytes stay with whoever gave them')
})

test('[R1] what the reading refuses arrives as it was refused, limits included', async () => {
  const refusals: readonly (readonly [string, Uint8Array])[] = [
    ['SPREADSHEET_EMPTY', new Uint8Array()],
    ['SPREADSHEET_OLD_FORMAT', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0])],
    ['SPREADSHEET_UNREADABLE', zipSync({ 'note.txt': strToU8('x') })],
    ['SPREADSHEET_TOO_LARGE', zipSync({ '[Content_Types].xml': new Uint8Array(201_000_000) })],
    ['SPREADSHEET_TOO_LARGE', strToU8('1\n'.repeat(MOST_ROWS + 1))],
  ]
  await Promise.all(
    refusals.map(async ([code, bytes]) => {
      const plain = await readTableFile(bytes, '名单.xlsx').catch((error: unknown) => error)
      await assert.rejects(readTableFileApart(bytes, '名单.xlsx'), (error: unknown) => {
        assert.ok(isDomainError(error, code) && isDomainError(plain, code), String(error))
        assert.deepEqual([error.kind, error.detail, error.details], [plain.kind, plain.detail, plain.details])
        return true
      })
    }),
  )
  const all = await readTableFileApart(strToU8('1\n'.repeat(MOST_ROWS)), '名单.csv')
  assert.equal(all[0]?.rows.length, MOST_ROWS)
})

test('[R1] a reader that dies, grows or hangs is answered with an error, and the next table is read', async () => {
  const reader = new URL('./testing/dying-reader.ts', import.meta.url)
  const bytes = strToU8('1\n')
  const lost = [
    ['exits', 'SPREADSHEET_READER_LOST'],
    ['throws', 'SPREADSHEET_READER_LOST'],
    ['hangs', 'SPREADSHEET_TOO_LARGE'],
  ] as const
  await Promise.all(
    lost.map(([name, code]) =>
      assert.rejects(readTableFileApart(bytes, name, { reader, longest: 3_000 }), (error: unknown) =>
        isDomainError(error, code),
      ),
    ),
  )
  await assert.rejects(readTableFileApart(bytes, 'grows', { reader, heap: 64 }), (error: unknown) =>
    isDomainError(error, 'SPREADSHEET_TOO_LARGE'),
  )
  assert.equal((await readTableFileApart(bytes, '名单.csv')).length, 1)
})
