import type { TaskAssigned, TaskEvent } from './events.ts'

interface Known {
  readonly task: TaskAssigned
  readonly percent: number
  /** Hashes of the evidence attached so far. */
  readonly evidence: readonly string[]
}

export type Task =
  | { readonly stage: 'unknown' }
  | ({ readonly stage: 'assigned' | 'in-progress' } & Known)
  | ({ readonly stage: 'completed' } & Known)

export const initialTask: Task = { stage: 'unknown' }

export function evolveTask(state: Task, event: TaskEvent): Task {
  switch (event.type) {
    case 'TaskAssigned':
      return { stage: 'assigned', task: event.data, percent: 0, evidence: [] }
    case 'TaskReassigned':
      return state.stage === 'unknown' ? state : { ...state, task: { ...state.task, ...event.data } }
    case 'ProgressReported':
      return state.stage === 'unknown' ? state : { ...state, stage: 'in-progress', percent: event.data.percent }
    case 'EvidenceAttached':
      return state.stage === 'unknown'
        ? state
        : { ...state, stage: 'in-progress', evidence: [...state.evidence, event.data.evidence.hash] }
    case 'TaskCompleted':
      return state.stage === 'unknown' ? state : { ...state, stage: 'completed', percent: 100 }
    case 'TaskReopened':
      return state.stage === 'unknown' ? state : { ...state, stage: 'in-progress' }
    default:
      event satisfies never
      return state
  }
}
