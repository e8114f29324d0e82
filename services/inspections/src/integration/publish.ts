import { bulletinIssued, campaignClosed, findingConfirmed, visitRecorded } from '@dulian/contracts'
import { parseStreamName } from '@dulian/event-sourcing'
import { announce, type PublicationPart } from '@dulian/service-host'
import { bulletinEvents } from '../bulletin/events.ts'
import { campaignEvents } from '../campaign/events.ts'
import { visitEvents } from '../visit/events.ts'

/** What the others hear: that a visit took place with its counts, each confirmed finding in full, that a bulletin is out, and each campaign's end. */
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
  announce(bulletinEvents, {
    BulletinIssued: ({ data, envelope }) => {
      const { office, id: bulletinId } = parseStreamName(envelope.stream)
      const { period, title, documentNumber, issuedOn, zones, missing } = data
      const counts = { zones: zones.length, zonesMissing: missing.length }
      return [
        { contract: bulletinIssued, data: { office, bulletinId, period, title, documentNumber, issuedOn, ...counts } },
      ]
    },
  }),
  announce(campaignEvents, {
    CampaignClosed: ({ data, envelope }) => {
      const { office, id: campaignId } = parseStreamName(envelope.stream)
      const { closedBy: _, conclusion: __, unvisited: ___, ...counts } = data
      return [{ contract: campaignClosed, data: { office, campaignId, ...counts } }]
    },
  }),
]
