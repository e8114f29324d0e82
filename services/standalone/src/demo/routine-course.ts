import { isTurn, shift } from './days.ts'
import { CARD_SUPERVISOR, type Founded } from './found-office.ts'
import type { OfficeCast } from './office-cast.ts'

interface Check {
  readonly selfCheckId: string
  readonly schoolId: string
  readonly state: string
}
interface Routine {
  readonly counts: { readonly selfChecks: number }
  readonly zones: readonly { readonly zoneId: string | null; readonly zoneName: string; readonly summary: string }[]
}
interface SummaryDraft {
  readonly text: string
  readonly gaps: readonly unknown[]
}

const api = '/api/inspections'

/** 经常性督导 of the demo: schools hand in on the 22nd, zones and office close the month on the 2nd of the next. */
export async function liveRoutine(
  cast: OfficeCast,
  founded: Founded,
  { today, isFinalMonth }: { readonly today: string; readonly isFinalMonth: boolean },
): Promise<void> {
  if (isTurn(today, 22)) await handInSelfChecks(cast, founded, today.slice(0, 7), isFinalMonth)
  if (isTurn(today, 2)) await closeMonth(cast, shift(`${today.slice(0, 7)}-01`, -1).slice(0, 7))
}

async function handInSelfChecks(cast: OfficeCast, founded: Founded, period: string, isFinalMonth: boolean) {
  const { items } = await cast
    .as('office-staff')
    .get<{ items: readonly Check[] }>(`${api}/self-checks?period=${period}&limit=100`)
  for (const [index, school] of founded.schools.entries()) {
    const check = items.find(({ schoolId }) => schoolId === school.schoolId)
    // One is always late; in the last month those on the cards still have theirs before them.
    if (check?.state !== 'opened' || index % 7 === 6) continue
    if (isFinalMonth && school.supervisor === CARD_SUPERVISOR) continue
    const negative = index % 5 === 2 ? founded.itemCodes[index % founded.itemCodes.length] : undefined
    const answers = founded.itemCodes.map((code) =>
      code === negative
        ? { code, answer: 'no', note: '自查发现做得还不够，已布置专人当周改正。', evidence: [] }
        : { code, answer: 'yes', evidence: [] },
    )
    const statement = '校务会组织逐项自查，责任到人，发现的问题当周改正。'
    const path = `${api}/self-checks/${check.selfCheckId}/submit`
    await cast.principal(school).post(path, `self-check-${check.selfCheckId}`, { answers, statement })
  }
}

async function closeMonth(cast: OfficeCast, period: string) {
  const head = cast.as('office-head')
  await cast.instance.host.settle()
  const routine = await head.get<Routine>(`${api}/routine?period=${period}`)
  if (routine.counts.selfChecks === 0) return
  for (const { zoneId, zoneName } of routine.zones) {
    if (zoneId === null) continue
    const place = cast.office.zones.indexOf(zoneName)
    const name = cast.office.supervisors[place] ?? ''
    const zoneHead = cast.as('zone-head', { name, zone: zoneId, supervisor: cast.supervisorIds[place] ?? '' })
    const draft = await zoneHead.get<SummaryDraft>(`${api}/zone-summary-draft?period=${period}`)
    await zoneHead.post(`${api}/zone-summaries`, `zone-summary-${zoneId}-${period}`, {
      period,
      text: `${draft.text}责任区总体平稳，对发现的问题已逐校反馈，下月重点看整改是否到位。`,
      ...(draft.gaps.length === 0 ? {} : { gapsReason: '个别学校当月有校务调整，已约定下月补做。' }),
    })
  }
  await cast.instance.host.settle()
  const office = cast.office.office
  const { id, version } = await head.post(`${api}/bulletins`, `${office}-bulletin-${period}`, { period })
  const approver = '督导室主任（演示）'
  await head.post(`${api}/bulletins/${id}/issue`, `${office}-bulletin-issue-${period}`, { approver }, version)
}
