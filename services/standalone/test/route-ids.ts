import { type OneOfEverything, TERM_FROM } from './one-of-everything.ts'

/** An id that nothing bears. */
export const NO_ID = '00000000-0000-5000-8000-000000000000'
/** A content hash that no file has. */
export const NO_HASH = '0'.repeat(64)

type Parameters = Readonly<Record<string, string>>

const kinds: readonly (readonly [prefix: string, parameters: (things: OneOfEverything) => Parameters])[] = [
  ['/api/supervisor-registry/schools/', ({ schoolId }) => ({ id: schoolId })],
  ['/api/supervisor-registry/zones/', ({ zoneId }) => ({ id: zoneId })],
  [
    '/api/supervisor-registry/supervisors/',
    ({ supervisorId, relationId, activityId }) => ({
      id: supervisorId,
      factId: relationId,
      activityId,
      termFrom: TERM_FROM,
    }),
  ],
  ['/api/supervisor-registry/committee/', ({ bodyId }) => ({ bodyId })],
  ['/api/supervisor-registry/talents/', ({ talentId }) => ({ id: talentId })],
  ['/api/supervisor-registry/imports/', ({ importId }) => ({ id: importId })],
  ['/api/supervisor-registry/accounts/', ({ accountId, sessionId }) => ({ id: accountId, sessionId })],
  ['/auth/sessions/', ({ sessionId }) => ({ id: sessionId })],
  ['/api/office/plans/', ({ planId, itemId }) => ({ id: planId, itemId })],
  ['/api/office/tasks/', ({ taskId }) => ({ id: taskId })],
  ['/api/inspections/checklists/', ({ checklistId }) => ({ id: checklistId })],
  ['/api/inspections/self-checks/', ({ selfCheckId }) => ({ id: selfCheckId })],
  ['/api/inspections/zone-summaries/', ({ summaryId }) => ({ id: summaryId })],
  ['/api/inspections/bulletins/', ({ bulletinId }) => ({ id: bulletinId })],
  ['/api/inspections/campaigns/', ({ campaignId }) => ({ id: campaignId })],
  ['/api/rectification/problems/', ({ problemId }) => ({ id: problemId })],
  ['/api/rectification/decisions/', ({ decisionId }) => ({ id: decisionId })],
  ['/api/rectification/notices/', ({ noticeId }) => ({ id: noticeId })],
  ['/api/rectification/feedbacks/', ({ feedbackId }) => ({ id: feedbackId })],
  ['/api/office/files/', ({ files }) => ({ hash: files.office ?? '' })],
  ['/api/inspections/files/', ({ files }) => ({ hash: files.inspections ?? '' })],
  ['/api/rectification/files/', ({ files }) => ({ hash: files.rectification ?? '' })],
]

/**
 * What stands in a route's address when it is about a thing of this office; the address as OpenAPI or Fastify writes it.
 * Throws for a route about a kind of thing that the story does not make yet, so that none stays untested.
 */
export function parametersOf(url: string, things: OneOfEverything): Parameters {
  if (!/[{:]/.test(url) || /\/system\//.test(url)) return {}
  if (url.startsWith('/api/inspections/visits/')) {
    // A planned visit is started, recorded, cancelled; a recorded one is read and its findings are decided on.
    const planned = /\/(start|record|cancel)$/.test(url)
    return {
      id: planned ? things.scheduledVisitId : things.recordedVisitId,
      findingId: things.proposedFindingId,
    }
  }
  const kind = kinds.find(([prefix]) => url.startsWith(prefix))
  if (kind === undefined) throw new TypeError(`${url} is about something that one-of-everything.ts does not make`)
  return kind[1](things)
}

/** The same parameters for something that does not exist. */
export function nobodys(parameters: Parameters): Parameters {
  return Object.fromEntries(Object.keys(parameters).map((name) => [name, name === 'hash' ? NO_HASH : NO_ID]))
}

export function fill(url: string, parameters: Parameters): string {
  return url.replace(
    /:(\w+)|\{(\w+)\}/g,
    (found, plain?: string, braced?: string) => parameters[plain ?? braced ?? ''] ?? found,
  )
}
