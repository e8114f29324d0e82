import { defineStream, deterministicId } from '@dulian/event-sourcing'
import { selfCheckEvents } from './events.ts'
import { evolveSelfCheck, initialSelfCheck } from './state.ts'

/** 学校自查: one stream per school and month. */
export const selfCheckStream = defineStream({
  category: 'selfCheck',
  events: selfCheckEvents,
  initial: initialSelfCheck,
  evolve: evolveSelfCheck,
})

/** Follows from school and month, so that opening twice opens once. */
export function selfCheckIdOf(schoolId: string, period: string): string {
  return deterministicId('self-check', schoolId, period)
}
