import { chinaDate } from '@dulian/calendar'
import { definePolicy, deterministicId, when } from '@dulian/event-sourcing'
import { awaitPosition } from '@dulian/service-host'
import { inbox } from '../integration/consume.ts'
import { type OpenOrReopenOptions, openOrReopen } from '../problem/open-or-reopen.ts'
import type { ProblemViews } from '../views/problems/queries.ts'

/** The problem a finding leads to: always the same one, however often the finding is told. */
export function problemIdOf(findingId: string): string {
  return deterministicId('problem', findingId)
}

/** Every confirmed finding of a visit becomes one numbered problem, or lets the old one rebound. */
export function openProblemWhenFindingConfirmed(
  options: Omit<OpenOrReopenOptions, 'views'> & { readonly views: Pick<ProblemViews, 'view' | 'findSameGround'> },
) {
  const { problems, views } = options
  return definePolicy('open-problem-when-finding-confirmed', [
    when(inbox, {
      FindingConfirmed: async ({ data: finding, envelope }, context) => {
        const problemId = problemIdOf(finding.findingId)
        if ((await problems.load(finding.office, problemId)).version > 0) return
        // The view must know of every cancellation before this finding.
        await awaitPosition(views.view, envelope.position)
        // Both from the event, so that a second try finds the same register and the same number.
        const openedOn = chinaDate(envelope.time)
        await openOrReopen(options, context, {
          problemId,
          cause: 'finding',
          foundOn: finding.foundOn,
          foundBy: { subject: context.actor, name: finding.supervisorName },
          opening: {
            // A checklist says how it should be; as a problem that would read as if all were well.
            title: `未做到：${finding.itemTitle}`,
            description: finding.description,
            severity: finding.severity,
            schoolId: finding.schoolId,
            schoolName: finding.schoolName,
            zoneId: finding.zoneId,
            zoneName: finding.zoneName,
            supervisorId: finding.supervisorId,
            supervisorName: finding.supervisorName,
            body: null,
            source: {
              kind: 'routine',
              title: '责任督学进校督查',
              level: 'district',
              year: Number(finding.foundOn.slice(0, 4)),
              documentNumber: null,
            },
            ground: { itemCode: finding.itemCode, itemTitle: finding.itemTitle, clause: finding.clause },
            feedbackId: null,
            evidence: finding.evidence,
            origin: {
              findingId: finding.findingId,
              visitId: finding.visitId,
              itemCode: finding.itemCode,
              itemTitle: finding.itemTitle,
              clause: finding.clause,
              foundOn: finding.foundOn,
              foundBy: finding.supervisorName,
              confirmedAt: finding.confirmedAt,
              confirmedBy: finding.confirmedBy,
            },
            findingId: finding.findingId,
            visitId: finding.visitId,
            taskId: finding.taskId,
            openedOn,
            openedBy: null,
          },
        })
      },
    }),
  ])
}
