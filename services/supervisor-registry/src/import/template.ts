import { type ColumnToWrite, hucreSpreadsheets } from '@dulian/spreadsheets'
import type { Column } from './column.ts'
import type { ImportKind } from './import-kind.ts'

/** The empty table of a kind with its drop-downs, and a sheet that says how it is filled in. */
export async function importTemplate(kind: ImportKind, zones: readonly string[]): Promise<Uint8Array> {
  const columns: Column<unknown>[] = Object.entries(kind.columns()).map(([key, column]) =>
    key === 'zone' && zones.length > 0 ? { ...column, choices: zones } : column,
  )
  return await hucreSpreadsheets.write([
    {
      name: kind.title,
      above: [
        `${kind.title}导入表`,
        '从表头的下一行起填写，一行一条；不要改动表头；单元格里不要用公式。各列说明见“填写说明”。',
      ],
      columns: columns.map(written),
      rows: [],
      landscape: true,
    },
    {
      name: '填写说明',
      columns: [
        { header: '列', width: 26 },
        { header: '是否必填', width: 10 },
        { header: '说明', width: 60 },
        { header: '可选项', width: 60 },
      ],
      rows: columns.map(({ header, isRequired, hint, choices }) => [
        header,
        isRequired ? '必填' : '选填',
        hint,
        choices === undefined ? '' : choices.join('、'),
      ]),
      landscape: true,
    },
  ])
}

export function written({ header, hint, width, asText, choices }: Column<unknown>): ColumnToWrite {
  return {
    header,
    hint,
    width: Math.max(width ?? 12, header.length * 2 + 2),
    ...(asText === undefined ? {} : { asText }),
    ...(choices === undefined ? {} : { choices }),
  }
}
