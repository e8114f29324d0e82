import { hucreSpreadsheets } from '@dulian/spreadsheets'
import type { ImportKind, JudgedRow } from './import-kind.ts'
import { written } from './template.ts'

/** The refused rows as they came, each with what is wrong with it; corrected in place, the file can be imported itself. */
export async function errorFile(kind: ImportKind, rows: readonly JudgedRow[]): Promise<Uint8Array> {
  const columns = Object.values(kind.columns()).map(written)
  return await hucreSpreadsheets.write([
    {
      name: kind.title,
      above: [
        `${kind.title}导入：需要改正的 ${rows.length} 行`,
        '请按“原因和办法”改正后，直接上传本文件；前两列导入时不读取。',
      ],
      columns: [
        { header: '原表行号', width: 10 },
        { header: '原因和办法', width: 70 },
        // A refused word must fit into its cell again: the drop-downs are the template's.
        ...columns.map(({ choices: _, ...column }) => ({ ...column, asText: true })),
      ],
      rows: rows.map(({ row, problems, texts }) => [row, problems.map(told).join('\n'), ...texts]),
      landscape: true,
    },
  ])
}

function told({ column, reason, advice }: JudgedRow['problems'][number]): string {
  return `${column === null ? '' : `【${column}】`}${reason}。${advice}`
}
