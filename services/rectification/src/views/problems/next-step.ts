import type { Party, ProblemFacts } from './problem-document.ts'

/** What has to happen next, by whom and until when. */
export interface NextStep {
  readonly role: Party
  readonly action: string
  readonly by: string | null
}

export function nextStepOf(problem: ProblemFacts): NextStep | null {
  if (problem.askedBody !== null) {
    return { role: 'body', action: `等待${problem.askedBody}回复协办事项`, by: problem.replyDueOn }
  }
  switch (problem.state) {
    case 'opened':
      return { role: 'office', action: '下达整改决定', by: null }
    case 'rebounded':
      return { role: 'office', action: '问题反弹，重新下达整改决定', by: null }
    case 'demanded':
      return { role: 'school', action: '完成整改，提交整改报告和印证材料', by: problem.dueOn }
    case 'returned':
      return { role: 'school', action: '按退回意见继续整改，重新提交整改报告', by: problem.dueOn }
    case 'reported':
      return { role: problem.supervisorId === null ? 'office' : 'supervisor', action: '实地核查整改情况', by: null }
    case 'verified':
      return { role: 'office', action: '批准销号', by: null }
    case 'cancelled':
      return afterCancellation(problem)
    default: {
      const unknown: never = problem.state
      return unknown
    }
  }
}

/** 回头看, then the office's word that it lasts. */
function afterCancellation(problem: ProblemFacts): NextStep | null {
  if (!problem.effectOpen) return null
  if (!problem.reCheckOpen) return { role: 'office', action: '确认整改成效', by: null }
  const role = problem.supervisorId === null ? 'office' : 'supervisor'
  return { role, action: '开展回头看', by: problem.reCheckDueOn }
}

/** The same for the school's eyes: its own step, or that it has to wait. */
export function nextStepForSchool(problem: ProblemFacts): NextStep | null {
  const step = nextStepOf(problem)
  if (problem.state === 'cancelled') return null
  if (step === null || step.role === 'school') return step
  switch (problem.state) {
    case 'demanded':
    case 'returned':
      // Whoever else is asked meanwhile, its own limit goes on.
      return { role: 'school', action: '完成整改，提交整改报告和印证材料', by: problem.dueOn }
    case 'opened':
    case 'rebounded':
      return { role: 'office', action: '等待督导室下达整改决定', by: null }
    case 'reported':
      return { role: 'office', action: '等待核查', by: null }
    default:
      return { role: 'office', action: '等待销号', by: null }
  }
}
