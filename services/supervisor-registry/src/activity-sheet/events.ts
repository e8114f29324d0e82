import { Day, Id } from '@dulian/contracts'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'

/** 重大督导活动 · 调研指导 · 资政建议 (000 四.3). */
export const ActivityKind = z.enum(['major-supervision', 'guidance-research', 'policy-advice'])
export type ActivityKind = z.infer<typeof ActivityKind>

/** What a government supervisor took part in on a day of the sheet's year. */
export const ActivityRecorded = z.object({
  activityId: Id,
  supervisorId: Id,
  supervisorName: z.string(),
  on: Day,
  kind: ActivityKind,
  title: z.string(),
  /** What the person did, found or proposed. */
  text: z.string(),
})
export type ActivityRecorded = z.infer<typeof ActivityRecorded>

/** Entered in error: it counts no more. */
export const ActivityStruck = z.object({ activityId: Id, reason: z.string() })
export type ActivityStruck = z.infer<typeof ActivityStruck>

const declarations = {
  ActivityRecorded: { stored: 'activity-recorded.v1', schema: ActivityRecorded },
  ActivityStruck: { stored: 'activity-struck.v1', schema: ActivityStruck },
}

export const activitySheetEvents = eventCatalogue(declarations)
export type ActivitySheetEvent = EventOf<typeof declarations>
