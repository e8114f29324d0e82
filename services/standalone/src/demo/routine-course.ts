import { isTurn, shift } from './days.ts'
import { answersTo, monthlyOf } from './demo-lists.ts'
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

/** 经常性督导 of the demo: schools hand in on the 22nd, zones sum up on the 2nd of the next month, the office issues on the 5th. */
export async function liveRoutine(
  cast: OfficeCast,
  founded: Founded,
  { today, isFinalMonth }: { readonly today: string; readonly isFinalMonth: boolean },
): Promise<void> {
  if (isTurn(today, 22)) await handInSelfChecks(cast, founded, today.slice(0, 7), isFinalMonth)
  const before = shift(`${today.slice(0, 7)}-01`, -1).slice(0, 7)
  if (isTurn(today, 2)) await sumUp(cast, before)
  // Never on the day of the summaries, which the bulletin reads from the views.
  if (isTurn(today, 5)) await issueBulletin(cast, before)
}

async function handInSelfChecks(cast: OfficeCast, founded: Founded, period: string, isFinalMonth: boolean) {
  const { items } = await cast
    .as('office-staff')
    .get<{ items: readonly Check[] }>(`${api}/self-checks?period=${period}&limit=100`)
  const checks = new Map(items.map((check) => [check.schoolId, check]))
  await Promise.all(
    founded.schools.map(async (school, index) => {
      const check = checks.get(school.schoolId)
      // One is always late; in the last month those on the cards still have theirs before them.
      if (check?.state !== 'opened' || index % 7 === 6) return
      if (isFinalMonth && school.supervisor === CARD_SUPERVISOR) return
      const { list } = monthlyOf(founded.lists, school)
      const code = list.items[index % list.items.length]?.code ?? ''
      const negative = index % 5 === 2 ? { code, note: '自查发现做得还不够，已布置专人当周改正。' } : undefined
      const answers = await answersTo(list, negative, { cast, school, as: 'principal' })
      const statement = '校务会组织逐项自查，责任到人，发现的问题当周改正。'
      const path = `${api}/self-checks/${check.selfCheckId}/submit`
      await cast.principal(school).post(path, `self-check-${check.selfCheckId}`, { answers, statement })
    }),
  )
}

async function sumUp(cast: OfficeCast, period: string) {
  const routine = await cast.as('office-head').get<Routine>(`${api}/routine?period=${period}`)
  if (routine.counts.selfChecks === 0) return
  await Promise.all(
    routine.zones.map(async ({ zoneId, zoneName }) => {
      if (zoneId === null) return
      const place = cast.office.zones.indexOf(zoneName)
      const name = cast.office.supervisors[place] ?? ''
      const zoneHead = cast.as('zone-head', { name, zone: zoneId, supervisor: cast.supervisorIds[place] ?? '' })
      const draft = await zoneHead.get<SummaryDraft>(`${api}/zone-summary-draft?period=${period}`)
      await zoneHead.post(`${api}/zone-summaries`, `zone-summary-${zoneId}-${period}`, {
        period,
        text: `${draft.text}责任区总体平稳，对发现的问题已逐校反馈，下月重点看整改是否到位。`,
        ...(draft.gaps.length === 0 ? {} : { gapsReason: '个别学校当月有校务调整，已约定下月补做。' }),
      })
    }),
  )
}

async function issueBulletin(cast: OfficeCast, period: string) {
  const head = cast.as('office-head')
  const routine = await head.get<Routine>(`${api}/routine?period=${period}`)
  if (routine.zones.every(({ summary }) => summary === 'none')) return
  const office = cast.office.office
  const { id, version } = await head.post(`${api}/bulletins`, `${office}-bulletin-${period}`, { period })
  const approver = '督导室主任（演示）'
  await head.post(`${api}/bulletins/${id}/issue`, `${office}-bulletin-issue-${period}`, { approver }, version)
}
