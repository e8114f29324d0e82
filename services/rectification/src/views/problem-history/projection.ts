import { type Decoded, defineProjection, onEvery, streamOf, type UnitOfWork } from '@dulian/event-sourcing'
import { dated, defineHistory } from '@dulian/history'
import { clockEvents } from '@dulian/service-host'
import { inbox } from '../../integration/consume.ts'
import { type ProblemEvent, problemEvents } from '../../problem/events.ts'
import type { ProblemDocument, ProblemFacts } from '../problems/problem-document.ts'
import { problemIndexes } from '../problems/problem-fields.ts'
import { problemsProjection } from '../problems/projection.ts'
import { relabelled } from '../problems/relabelled.ts'
import { fileUnderSchool, labelCollections, labelParts } from '../problems/school-labels.ts'
import { withProblemEvent } from '../problems/with-problem-event.ts'

/** What the past keeps of problems: what lists and the board show, without the story of each. */
export const problemFactsProjection = defineProjection(
  {
    name: 'problem-facts',
    revision: problemsProjection.space.revision,
    collections: { problems: { indexes: problemIndexes, tokens: 'words' }, ...labelCollections },
  },
  [
    onEvery(problemEvents, keep),
    ...labelParts(async (unit, problemId, labels, { what }) => {
      const problem = await unit.get<ProblemFacts>('problems', problemId)
      const changed = problem === undefined ? undefined : relabelled(problem, labels, what)
      if (changed !== undefined) unit.put('problems', problemId, changed)
    }),
  ],
)

/** 问题台账 as it was known on any past day, and as by today's knowledge it was on it [N10]. */
export const problemHistoryProjection = defineHistory({
  name: 'problem-history',
  revision: 1,
  of: problemFactsProjection,
  collections: { problems: { counters: ['urgings', 'evidenceCount'] } },
  dated: [
    dated(problemEvents, {
      // It was there from the day it was found, however late it was put on the ledger.
      ProblemOpened: { title: '问题立案', from: ({ origin, openedOn }) => origin?.foundOn ?? openedOn },
      DemandSet: { title: '下达整改决定', from: ({ issuedOn }) => issuedOn },
      DeadlineExtended: { title: '批准延期' },
      DeadlinePassed: { title: '整改逾期', from: ({ noticedOn }) => noticedOn },
      ProblemUrged: { title: '发出督办通知', from: ({ urgedOn }) => urgedOn },
      RectificationReported: { title: '提交整改报告', from: ({ reportedOn }) => reportedOn },
      RectificationReturned: { title: '退回整改报告' },
      RectificationVerified: { title: '核查通过', from: ({ verifiedOn }) => verifiedOn },
      ProblemCancelled: { title: '销号', from: ({ cancelledOn }) => cancelledOn },
      BodyAsked: { title: '商请成员单位', from: ({ askedOn }) => askedOn },
      BodyReplied: { title: '成员单位答复', from: ({ repliedOn }) => repliedOn },
      ReCheckScheduled: { title: '安排回头看' },
      ReCheckPassed: { title: '回头看通过', from: ({ checkedOn }) => checkedOn },
      EffectConfirmed: { title: '确认整改成效', from: ({ confirmedOn }) => confirmedOn },
      ReboundFound: { title: '问题反弹', from: ({ foundOn }) => foundOn },
    }),
    dated(inbox, {
      SchoolChanged: { title: '学校信息变更', from: ({ validFrom }) => validFrom ?? null },
      PostingChanged: { title: '挂牌督导变更', from: ({ from }) => from },
    }),
    dated(clockEvents, { DayBegan: { title: '挂牌督导生效', from: ({ date }) => date } }),
  ],
})

async function keep(event: Decoded<ProblemEvent>, unit: UnitOfWork): Promise<void> {
  const { id } = streamOf(event)
  const current = await unit.get<ProblemFacts>('problems', id)
  const after = withProblemEvent(current === undefined ? undefined : withoutStory(current), event)
  if (after === undefined) return
  const facts = factsOnly(after)
  unit.put('problems', id, event.type === 'ProblemOpened' ? await fileUnderSchool(unit, facts) : facts)
}

/** The fold wants a whole document; the history keeps no story, so there is none to go on with. */
function withoutStory(facts: ProblemFacts): ProblemDocument {
  return { ...facts, origin: null, evidence: [], timeline: [], reports: [], decisions: [], notices: [] }
}

function factsOnly({
  origin: _,
  evidence: __,
  timeline: ___,
  reports: ____,
  decisions: ______,
  notices: _____,
  ...facts
}: ProblemDocument): ProblemFacts {
  return facts
}
