import { Day, Id } from '@dulian/contracts'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'

/** What somebody is being prepared for: 责任督学 · 政府督学 · 副总督学. */
export const TalentAim = z.enum(['school-supervisor', 'government-supervisor', 'deputy-chief-supervisor'])
export type TalentAim = z.infer<typeof TalentAim>

/** Somebody is put on the list of 后备人才. */
export const TalentListed = z.object({
  name: z.string(),
  homeUnit: z.string(),
  field: z.string(),
  aim: TalentAim,
  /** Who is in the registry already and is to rise (晋升渠道). */
  supervisorId: Id.nullable(),
  recommendedBy: z.string(),
  /** 培养方向与措施. */
  plan: z.string(),
  on: Day,
})
export type TalentListed = z.infer<typeof TalentListed>

/** A step of the preparation: a course, a task taken part in, a stand-in. */
export const TalentStepNoted = z.object({ stepId: Id, on: Day, text: z.string() })
export type TalentStepNoted = z.infer<typeof TalentStepNoted>

/** Off the list: appointed to what was aimed at, withdrawn on wish, or no longer suitable. */
export const TalentDelisted = z.object({
  outcome: z.enum(['appointed', 'withdrawn', 'unsuitable']),
  on: Day,
  reason: z.string(),
})
export type TalentDelisted = z.infer<typeof TalentDelisted>

const declarations = {
  TalentListed: { stored: 'talent-listed.v1', schema: TalentListed },
  TalentStepNoted: { stored: 'talent-step-noted.v1', schema: TalentStepNoted },
  TalentDelisted: { stored: 'talent-delisted.v1', schema: TalentDelisted },
}

export const talentEvents = eventCatalogue(declarations)
export type TalentEvent = EventOf<typeof declarations>
