import { defineProjection, on, parseStreamName } from '@dulian/event-sourcing'
import { type DecidedProblem, type DecisionIssued, decisionEvents } from '../../decision/events.ts'

export type DecisionDocument = DecisionIssued & {
  readonly office: string
  readonly decisionId: string
  readonly version: number
}

/** One problem of one decision, for those who may see only some of them. */
export type DecidedItem = DecidedProblem & {
  readonly office: string
  readonly decisionId: string
  readonly issuedOn: string
}

/** 整改决定 with what they demand. */
export const decisionsProjection = defineProjection(
  {
    name: 'decisions',
    revision: 1,
    collections: {
      decisions: { indexes: { byDay: ['office', 'issuedOn', 'documentNumber'] } },
      items: {
        indexes: {
          byDay: ['office', 'issuedOn'],
          bySchool: ['office', 'schoolId', 'issuedOn'],
          byZone: ['office', 'zoneId', 'issuedOn'],
          bySupervisor: ['office', 'supervisorId', 'issuedOn'],
          byBody: ['office', 'body', 'issuedOn'],
          byDecision: ['office', 'decisionId', 'issuedOn'],
        },
      },
    },
  },
  [
    on(decisionEvents, {
      DecisionIssued: ({ data, envelope }, unit) => {
        const { office, id: decisionId } = parseStreamName(envelope.stream)
        unit.put('decisions', decisionId, { ...data, office, decisionId, version: envelope.version })
        for (const problem of data.problems) {
          unit.put('items', `${decisionId}:${problem.problemId}`, {
            ...problem,
            office,
            decisionId,
            issuedOn: data.issuedOn,
          } satisfies DecidedItem)
        }
      },
    }),
  ],
)
