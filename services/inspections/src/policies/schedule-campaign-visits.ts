import {
  type CommandContext,
  definePolicy,
  isDomainError,
  parseStreamName,
  type Streams,
  when,
} from '@dulian/event-sourcing'
import { awaitPosition } from '@dulian/service-host'
import { campaignVisitId } from '../campaign/campaign.ts'
import { refuseCampaignVisit } from '../campaign/decide.ts'
import { type CampaignEvent, campaignEvents } from '../campaign/events.ts'
import type { Campaign } from '../campaign/state.ts'
import { goesAs } from '../campaign/team-ties.ts'
import type { KnownSchools } from '../views/known-schools/queries.ts'
import type { Recusals } from '../views/recusals/queries.ts'
import { cancelVisit, scheduleVisit } from '../visit/decide.ts'
import type { Person, VisitEvent } from '../visit/events.ts'
import type { Visit } from '../visit/state.ts'

interface Options {
  readonly campaigns: Streams<Campaign, CampaignEvent>
  readonly visits: Streams<Visit, VisitEvent>
  readonly schools: KnownSchools
  readonly recusals: Recusals
}

interface Sending {
  readonly campaignId: string
  readonly schoolId: string
  readonly supervisorId: string
  readonly attempt: number
  readonly on: string
  readonly by: Person
}

/** A campaign's visits follow from it: made when it opens or somebody is sent, called off when it ends. */
export function scheduleCampaignVisits({ campaigns, visits, schools, recusals }: Options) {
  /** A refusal (a term that has ended, a school just closed) is kept, so that somebody else is sent. */
  const send = async (sending: Sending, context: CommandContext): Promise<void> => {
    const { campaignId, schoolId, attempt } = sending
    try {
      await schedule(sending, context)
    } catch (error) {
      if (!isDomainError(error) || error.kind === 'unavailable') throw error
      const { code, detail: reason } = error
      await campaigns.execute(campaignId, context, {
        decide: (state) => refuseCampaignVisit({ schoolId, attempt, code, reason }, state),
      })
    }
  }

  const schedule = async (sending: Sending, context: CommandContext): Promise<void> => {
    const { campaignId, schoolId, supervisorId, attempt, on, by } = sending
    const { state } = await campaigns.get(context.office, campaignId)
    if (state.stage !== 'opened' || state.schools.get(schoolId)?.attempt !== attempt) return
    const { plan } = state
    const school = await schools.getSchool(context.office, schoolId)
    const supervisor = await schools.getSupervisor(context.office, supervisorId)
    // Due by the campaign's last day; whoever is sent afterwards is to go at once.
    const scheduledFor = [plan.to, on].toSorted().at(-1) ?? on
    const known = await recusals.factsOf(context.office, supervisorId, schoolId)
    const { facts, rules } = goesAs(school, supervisorId, scheduledFor, known)
    await visits.execute(campaignVisitId(campaignId, schoolId, attempt), context, {
      decide: (visit) =>
        visit.stage === 'none'
          ? scheduleVisit(
              {
                school,
                supervisor,
                scheduledFor,
                checklist: plan.checklist,
                taskId: plan.taskId,
                by,
                today: on,
                recusals: facts,
                recusalRules: rules,
              },
              visit,
            )
          : [],
    })
  }

  const callOff = async (visitId: string, reason: string, by: Person, context: CommandContext): Promise<void> => {
    await visits.execute(visitId, context, {
      decide: (visit) =>
        visit.stage === 'scheduled' || visit.stage === 'started' ? cancelVisit({ reason, by }, visit) : [],
    })
  }

  const callOffAll = async (campaignId: string, reason: string, by: Person, context: CommandContext): Promise<void> => {
    const { state } = await campaigns.get(context.office, campaignId)
    if (state.stage !== 'closed' && state.stage !== 'cancelled') return
    for (const { schoolId, attempt } of state.schools.values()) {
      await callOff(campaignVisitId(campaignId, schoolId, attempt), reason, by, context)
    }
  }

  return definePolicy('schedule-campaign-visits', [
    when(campaignEvents, {
      CampaignOpened: async ({ data, envelope }, context) => {
        await awaitPosition(schools.view, envelope.position)
        const { id: campaignId } = parseStreamName(envelope.stream)
        for (const { schoolId, supervisorId } of data.schools) {
          if (supervisorId === null) continue
          await send({ campaignId, schoolId, supervisorId, attempt: 1, on: data.openedOn, by: data.openedBy }, context)
        }
      },
      CampaignVisitAssigned: async ({ data, envelope }, context) => {
        await awaitPosition(schools.view, envelope.position)
        const { id: campaignId } = parseStreamName(envelope.stream)
        const { schoolId, supervisorId, attempt, assignedOn: on, assignedBy: by } = data
        await callOff(campaignVisitId(campaignId, schoolId, attempt - 1), `改派${data.supervisorName}`, by, context)
        await send({ campaignId, schoolId, supervisorId, attempt, on, by }, context)
      },
      CampaignClosed: async ({ data, envelope }, context) =>
        await callOffAll(parseStreamName(envelope.stream).id, '督导活动已结束', data.closedBy, context),
      CampaignCancelled: async ({ data, envelope }, context) =>
        await callOffAll(
          parseStreamName(envelope.stream).id,
          `督导活动已取消：${data.reason}`,
          data.cancelledBy,
          context,
        ),
    }),
  ])
}
