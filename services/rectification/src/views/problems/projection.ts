import {
  type Decoded,
  defineProjection,
  on,
  onEvery,
  parseStreamName,
  streamOf,
  type UnitOfWork,
} from '@dulian/event-sourcing'
import { decisionEvents } from '../../decision/events.ts'
import { type ProblemEvent, problemEvents } from '../../problem/events.ts'
import { urgingNoticeEvents } from '../../urging-notice/events.ts'
import type { ProblemDocument, TimelineEntry } from './problem-document.ts'
import { problemIndexes } from './problem-fields.ts'
import { putProblem, tileIndexes } from './problem-tile.ts'
import { relabelled } from './relabelled.ts'
import { fileUnderSchool, labelCollections, labelParts } from './school-labels.ts'
import { withProblemEvent } from './with-problem-event.ts'

/** 问题台账 as it stands now, each with its timeline. */
export const problemsProjection = defineProjection(
  {
    name: 'problems',
    revision: 4,
    collections: {
      problems: { indexes: problemIndexes, tokens: 'words' },
      tiles: { indexes: tileIndexes },
      ...labelCollections,
    },
  },
  [
    onEvery(problemEvents, keep),
    on(decisionEvents, {
      DecisionReceived: async ({ data, envelope }, unit) => {
        const { id } = streamOf({ envelope })
        const { problemIds, receivedOn, receivedBy } = data
        for (const problemId of problemIds) {
          await change(unit, problemId, (problem) => ({
            decisions: problem.decisions.map((one) => (one.decisionId === id ? { ...one, receivedOn } : one)),
            timeline: [
              ...problem.timeline,
              receipt('DecisionReceived', '学校已签收整改决定', envelope, receivedBy.name),
            ],
          }))
        }
      },
    }),
    on(urgingNoticeEvents, {
      UrgingNoticeReceived: async ({ data, envelope }, unit) => {
        const { id } = streamOf({ envelope })
        const { problemId, receivedOn, receivedBy } = data
        await change(unit, problemId, (problem) => ({
          notices: problem.notices.map((one) => (one.noticeId === id ? { ...one, receivedOn } : one)),
          timeline: [
            ...problem.timeline,
            receipt('UrgingNoticeReceived', '学校已签收督办通知', envelope, receivedBy.name),
          ],
        }))
      },
    }),
    ...labelParts(async (unit, problemId, labels, { what }) => {
      const problem = await unit.get<ProblemDocument>('problems', problemId)
      const changed = problem === undefined ? undefined : relabelled(problem, labels, what)
      if (changed !== undefined) putProblem(unit, changed)
    }),
  ],
  {
    prefetch: async (events, unit) => {
      const own = events.filter((event) => problemEvents.owns(event.type))
      await unit.prefetch('problems', [...new Set(own.map((event) => parseStreamName(event.stream).id))])
    },
  },
)

async function keep(event: Decoded<ProblemEvent>, unit: UnitOfWork): Promise<void> {
  const { id } = streamOf(event)
  const after = withProblemEvent(await unit.get<ProblemDocument>('problems', id), event)
  if (after === undefined) return
  putProblem(unit, event.type === 'ProblemOpened' ? await fileUnderSchool(unit, after) : after)
}

async function change(
  unit: UnitOfWork,
  problemId: string,
  to: (problem: ProblemDocument) => Partial<ProblemDocument>,
): Promise<void> {
  const problem = await unit.get<ProblemDocument>('problems', problemId)
  if (problem !== undefined) putProblem(unit, { ...problem, ...to(problem) })
}

function receipt(
  event: string,
  title: string,
  { time, meta }: Decoded<ProblemEvent>['envelope'],
  actorName: string,
): TimelineEntry {
  return {
    event,
    title,
    at: time,
    actor: meta.actor,
    actorName,
    bySchool: true,
    note: null,
    evidence: [],
    documentNumber: null,
    audience: 'all',
  }
}
