import { inspectionsError } from '../errors.ts'
import type { Person } from '../visit/events.ts'
import type { BulletinDrafted, BulletinEvent, BulletinWording } from './events.ts'
import type { Bulletin } from './state.ts'

export type DraftBulletin = Omit<BulletinDrafted, 'draftedOn' | 'draftedBy'> & {
  readonly by: Person
  readonly today: string
}

/** Draws the bulletin from the summaries, or draws it anew. Errors: `PERIOD_IN_FUTURE`, `BULLETIN_WITHOUT_SUMMARIES`, `BULLETIN_ALREADY_ISSUED`. */
export function draftBulletin(command: DraftBulletin, state: Bulletin): BulletinEvent[] {
  const { by, today, ...given } = command
  const { period } = given
  if (state.stage === 'issued') throw alreadyIssued(state)
  if (period > today.slice(0, 7)) throw inspectionsError('PERIOD_IN_FUTURE', { period }, { pointer: '/period' })
  if (given.summaries.length === 0) throw inspectionsError('BULLETIN_WITHOUT_SUMMARIES', { period })
  return [{ type: 'BulletinDrafted', data: { ...given, draftedOn: today, draftedBy: by } }]
}

/** Errors: `BULLETIN_NOT_FOUND`, `BULLETIN_ALREADY_ISSUED`. */
export function rewordBulletin(
  command: { readonly wording: BulletinWording; readonly by: Person },
  state: Bulletin,
): BulletinEvent[] {
  if (state.stage === 'none') throw inspectionsError('BULLETIN_NOT_FOUND')
  if (state.stage === 'issued') throw alreadyIssued(state)
  if (JSON.stringify(command.wording) === JSON.stringify(state.draft.wording)) return []
  return [{ type: 'BulletinReworded', data: { wording: command.wording, rewordedBy: command.by } }]
}

export interface IssueBulletin {
  readonly documentNumber: string
  readonly approver: string
  /** The summaries that stand now, to be held against those the draft was drawn from. */
  readonly standing: readonly { readonly summaryId: string; readonly version: number; readonly zoneName: string }[]
  readonly by: Person
  readonly today: string
}

/**
 * Errors: `BULLETIN_NOT_FOUND`, `BULLETIN_APPROVER_MISSING`, `BULLETIN_SUMMARIES_CHANGED`, `BULLETIN_MISSING_UNEXPLAINED`.
 */
export function issueBulletin(command: IssueBulletin, state: Bulletin): BulletinEvent[] {
  if (state.stage === 'none') throw inspectionsError('BULLETIN_NOT_FOUND')
  if (state.stage === 'issued') return []
  const { draft } = state
  const { period, summaries, missing, wording } = draft
  const approver = command.approver.trim()
  if (approver === '') throw inspectionsError('BULLETIN_APPROVER_MISSING', {}, { pointer: '/approver' })
  const changed = changedZones(draft, command.standing)
  if (changed.length > 0) throw inspectionsError('BULLETIN_SUMMARIES_CHANGED', { zones: changed.join('、') })
  if (missing.length > 0 && (wording.missingReason?.trim() || null) === null) {
    const zones = missing.map(({ zoneName }) => zoneName).join('、')
    throw inspectionsError('BULLETIN_MISSING_UNEXPLAINED', { zones, period }, { pointer: '/missingReason' })
  }
  return [
    {
      type: 'BulletinIssued',
      data: {
        period,
        title: wording.title,
        documentNumber: command.documentNumber,
        approver,
        zones: summaries.map(({ zoneId, zoneName }) => ({ zoneId, zoneName })),
        missing,
        issuedOn: command.today,
        issuedBy: command.by,
      },
    },
  ]
}

/** Zones whose summary came, was corrected or was sent back since the draft was drawn. */
export function changedZones(
  draft: Pick<BulletinDrafted, 'summaries'>,
  standing: IssueBulletin['standing'],
): readonly string[] {
  const drawn = new Map(draft.summaries.map((summary) => [summary.summaryId, summary]))
  const now = new Map(standing.map((summary) => [summary.summaryId, summary]))
  const came = standing.filter(({ summaryId, version }) => drawn.get(summaryId)?.version !== version)
  const gone = draft.summaries.filter(({ summaryId }) => !now.has(summaryId))
  return [...new Set([...came, ...gone].map(({ zoneName }) => zoneName))]
}

function alreadyIssued(state: Extract<Bulletin, { stage: 'issued' }>) {
  const { period, documentNumber } = state.issued
  return inspectionsError('BULLETIN_ALREADY_ISSUED', { period, documentNumber })
}
