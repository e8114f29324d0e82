import { formatChineseDate } from '@dulian/calendar'
import type { OfficialLetter } from '@dulian/official-documents'
import type { UrgingNoticeIssued } from './events.ts'

export type NoticeToWrite = Pick<
  UrgingNoticeIssued,
  | 'schoolName'
  | 'title'
  | 'problemNumber'
  | 'decisionNumber'
  | 'levelName'
  | 'text'
  | 'consequence'
  | 'formerDueOn'
  | 'newDueOn'
  | 'workingDaysOverdue'
  | 'body'
> & { readonly documentNumber: string | null; readonly issuedOn: string | null }

/** 督办通知 as a letter: the original it refers to, the days overdue, the new limit, the consequence. */
export function noticeLetter(notice: NoticeToWrite, officeName: string): OfficialLetter {
  const { problemNumber, title, decisionNumber, formerDueOn, newDueOn, workingDaysOverdue } = notice
  const reference = decisionNumber === null ? '整改决定' : `《整改决定》（${decisionNumber}）`
  return {
    issuer: officeName,
    documentNumber: notice.documentNumber,
    title: '关于限期完成整改的督办通知',
    recipients: [notice.schoolName],
    paragraphs: [
      { level: 1, text: '督办事项' },
      { level: 0, text: `${reference}所列问题“${title}”（${problemNumber}）。` },
      { level: 1, text: '逾期情况' },
      { level: 0, text: `原定期限为${formatChineseDate(formerDueOn)}，已逾期${workingDaysOverdue}个工作日。` },
      { level: 1, text: '督办要求' },
      { level: 0, text: `督办级别：${notice.levelName}。${notice.text}` },
      { level: 0, text: `请于${formatChineseDate(newDueOn)}前完成整改，提交整改报告和印证材料。` },
      ...(notice.consequence === ''
        ? []
        : [
            { level: 1 as const, text: '后果' },
            { level: 0 as const, text: notice.consequence },
          ]),
    ],
    signatory: officeName,
    date: notice.issuedOn,
    copies: notice.body === null ? [] : [notice.body],
  }
}
