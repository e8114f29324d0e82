import type { ErrorCatalogue } from '@dulian/event-sourcing'
import { errorsOf } from '@dulian/event-sourcing'

/** What can be wrong with a table that somebody hands in. Listed in docs/ERRORS.md. */
export const errorCatalogue = {
  SPREADSHEET_OLD_FORMAT: {
    kind: 'invalid',
    title: '旧版 Excel 文件',
    detail:
      '“{name}”是旧版 Excel（.xls）或加了密码的文件，无法读取。请在 Excel 中去掉密码，另存为“Excel 工作簿（.xlsx）”后重新上传。',
  },
  SPREADSHEET_UNREADABLE: {
    kind: 'invalid',
    title: '不是可读的表格',
    detail: '“{name}”不是 Excel 工作簿（.xlsx）或 CSV 表格，或者文件已损坏。请用下载的模板填写后重新上传。',
  },
  SPREADSHEET_TOO_LARGE: {
    kind: 'too-large',
    title: '表格过大',
    detail: '“{name}”超出可读取的大小（最多 {rows} 行、展开后 {megabytes} MB）。请拆分成几个文件分别导入。',
  },
  SPREADSHEET_EMPTY: {
    kind: 'invalid',
    title: '表格是空的',
    detail: '“{name}”里没有任何内容。请填写后重新上传。',
  },
  SPREADSHEET_READER_LOST: {
    kind: 'unavailable',
    title: '表格没有读完',
    detail: '读取“{name}”时中断，没有保存任何内容。请稍后重试；多次不行的，请把内容复制到新下载的模板中再上传。',
  },
} as const satisfies ErrorCatalogue

export const spreadsheetError = errorsOf(errorCatalogue)
