import { findingConfirmed, visitRecorded } from '@dulian/contracts'
import { parseStreamName } from '@dulian/event-sourcing'
import { announce, type PublicationPart } from '@dulian/service-host'
import { visitEvents } from '../visit/events.ts'

/** What the others hear of a visit: that it took place with its counts, and each confirmed finding in full. */
export const publishes: readonly PublicationPart[] = [
  announce(visitEvents, {
    VisitRecorded: ({ data, envelope }) => {
      const { office, id: visitId } = parseStreamName(envelope.stream)
      return [
        {
          contract: visitRecorded,
          data: {
            office,
            visitId,
            schoolId: data.schoolId,
            schoolName: data.schoolName,
            supervisorId: data.supervisorId,
            visitedOn: data.visitedOn,
            items: data.answers.length,
            negatives: data.findings.length,
            taskId: data.taskId,
          },
        },
      ]
    },
    FindingConfirmed: ({ data, envelope }) => {
      const { office, id: visitId } = parseStreamName(envelope.stream)
      return [{ contract: findingConfirmed, data: { office, visitId, ...data, confirmedBy: data.confirmedBy.name } }]
    },
  }),
]
