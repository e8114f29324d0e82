import { formatChineseDate } from '@dulian/calendar'
import type { OfficialLetter } from '@dulian/official-documents'
import type { DecisionIssued, FeedbackMeeting } from './events.ts'

/** A decision, issued or still being written: then demand and date may be missing. */
export interface DecisionToWrite extends Pick<DecisionIssued, 'form' | 'meeting' | 'note'> {
  readonly documentNumber: string | null
  readonly issuedOn: string | null
  readonly problems: readonly {
    readonly number: string
    readonly title: string
    readonly description: string
    readonly schoolName: string
    readonly body: string | null
    readonly demand: string | undefined
    readonly dueOn: string | undefined
  }[]
}

/** 整改决定 as a letter: every problem with its demand and its date. */
export function decisionLetter(decision: DecisionToWrite, officeName: string): OfficialLetter {
  const { problems, meeting, note, documentNumber, issuedOn } = decision
  const schools = [...new Set(problems.map(({ schoolName }) => schoolName))]
  const bodies = [...new Set(problems.flatMap(({ body }) => (body === null ? [] : [body])))]
  const many = schools.length > 1
  return {
    issuer: officeName,
    documentNumber,
    title: '关于限期整改督导发现问题的决定',
    recipients: schools,
    paragraphs: [
      { level: 0, text: `${openingOf(decision)}现下达整改决定，请逐项整改，按期提交整改报告和印证材料。` },
      ...problems.flatMap(({ title, description, schoolName, number, demand, dueOn }) => [
        { level: 1 as const, text: `${title}${many ? `（${schoolName}）` : ''}` },
        { level: 0 as const, text: `问题编号：${number}。${sentence(description)}` },
        {
          level: 0 as const,
          text: `整改要求：${sentence(demand ?? '', '（请填写）')}整改期限：${
            dueOn === undefined ? '（请填写）' : `${formatChineseDate(dueOn)}前`
          }。`,
        },
      ]),
      ...(meeting === null ? [] : minutesOf(meeting)),
      ...(note === null || note === '' ? [] : [{ level: 0 as const, text: note }]),
      { level: 0, text: '逾期未完成整改的，将发出督办通知，限期整改。' },
    ],
    signatory: officeName,
    date: issuedOn,
    copies: bodies,
  }
}

function openingOf({ form, meeting }: DecisionToWrite): string {
  if (form === 'writing' || meeting === null) return '现将督导中发现的问题向你单位书面反馈。'
  const { title, heldOn, place } = meeting
  const when = heldOn === null ? '' : `${formatChineseDate(heldOn)}`
  return `${when}${place === null ? '' : `在${place}`}召开的${title || '（会议名称）'}，已就督导中发现的问题逐项反馈。`
}

function minutesOf({ attendees, minutes }: FeedbackMeeting): OfficialLetter['paragraphs'] {
  return [
    ...(attendees.length === 0 ? [] : [{ level: 0 as const, text: `参加会议人员：${attendees.join('、')}。` }]),
    ...(minutes === null ? [] : [{ level: 0 as const, text: `会议记录：${sentence(minutes)}` }]),
  ]
}

/** With the stop that a sentence ends in. */
function sentence(text: string, otherwise = ''): string {
  const said = text.trim() || otherwise
  return said === '' || /[。！？]$/.test(said) ? said : `${said}。`
}
