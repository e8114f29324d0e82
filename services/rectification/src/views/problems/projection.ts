import {
  type Decoded,
  defineProjection,
  onEvery,
  parseStreamName,
  streamOf,
  type UnitOfWork,
} from '@dulian/event-sourcing'
import { type ProblemEvent, problemEvents } from '../../problem/events.ts'
import type { ProblemDocument } from './problem-document.ts'
import { problemIndexes } from './problem-fields.ts'
import { relabelled } from './relabelled.ts'
import { fileUnderSchool, labelCollections, labelParts } from './school-labels.ts'
import { withProblemEvent } from './with-problem-event.ts'

/** 问题台账 as it stands now, each with its timeline. */
export const problemsProjection = defineProjection(
  {
    name: 'problems',
    revision: 2,
    collections: { problems: { indexes: problemIndexes, tokens: 'words' }, ...labelCollections },
  },
  [
    onEvery(problemEvents, keep),
    ...labelParts(async (unit, problemId, labels, { what }) => {
      const problem = await unit.get<ProblemDocument>('problems', problemId)
      const changed = problem === undefined ? undefined : relabelled(problem, labels, what)
      if (changed !== undefined) unit.put('problems', problemId, changed)
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
  unit.put('problems', id, event.type === 'ProblemOpened' ? await fileUnderSchool(unit, after) : after)
}
