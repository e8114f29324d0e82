import { createHash } from 'node:crypto'
import { defineStream, deterministicId } from '@dulian/event-sourcing'
import { type PlanEvent, planEvents } from './events.ts'
import { evolvePlan, initialPlan, type Plan } from './state.ts'

/** One stream per imported plan. */
export const planStream = defineStream<Plan, PlanEvent>({
  category: 'plan',
  events: planEvents,
  initial: initialPlan,
  evolve: evolvePlan,
})

/** Of the characters alone: line breaks and spaces differ between the file formats of one and the same plan. */
export function contentHashOf(text: string): string {
  return createHash('sha256').update(text.normalize('NFC').replace(/\s+/g, '')).digest('hex')
}

/**
 * A plan's id follows from its office, year and content: importing the same plan twice meets the same stream, so the
 * append with `expected: 'none'` is the whole check.
 */
export function planIdOf(office: string, year: number, contentHash: string): string {
  return deterministicId('plan', office, String(year), contentHash)
}

/** Deterministic, so that a correction or an adoption made twice speaks of the same item. */
export function itemIdOf(planId: string, order: number): string {
  return deterministicId('plan-item', planId, String(order))
}

export function taskIdOf(planId: string, itemId: string): string {
  return deterministicId('task', planId, itemId)
}
