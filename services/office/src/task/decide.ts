import type { EvidenceRef } from '@dulian/contracts'
import { officeError } from '../errors.ts'
import { type Body, withLead } from '../plan/bodies.ts'
import type { TaskAssigned, TaskEvent } from './events.ts'
import type { Task } from './state.ts'

/** Assigned once: the adoption of a plan may be worked off twice. */
export function assignTask(command: TaskAssigned, state: Task): TaskEvent[] {
  return state.stage === 'unknown' ? [{ type: 'TaskAssigned', data: command }] : []
}

export interface ReassignTask {
  readonly bodies: readonly Body[]
  /** As it is when absent. */
  readonly dueOn: string | undefined
}

/** A person names the bodies: the one they put first leads when none is marked as leading. */
export function reassignTask(command: ReassignTask, state: Task): TaskEvent[] {
  const { task } = requireRunning(state)
  if (command.bodies.length === 0) throw officeError('TASK_WITHOUT_BODY', {}, { pointer: '/bodies' })
  const { bodies, lead } = withLead(command.bodies, '')
  const dueOn = command.dueOn ?? task.dueOn
  const isSame = JSON.stringify([bodies, lead, dueOn]) === JSON.stringify([task.bodies, task.lead, task.dueOn])
  if (isSame) return []
  const { planId, planTitle, itemPath, title } = task
  return [{ type: 'TaskReassigned', data: { planId, planTitle, itemPath, title, bodies, lead, dueOn } }]
}

export function reportProgress(command: { readonly percent: number; readonly note: string }, state: Task): TaskEvent[] {
  requireRunning(state)
  return [{ type: 'ProgressReported', data: { percent: command.percent, note: command.note } }]
}

export interface AttachEvidence {
  readonly evidence: EvidenceRef
  readonly note: string | null
}

/** The same file twice is one piece of evidence. */
export function attachEvidence(command: AttachEvidence, state: Task): TaskEvent[] {
  const { evidence: attached } = requireRunning(state)
  const { evidence, note } = command
  return attached.includes(evidence.hash) ? [] : [{ type: 'EvidenceAttached', data: { evidence, note } }]
}

export function completeTask(command: { readonly note: string }, state: Task): TaskEvent[] {
  if (state.stage === 'completed') return []
  requireRunning(state)
  return [{ type: 'TaskCompleted', data: { note: command.note } }]
}

export function reopenTask(command: { readonly reason: string }, state: Task): TaskEvent[] {
  if (state.stage !== 'completed') {
    throw officeError('TASK_NOT_COMPLETED', { title: state.stage === 'unknown' ? '' : state.task.title })
  }
  return [{ type: 'TaskReopened', data: { reason: command.reason } }]
}

function requireRunning(state: Task): Exclude<Task, { stage: 'unknown' | 'completed' }> {
  if (state.stage === 'unknown') throw new TypeError('the stream of a task that was never assigned')
  if (state.stage === 'completed') throw officeError('TASK_COMPLETED', { title: state.task.title })
  return state
}
