import { readFileSync } from 'node:fs'
import { streamName } from '@dulian/event-sourcing'
import type { EventLog } from '@dulian/event-sourcing/testing'
import { campaignVisitId } from '../src/campaign/campaign.ts'
import { campaignEvents } from '../src/campaign/events.ts'
import { monthlyDutyEvents } from '../src/monthly-duty/events.ts'
import { monthlyDutyId } from '../src/monthly-duty/monthly-duty.ts'
import { recordVisit, scheduleVisit, startVisit } from '../src/visit/decide.ts'
import { visitEvents } from '../src/visit/events.ts'
import { evolveVisit, initialVisit } from '../src/visit/state.ts'
import { checklist, record, school, schoolId, staff, supervisor } from './samples.ts'

const office = 'yongchuan'
const campaignId = '0197a000-0000-7000-8000-000000000c11'

/** The golden events of a stream, in the order of its life. */
const courses = {
  campaign: ['planned', 'replanned', 'opened', 'visit-assigned', 'visit-refused', 'closed'],
  'monthly-duty': ['due', 'reassigned', 'missed', 'counted'],
} as const

function golden<E>(
  folder: keyof typeof courses,
  step: string,
  prefix: string,
  catalogue: { decode(recorded: never): E },
): E {
  const type = `${prefix}-${step}.v1`
  const data: unknown = JSON.parse(
    readFileSync(new URL(`../src/${folder}/fixtures/${type}.json`, import.meta.url), 'utf8'),
  )
  return catalogue.decode({ type, data } as never)
}

/** A campaign from its plan to its end, with one school's visit in it and a refused sending. */
export function addCampaign(log: EventLog): void {
  const stream = streamName('campaign', office, campaignId)
  for (const step of courses.campaign) {
    log.add(campaignEvents, stream, golden('campaign', step, 'campaign', campaignEvents))
    if (step === 'opened') addVisit(log, campaignVisitId(campaignId, schoolId, 1))
  }
  const other = streamName('campaign', office, '0197a000-0000-7000-8000-000000000c12')
  for (const step of ['planned', 'cancelled']) {
    log.add(campaignEvents, other, golden('campaign', step, 'campaign', campaignEvents))
  }
}

function addVisit(log: EventLog, visitId: string): void {
  let state = initialVisit
  const plan = {
    school,
    supervisor,
    checklist,
    scheduledFor: '2026-11-20',
    taskId: null,
    by: staff,
    today: '2026-11-02',
  }
  const steps = [
    () => scheduleVisit(plan, state),
    () => startVisit({ at: '2026-11-03T01:00:00.000Z' }, state),
    () => recordVisit(record({ visitId }), state),
  ]
  for (const step of steps) {
    const events = step()
    for (const event of events) log.add(visitEvents, streamName('visit', office, visitId), event)
    state = events.reduce(evolveVisit, state)
  }
}

/** A month's duty that passed to somebody else, was missed, and was met by a record handed in late; another one waived. */
export function addDuties(log: EventLog): void {
  const stream = streamName('monthlyDuty', office, monthlyDutyId('2026-11', schoolId))
  for (const step of courses['monthly-duty']) {
    log.add(monthlyDutyEvents, stream, golden('monthly-duty', step, 'monthly-visit', monthlyDutyEvents))
  }
  const other = streamName('monthlyDuty', office, monthlyDutyId('2026-12', schoolId))
  for (const step of ['due', 'waived']) {
    log.add(monthlyDutyEvents, other, golden('monthly-duty', step, 'monthly-visit', monthlyDutyEvents))
  }
}
