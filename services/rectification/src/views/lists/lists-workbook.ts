import { formatChineseDate } from '@dulian/calendar'
import { hucreSpreadsheets, type SheetToWrite } from '@dulian/spreadsheets'
import { stageNames } from '../../problem/state.ts'
import type { ThreeLists } from './three-lists.ts'

const severityNames = { ordinary: '一般', serious: '较重', urgent: '紧急' } as const

/** The three lists as one workbook, a sheet each, with the watermark of the export below. */
export async function listsWorkbook(
  lists: ThreeLists,
  given: { readonly day: string; readonly officeName: string; readonly watermark: string },
): Promise<Uint8Array> {
  const day = formatChineseDate(given.day)
  const frame = (title: string, rows: SheetToWrite['rows']) => ({
    name: title,
    above: [`${given.officeName}${title}`, `截至${day}，共${rows.length}行`],
    below: [given.watermark, '内部资料，请妥善保管'],
    landscape: true,
    rows,
  })
  const date = (value: string | null): string => (value === null ? '' : formatChineseDate(value))
  return await hucreSpreadsheets.write([
    {
      ...frame(
        '问题清单',
        lists.problems.map((row, place) => [
          place + 1,
          row.zoneName,
          row.unit,
          row.item,
          row.number,
          row.title,
          row.description,
          severityNames[row.severity],
          `${row.sourceYear}年 ${row.sourceTitle}`,
          date(row.openedOn),
          stageNames[row.state],
        ]),
      ),
      columns: columnsOf(
        '序号',
        '责任区',
        '单位',
        '条目',
        '编号',
        '问题',
        '具体情况',
        '程度',
        '来源',
        '立案日期',
        '办理状态',
      ),
    },
    {
      ...frame(
        '任务清单',
        lists.tasks.map((row, place) => [
          place + 1,
          row.zoneName,
          row.unit,
          row.item,
          row.number,
          row.demand ?? '待下达整改决定',
          date(row.dueOn),
          row.documentNumber ?? '',
          row.workingDaysLeft,
          stageNames[row.state],
        ]),
      ),
      columns: columnsOf(
        '序号',
        '责任区',
        '单位',
        '条目',
        '编号',
        '整改要求',
        '整改期限',
        '文号',
        '剩余工作日',
        '办理状态',
      ),
    },
    {
      ...frame(
        '责任清单',
        lists.responsibilities.map((row, place) => [
          place + 1,
          row.zoneName,
          row.unit,
          row.body ?? '',
          row.supervisorName ?? '',
          row.items.map(({ item, problems }) => (problems === 1 ? item : `${item}（${problems}个）`)).join('；'),
          row.problems,
          row.open,
          row.overdue,
          row.cancelled,
        ]),
      ),
      columns: columnsOf(
        '序号',
        '责任区',
        '责任单位',
        '责任部门',
        '责任督学',
        '条目',
        '问题数',
        '未销号',
        '逾期',
        '已销号',
      ),
    },
  ])
}

const widths: Readonly<Record<string, number>> = { 问题: 30, 具体情况: 50, 整改要求: 50, 条目: 30, 来源: 30, 单位: 24 }

function columnsOf(...headers: readonly string[]): SheetToWrite['columns'] {
  return headers.map((header) => ({ header, width: widths[header] ?? 14 }))
}
