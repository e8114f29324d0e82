import type { ChecklistItem } from '../../api/types.ts'
import type { DraftAnswer, VisitDraft } from './field-database.ts'

export const SUPERVISOR_SIGNATURE = 'signature-supervisor'
export const SCHOOL_SIGNATURE = 'signature-school'

export interface Gap {
  /** Where on the page it is. */
  readonly anchor: string
  readonly message: string
}

/** What keeps a visit from being submitted; `filled`: the slots that hold a picture or a signature. */
export function gapsOf(draft: VisitDraft, filled: ReadonlySet<string>): Gap[] {
  const gaps: Gap[] = []
  const open = draft.checklist.items.filter(({ code }) => draft.answers[code]?.answer === undefined)
  const first = open[0]
  if (first !== undefined)
    gaps.push({ anchor: `item-${first.code}`, message: `还有 ${open.length} 条没有选择，从“${first.title}”开始` })
  for (const item of draft.checklist.items) {
    const { code, title } = item
    const given = draft.answers[code]
    if (given?.answer === 'no' && (given.note ?? '').trim() === '') {
      gaps.push({ anchor: `item-${code}`, message: `“${title}”选了“否”，请写明情况` })
    }
    if (needsPhoto(item, given) && !filled.has(code)) {
      gaps.push({ anchor: `item-${code}`, message: `“${title}”要附照片` })
    }
  }
  if (!filled.has(SUPERVISOR_SIGNATURE)) gaps.push({ anchor: SUPERVISOR_SIGNATURE, message: '督学还没有签字' })
  if (draft.supervisorName.trim() === '') gaps.push({ anchor: SUPERVISOR_SIGNATURE, message: '请填写督学姓名' })
  if (draft.schoolSigner.trim() === '') gaps.push({ anchor: SCHOOL_SIGNATURE, message: '请填写学校签字人姓名' })
  if (!filled.has(SCHOOL_SIGNATURE)) gaps.push({ anchor: SCHOOL_SIGNATURE, message: '学校还没有签字' })
  return gaps
}

/** As the server asks for it; a draft begun before lists said so asks for none. */
export function needsPhoto(item: Pick<ChecklistItem, 'evidence'>, given: DraftAnswer | undefined): boolean {
  if (item.evidence === 'on-negative') return given?.answer === 'no'
  return item.evidence === 'always' && (given?.answer === 'yes' || given?.answer === 'no')
}
