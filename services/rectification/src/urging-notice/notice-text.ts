import { type Calendar, formatChineseDate } from '@dulian/calendar'
import type { Problem } from '../problem/state.ts'

interface NoticeWords {
  readonly today: string
  readonly newDueOn: string
  readonly consequence: string
  readonly calendar: Calendar
}

/** What a 督办通知 says when nobody wrote something better: the reference, how late it is, the new limit, the consequence. */
export function noticeText(state: Problem, { today, newDueOn, consequence, calendar }: NoticeWords): string {
  if (!('demand' in state)) return ''
  const { facts, demand } = state
  const late = Math.max(0, calendar.workingDaysBetween(demand.dueOn, today))
  const overdue = late === 0 ? '现已逾期' : `截至${formatChineseDate(today)}已逾期${late}个工作日`
  return (
    `${facts.schoolName}：《整改决定》（${demand.documentNumber}）所列问题“${facts.title}”（${facts.number}）` +
    `应于${formatChineseDate(demand.dueOn)}前完成整改，${overdue}。` +
    `请于${formatChineseDate(newDueOn)}前完成整改并提交整改报告。${consequence}`
  )
}
