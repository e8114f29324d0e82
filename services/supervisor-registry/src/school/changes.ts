import type { Decoded } from '@dulian/event-sourcing'
import type { SchoolDetails, SchoolEvent } from './events.ts'

const correctable = ['name', 'kind', 'stage', 'ownership', 'address', 'zoneName'] as const

export interface SchoolChanges {
  /** The newest figure of each calendar year, oldest first. */
  readonly enrolments: readonly {
    readonly year: string
    readonly asOf: string
    readonly enrolment: number
    readonly reportedAt: string
  }[]
  readonly corrections: readonly {
    readonly at: string
    readonly actor: string
    readonly reason: string
    readonly fields: readonly {
      readonly field: (typeof correctable)[number]
      readonly before: string | null
      readonly after: string | null
    }[]
  }[]
  readonly closure: { readonly closedOn: string; readonly reason: string } | null
}

/** What became of a school, told from its own events: pupils by year, details before and after, its end. */
export function schoolChanges(events: readonly Decoded<SchoolEvent>[]): SchoolChanges {
  const enrolments = new Map<string, SchoolChanges['enrolments'][number]>()
  const corrections: SchoolChanges['corrections'][number][] = []
  let closure: SchoolChanges['closure'] = null
  let before: SchoolDetails | undefined
  for (const event of events) {
    const { time, meta } = event.envelope
    switch (event.type) {
      case 'SchoolRegistered':
        before = event.data.school
        break
      case 'SchoolDetailsCorrected': {
        const { school: after, reason } = event.data
        const former = before ?? after
        const fields = correctable.flatMap((field) =>
          former[field] === after[field] ? [] : [{ field, before: former[field], after: after[field] }],
        )
        corrections.push({ at: time, actor: meta.actor, reason, fields })
        before = after
        break
      }
      case 'EnrolmentReported': {
        const { asOf, school } = event.data
        const year = asOf.slice(0, 4)
        enrolments.set(year, { year, asOf, enrolment: school.enrolment ?? 0, reportedAt: time })
        before = school
        break
      }
      case 'SchoolClosed':
        closure = event.data
        break
      default:
        event satisfies never
    }
  }
  const byYear = [...enrolments.values()].toSorted((one, other) => (one.year < other.year ? -1 : 1))
  return { enrolments: byYear, corrections, closure }
}
