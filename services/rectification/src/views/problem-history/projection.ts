import { chinaDate } from '@dulian/calendar'
import { type Decoded, defineProjection, onEvery, streamOf, type UnitOfWork } from '@dulian/event-sourcing'
import { type ProblemEvent, problemEvents } from '../../problem/events.ts'
import { NO_DATE, type ProblemDocument, type ProblemFacts } from '../problems/problem-document.ts'
import { problemIndexes } from '../problems/problem-fields.ts'
import { relabelled } from '../problems/relabelled.ts'
import { fileUnderSchool, labelCollections, labelParts } from '../problems/school-labels.ts'
import { withProblemEvent } from '../problems/with-problem-event.ts'

/**
 * What was known of a problem at the end of each China day from `knownFrom` up to the day before `knownTo` [N10].
 * The newest has `knownTo` behind all days and stands under the problem's own id; a closed one under `<id>@<knownFrom>`.
 */
export type ProblemSnapshot = ProblemFacts & { readonly knownFrom: string; readonly knownTo: string }

/** 问题台账 as it was known on any past day. */
export const problemHistoryProjection = defineProjection(
  {
    name: 'problem-history',
    revision: 3,
    collections: {
      problems: {
        indexes: { ...problemIndexes, byKnown: ['office', 'knownTo', 'knownFrom'] },
        tokens: 'words',
      },
      ...labelCollections,
    },
  },
  [
    onEvery(problemEvents, keep),
    ...labelParts(async (unit, problemId, labels, { what, time }) => {
      const current = await unit.get<ProblemSnapshot>('problems', problemId)
      const changed = current === undefined ? undefined : relabelled(current, labels, what)
      if (changed !== undefined) put(unit, current, changed, time)
    }),
  ],
)

async function keep(event: Decoded<ProblemEvent>, unit: UnitOfWork): Promise<void> {
  const { id } = streamOf(event)
  const current = await unit.get<ProblemSnapshot>('problems', id)
  const before = current === undefined ? undefined : withoutStory(current)
  const after = withProblemEvent(before, event)
  if (after === undefined) return
  const filed = event.type === 'ProblemOpened' ? await fileUnderSchool(unit, after) : after
  put(unit, current, filed, event.envelope.time)
}

/** Closes the former interval when the change came on a later day; within one day the last state counts. */
function put(unit: UnitOfWork, current: ProblemSnapshot | undefined, facts: ProblemFacts, time: string): void {
  const day = chinaDate(time)
  const knownFrom = current !== undefined && current.knownFrom > day ? current.knownFrom : day
  if (current !== undefined && current.knownFrom < knownFrom) {
    unit.put('problems', `${current.problemId}@${current.knownFrom}`, { ...current, knownTo: knownFrom })
  }
  unit.put('problems', facts.problemId, { ...factsOnly(facts), knownFrom, knownTo: NO_DATE })
}

/** The fold wants a whole document; the history keeps no story, so there is none to go on with. */
function withoutStory(snapshot: ProblemSnapshot): ProblemDocument {
  const { knownFrom: _, knownTo: __, ...facts } = snapshot
  return { ...facts, origin: null, evidence: [], timeline: [], reports: [], decisions: [], notices: [] }
}

function factsOnly(facts: ProblemFacts & Partial<ProblemDocument & ProblemSnapshot>): ProblemFacts {
  const {
    origin: _origin,
    evidence: _evidence,
    timeline: _timeline,
    reports: _reports,
    decisions: _decisions,
    notices: _notices,
    knownFrom: _from,
    knownTo: _to,
    ...kept
  } = facts
  return kept
}
