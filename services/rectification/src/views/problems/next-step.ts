import type { ProblemFacts } from './problem-document.ts'

/** What has to happen next, by whom and until when. */
export interface NextStep {
  readonly role: 'school' | 'office' | 'supervisor'
  readonly action: string
  readonly by: string | null
}

export function nextStepOf(problem: ProblemFacts): NextStep | null {
  switch (problem.state) {
    case 'opened':
      return { role: 'office', action: '下达整改决定', by: null }
    case 'demanded':
      return { role: 'school', action: '完成整改，提交整改报告和印证材料', by: problem.dueOn }
    case 'returned':
      return { role: 'school', action: '按退回意见继续整改，重新提交整改报告', by: problem.dueOn }
    case 'reported':
      return { role: problem.supervisorId === null ? 'office' : 'supervisor', action: '实地核查整改情况', by: null }
    case 'verified':
      return { role: 'office', action: '批准销号', by: null }
    case 'cancelled':
      return null
    default: {
      const unknown: never = problem.state
      return unknown
    }
  }
}

/** The same for the school's eyes: its own step, or that it has to wait. */
export function nextStepForSchool(problem: ProblemFacts): NextStep | null {
  const step = nextStepOf(problem)
  if (step === null || step.role === 'school') return step
  switch (problem.state) {
    case 'opened':
      return { role: 'office', action: '等待督导室下达整改决定', by: null }
    case 'reported':
      return { role: 'office', action: '等待核查', by: null }
    default:
      return { role: 'office', action: '等待销号', by: null }
  }
}
