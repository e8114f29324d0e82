import type { ReadCell } from '@dulian/spreadsheets'

/** What is wrong with a cell or, without a column, with a whole row; and what to do about it. Chinese, for people. */
export interface CellProblem {
  /** As the spreadsheet counts: its first line is 1. */
  readonly row: number
  /** Header of the column; null when the row as a whole is at fault. */
  readonly column: string | null
  /** What the cell holds, cut to a length that can be shown. */
  readonly value: string
  /** `CELL_…`, `ROW_…`, or the code of the domain's own refusal. */
  readonly code: string
  readonly reason: string
  readonly advice: string
}

/** A problem of a value, before it is known where it stands. */
export type Fault = Pick<CellProblem, 'code' | 'reason' | 'advice'>

const LONGEST_SHOWN = 60

export function shown(text: string): string {
  return text.length <= LONGEST_SHOWN ? text : `${text.slice(0, LONGEST_SHOWN)}…`
}

export const faults = {
  formula: {
    code: 'CELL_FORMULA',
    reason: '单元格里是公式，不是内容',
    advice: '请选中这一列复制，再“选择性粘贴—数值”，然后重新上传。',
  },
  broken: {
    code: 'CELL_BROKEN',
    reason: '单元格显示为错误值',
    advice: '请改为正确的内容，或清空这个单元格。',
  },
  missing: { code: 'CELL_MISSING', reason: '必填，没有填写', advice: '请填写后重新上传。' },
  notText: { code: 'CELL_NOT_TEXT', reason: '应填写文字', advice: '请改为文字。' },
  tooLong: (longest: number): Fault => ({
    code: 'CELL_TOO_LONG',
    reason: `超过 ${longest} 个字`,
    advice: `请缩短到 ${longest} 个字以内。`,
  }),
  malformed: (form: string): Fault => ({
    code: 'CELL_MALFORMED',
    reason: '写法不符合要求',
    advice: `${form}。请核对后改正。`,
  }),
  digitsLost: {
    code: 'CELL_DIGITS_LOST',
    reason: '号码超过 15 位且以数字存放，末尾几位已被 Excel 改成 0',
    advice: '请把这一列设为“文本”格式，再重新填写完整号码。',
  },
  notOneOf: (choices: readonly string[]): Fault => ({
    code: 'CELL_NOT_ONE_OF',
    reason: '不在可选项中',
    advice: choices.length === 0 ? '本室还没有可选的内容，请先设立。' : `请从下拉列表中选择：${someOf(choices)}。`,
  }),
  notACount: (most: number): Fault => ({
    code: 'CELL_NOT_A_COUNT',
    reason: '应为整数',
    advice: `请填写 0 到 ${most} 之间的整数，不带单位。`,
  }),
  notADay: {
    code: 'CELL_NOT_A_DAY',
    reason: '不是日期',
    advice: '请填写 1949 年至 2149 年之间真实的日期，如 2026-09-01 或 2026年9月1日。',
  },
  dayToCome: (today: string): Fault => ({
    code: 'CELL_DAY_TO_COME',
    reason: `日期晚于今天（${today}）`,
    advice: '请填写已经过去的日期，或留空。',
  }),
  repeated: (row: number): Fault => ({
    code: 'ROW_REPEATED',
    reason: `与第 ${row} 行重复`,
    advice: '同一所学校或同一个人只留一行，删去多余的一行。',
  }),
  withTerm: {
    code: 'CELL_MISSING',
    reason: '填写了任期，这一项也必须填写',
    advice: '请把任期开始、聘任决定机关、决定日期填写完整；只登记入库、暂不聘任的，请都留空。',
  },
  differs: (known: string): Fault => ({
    code: 'SUPERVISOR_DIFFERS',
    reason: `此人已登记，登记的是“${known}”`,
    advice: '导入不改动已登记督学的信息。请改为与登记一致；登记有误的，请在督学页面办理。',
  }),
} as const

/** Why a cell cannot be read at all; undefined when it can. */
export function faultOfCell(cell: ReadCell): Fault | undefined {
  if (cell.kind === 'formula') return faults.formula
  if (cell.kind === 'error') return faults.broken
  return undefined
}

function someOf(choices: readonly string[]): string {
  return choices.length <= 12 ? choices.join('、') : `${choices.slice(0, 12).join('、')}等 ${choices.length} 项`
}
