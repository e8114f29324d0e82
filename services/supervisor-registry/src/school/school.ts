import { defineStream, deterministicId } from '@dulian/event-sourcing'
import { type SchoolEvent, schoolEvents } from './events.ts'
import { evolveSchool, initialSchool, type School } from './state.ts'

/** One stream per school. */
export const schoolStream = defineStream<School, SchoolEvent>({
  category: 'school',
  events: schoolEvents,
  initial: initialSchool,
  evolve: evolveSchool,
})

/**
 * A school's id follows from its office and its 学校标识码: registering a code twice meets the same stream, so that
 * uniqueness is the single append with `expected: 'none'` — safe under any concurrency, with nothing to half-write.
 */
export function schoolIdOf(office: string, code: string): string {
  return deterministicId('school', office, code)
}
