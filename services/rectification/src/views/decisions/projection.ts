import { defineProjection, on, parseStreamName } from '@dulian/event-sourcing'
import {
  type DecidedProblem,
  type DecisionIssued,
  type DecisionReceived,
  decisionEvents,
} from '../../decision/events.ts'

export type DecisionDocument = DecisionIssued & {
  readonly office: string
  readonly decisionId: string
  /** 签收, by school. */
  readonly receipts: readonly DecisionReceived[]
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
    revision: 2,
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
        unit.put('decisions', decisionId, { ...data, office, decisionId, receipts: [], version: envelope.version })
        for (const problem of data.problems) {
          unit.put('items', `${decisionId}:${problem.problemId}`, {
            ...problem,
            office,
            decisionId,
            issuedOn: data.issuedOn,
          } satisfies DecidedItem)
        }
      },
      DecisionReceived: async ({ data, envelope }, unit) => {
        const { id } = parseStreamName(envelope.stream)
        const decision = await unit.get<DecisionDocument>('decisions', id)
        if (decision === undefined) return
        const receipts = [...decision.receipts, data]
        unit.put('decisions', id, { ...decision, receipts, version: envelope.version })
      },
    }),
  ],
)
