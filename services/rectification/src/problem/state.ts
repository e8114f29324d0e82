import type {
  BodyAsked,
  EffectConfirmed,
  ProblemCancelled,
  ProblemEvent,
  ProblemOpened,
  ReboundFound,
  ReCheckPassed,
  ReCheckScheduled,
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
  readonly extensions: number
}

/** What stays with a problem through every round of it. */
export interface Past {
  readonly notices: readonly { readonly noticeId: string; readonly documentNumber: string }[]
  /** Decisions that have set their demand: one that is told again sets none in a later round. */
  readonly decided: readonly string[]
  /** What it came back as. */
  readonly occurrences: readonly string[]
}

interface Opened {
  readonly facts: ProblemOpened
  readonly past: Past
  /** The department whose reply is waited for. */
  readonly asked: BodyAsked | null
}
interface Demanded extends Opened {
  readonly demand: Demand
}
interface Reported extends Demanded {
  readonly report: RectificationReported
}

/** What follows 销号: 回头看, then 成效确认. */
export type Aftercare =
  | { readonly stage: 'none' }
  | { readonly stage: 'scheduled'; readonly reCheck: ReCheckScheduled }
  | { readonly stage: 'passed'; readonly reCheck: ReCheckScheduled; readonly passed: ReCheckPassed }
  | {
      readonly stage: 'confirmed'
      readonly reCheck: ReCheckScheduled
      readonly passed: ReCheckPassed
      readonly effect: EffectConfirmed
    }

/** 立案 → 下达 → 报告 (⇄ 退回) → 核查 → 销号 → 回头看. No step can be left out; 反弹 leads back to before 下达. */
export type Problem =
  | { readonly stage: 'none' }
  | ({ readonly stage: 'opened' } & Opened)
  | ({ readonly stage: 'rebounded'; readonly rebound: ReboundFound } & Opened)
  | ({ readonly stage: 'demanded' } & Demanded)
  | ({ readonly stage: 'reported' } & Reported)
  | ({ readonly stage: 'returned'; readonly reason: string } & Reported)
  | ({ readonly stage: 'verified'; readonly verification: RectificationVerified } & Reported)
  | ({
      readonly stage: 'cancelled'
      readonly verification: RectificationVerified
      readonly cancellation: ProblemCancelled
      readonly aftercare: Aftercare
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
  rebounded: '反弹，待重新下达整改决定',
}

export const initialProblem: Problem = { stage: 'none' }

export function evolveProblem(state: Problem, event: ProblemEvent): Problem {
  switch (event.type) {
    case 'ProblemOpened': {
      const past = { notices: [], decided: [], occurrences: [] }
      return { stage: 'opened', facts: event.data, past, asked: null }
    }
    case 'DemandSet': {
      if (state.stage === 'none') return state
      const { decisionId, documentNumber, demand, dueOn } = event.data
      return {
        stage: 'demanded',
        facts: state.facts,
        past: { ...state.past, decided: [...state.past.decided, decisionId] },
        asked: state.asked,
        demand: {
          decisionId,
          documentNumber,
          demand,
          dueOn,
          originalDueOn: dueOn,
          passedDueOn: null,
          extensions: 0,
        },
      }
    }
    case 'DeadlineExtended':
      if (!isDemanded(state)) return state
      return withDemand(state, { dueOn: event.data.dueOn, extensions: state.demand.extensions + 1 })
    case 'DeadlinePassed':
      return withDemand(state, { passedDueOn: event.data.dueOn })
    case 'ProblemUrged': {
      if (!isDemanded(state)) return state
      const { noticeId, documentNumber, dueOn } = event.data
      const notices = [...state.past.notices, { noticeId, documentNumber }]
      return withDemand({ ...state, past: { ...state.past, notices } }, { dueOn })
    }
    case 'RectificationReported': {
      if (!isDemanded(state)) return state
      const { facts, past, asked, demand } = state
      return { stage: 'reported', facts, past, asked, demand, report: event.data }
    }
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
      return { ...state, stage: 'cancelled', cancellation: event.data, aftercare: { stage: 'none' }, asked: null }
    case 'BodyAsked':
      return state.stage === 'none'
        ? state
        : { ...state, asked: event.data, facts: { ...state.facts, body: event.data.body } }
    case 'BodyReplied':
      return state.stage === 'none' ? state : { ...state, asked: null }
    case 'ReCheckScheduled':
      return withAftercare(state, { stage: 'scheduled', reCheck: event.data })
    case 'ReCheckPassed': {
      if (state.stage !== 'cancelled' || state.aftercare.stage === 'none') return state
      return withAftercare(state, { stage: 'passed', reCheck: state.aftercare.reCheck, passed: event.data })
    }
    case 'EffectConfirmed': {
      if (state.stage !== 'cancelled' || state.aftercare.stage !== 'passed') return state
      return withAftercare(state, { ...state.aftercare, stage: 'confirmed', effect: event.data })
    }
    case 'ReboundFound': {
      if (state.stage === 'none') return state
      const { severity, occurrenceId } = event.data
      return {
        stage: 'rebounded',
        facts: { ...state.facts, severity },
        past: { ...state.past, occurrences: [...state.past.occurrences, occurrenceId] },
        asked: null,
        rebound: event.data,
      }
    }
    default: {
      const unknown: never = event
      return unknown
    }
  }
}

type WithDemand = Extract<Problem, { readonly demand: Demand }>

function isDemanded(state: Problem): state is WithDemand {
  return state.stage !== 'none' && state.stage !== 'opened' && state.stage !== 'rebounded'
}

function withDemand(state: Problem, change: Partial<Demand>): Problem {
  return isDemanded(state) ? { ...state, demand: { ...state.demand, ...change } } : state
}

function withAftercare(state: Problem, aftercare: Aftercare): Problem {
  return state.stage === 'cancelled' ? { ...state, aftercare } : state
}
