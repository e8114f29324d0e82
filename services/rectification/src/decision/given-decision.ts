import { InputDay } from '@dulian/calendar'
import { z } from 'zod'
import type { FeedbackMeeting } from './events.ts'

/** A demand or date left out is let through here, so that the refusal can name the problem. */
export const GivenDecision = z.object({
  form: z.enum(['writing', 'meeting']),
  meeting: z
    .object({
      title: z.string().trim().max(200),
      heldOn: InputDay.nullish(),
      place: z.string().trim().max(200).nullish(),
      attendees: z.array(z.string().trim().min(1).max(100)).max(200).default([]),
      minutes: z.string().trim().max(10_000).nullish(),
    })
    .nullish(),
  problems: z
    .array(
      z.object({
        problemId: z.uuid(),
        /** The version the person saw; when it has moved on, nothing is issued. */
        version: z.number().int().positive().nullish(),
        demand: z.string().max(4000).nullish(),
        dueOn: InputDay.nullish(),
      }),
    )
    .max(100),
  note: z.string().trim().max(2000).nullish(),
})

export type GivenDecision = z.infer<typeof GivenDecision>

/** The meeting as it is kept; of a decision in writing there is none. */
export function meetingOf({ form, meeting }: GivenDecision): FeedbackMeeting | null {
  if (form !== 'meeting' || meeting === null || meeting === undefined) return null
  const { title, heldOn, place, attendees, minutes } = meeting
  return { title, heldOn: heldOn ?? null, place: place || null, attendees, minutes: minutes || null }
}
