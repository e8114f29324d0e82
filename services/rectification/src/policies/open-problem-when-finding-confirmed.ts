import { chinaDate } from '@dulian/calendar'
import { definePolicy, deterministicId, type Streams, when } from '@dulian/event-sourcing'
import type { NumberRegister } from '../document-register/document-register.ts'
import { inbox } from '../integration/consume.ts'
import { openProblem } from '../problem/decide.ts'
import type { ProblemEvent } from '../problem/events.ts'
import type { Problem } from '../problem/state.ts'

/** The problem a finding leads to: always the same one, however often the finding is told. */
export function problemIdOf(findingId: string): string {
  return deterministicId('problem', findingId)
}

/** Every confirmed finding of a visit becomes one numbered problem. */
export function openProblemWhenFindingConfirmed(problems: Streams<Problem, ProblemEvent>, numbers: NumberRegister) {
  return definePolicy('open-problem-when-finding-confirmed', [
    when(inbox, {
      FindingConfirmed: async ({ data: finding, envelope }, context) => {
        const problemId = problemIdOf(finding.findingId)
        if ((await problems.load(finding.office, problemId)).version > 0) return
        // Both from the event, so that a second try finds the same register and the same number.
        const openedOn = chinaDate(envelope.time)
        const number = await numbers.take(context, { series: 'problem', day: openedOn, purpose: problemId })
        await problems.execute(problemId, context, {
          decide: (state) =>
            openProblem(
              {
                number,
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
                },
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
              state,
            ),
        })
      },
    }),
  ])
}
