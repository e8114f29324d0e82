import type {
  ProblemCancelled,
  ProblemEvent,
  ProblemOpened,
  RectificationReported,
  RectificationVerified,
} from './events.ts'

/** What the school was told to do, and by when. */
export interface Demand {
  readonly decisionId: string
  readonly documentNumber: string
  readonly demand: string
  readonly originalDueOn: string
  /** The date that counts now. */
  readonly dueOn: string
  /** The due date whose passing is already on record. */
  readonly passedDueOn: string | null
  readonly notices: readonly { readonly noticeId: string; readonly documentNumber: string }[]
}

interface Demanded {
  readonly facts: ProblemOpened
  readonly demand: Demand
}
interface Reported extends Demanded {
  readonly report: RectificationReported
}

/** 立案 → 下达 → 报告 (⇄ 退回) → 核查 → 销号. No step can be left out. */
export type Problem =
  | { readonly stage: 'none' }
  | { readonly stage: 'opened'; readonly facts: ProblemOpened }
  | ({ readonly stage: 'demanded' } & Demanded)
  | ({ readonly stage: 'reported' } & Reported)
  | ({ readonly stage: 'returned'; readonly reason: string } & Reported)
  | ({ readonly stage: 'verified'; readonly verification: RectificationVerified } & Reported)
  | ({
      readonly stage: 'cancelled'
      readonly verification: RectificationVerified
      readonly cancellation: ProblemCancelled
    } & Reported)

export type ProblemStage = Exclude<Problem['stage'], 'none'>

/** The stage in the words of the office. */
export const stageNames: { readonly [S in Problem['stage']]: string } = {
  none: '未登记',
  opened: '已立案，待下达整改决定',
  demanded: '整改中',
  reported: '已提交整改报告，待核查',
  returned: '已退回，继续整改',
  verified: '核查通过，待销号',
  cancelled: '已销号',
}

export const initialProblem: Problem = { stage: 'none' }

export function evolveProblem(state: Problem, event: ProblemEvent): Problem {
  switch (event.type) {
    case 'ProblemOpened':
      return { stage: 'opened', facts: event.data }
    case 'DemandSet': {
      if (state.stage === 'none') return state
      const { decisionId, documentNumber, demand, dueOn } = event.data
      return {
        stage: 'demanded',
        facts: state.facts,
        demand: { decisionId, documentNumber, demand, dueOn, originalDueOn: dueOn, passedDueOn: null, notices: [] },
      }
    }
    case 'DeadlineExtended':
      return withDemand(state, { dueOn: event.data.dueOn })
    case 'DeadlinePassed':
      return withDemand(state, { passedDueOn: event.data.dueOn })
    case 'ProblemUrged': {
      if (state.stage === 'none' || state.stage === 'opened') return state
      const { noticeId, documentNumber, dueOn } = event.data
      return withDemand(state, { dueOn, notices: [...state.demand.notices, { noticeId, documentNumber }] })
    }
    case 'RectificationReported':
      if (state.stage === 'none' || state.stage === 'opened') return state
      return { stage: 'reported', facts: state.facts, demand: state.demand, report: event.data }
    case 'RectificationReturned':
      if (state.stage !== 'reported') return state
      return {
        ...state,
        stage: 'returned',
        reason: event.data.reason,
        demand: { ...state.demand, dueOn: event.data.dueOn },
      }
    case 'RectificationVerified':
      if (state.stage !== 'reported') return state
      return { ...state, stage: 'verified', verification: event.data }
    case 'ProblemCancelled':
      if (state.stage !== 'verified') return state
      return { ...state, stage: 'cancelled', cancellation: event.data }
    default: {
      const unknown: never = event
      return unknown
    }
  }
}

function withDemand(state: Problem, change: Partial<Demand>): Problem {
  if (state.stage === 'none' || state.stage === 'opened') return state
  return { ...state, demand: { ...state.demand, ...change } }
}
