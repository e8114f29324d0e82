import type { FindingConfirmed, ProposedFinding, VisitEvent, VisitRecorded, VisitScheduled } from './events.ts'

export type Finding =
  | { readonly state: 'proposed'; readonly proposed: ProposedFinding }
  | { readonly state: 'confirmed'; readonly proposed: ProposedFinding; readonly confirmed: FindingConfirmed }
  | { readonly state: 'dismissed'; readonly proposed: ProposedFinding; readonly reason: string }

/** One supervisor at one school on one day. */
export type Visit =
  | { readonly stage: 'none' }
  | { readonly stage: 'scheduled'; readonly plan: VisitScheduled }
  | { readonly stage: 'started'; readonly plan: VisitScheduled; readonly startedAt: string }
  | {
      readonly stage: 'recorded'
      readonly plan: VisitScheduled
      readonly record: VisitRecorded
      readonly findings: ReadonlyMap<string, Finding>
    }
  | { readonly stage: 'cancelled'; readonly plan: VisitScheduled; readonly reason: string }
  | { readonly stage: 'missed'; readonly plan: VisitScheduled; readonly month: string }

export const initialVisit: Visit = { stage: 'none' }

export function evolveVisit(state: Visit, event: VisitEvent): Visit {
  switch (event.type) {
    case 'VisitScheduled':
      return { stage: 'scheduled', plan: event.data }
    case 'VisitStarted':
      return state.stage === 'none' ? state : { stage: 'started', plan: state.plan, startedAt: event.data.startedAt }
    case 'VisitRecorded':
      if (state.stage === 'none') return state
      return {
        stage: 'recorded',
        plan: state.plan,
        record: event.data,
        findings: new Map(
          event.data.findings.map((proposed) => [proposed.findingId, { state: 'proposed', proposed } as const]),
        ),
      }
    case 'FindingConfirmed':
      return settle(state, event.data.findingId, (proposed) => ({
        state: 'confirmed',
        proposed,
        confirmed: event.data,
      }))
    case 'FindingDismissed':
      return settle(state, event.data.findingId, (proposed) => ({
        state: 'dismissed',
        proposed,
        reason: event.data.reason,
      }))
    case 'VisitCancelled':
      return state.stage === 'none' ? state : { stage: 'cancelled', plan: state.plan, reason: event.data.reason }
    case 'VisitMissed':
      return state.stage === 'none' ? state : { stage: 'missed', plan: state.plan, month: event.data.month }
    default: {
      const unknown: never = event
      return unknown
    }
  }
}

function settle(state: Visit, findingId: string, to: (proposed: ProposedFinding) => Finding): Visit {
  if (state.stage !== 'recorded') return state
  const finding = state.findings.get(findingId)
  if (finding === undefined) return state
  return { ...state, findings: new Map(state.findings).set(findingId, to(finding.proposed)) }
}
