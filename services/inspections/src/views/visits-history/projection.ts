import { defineHistory } from '@dulian/history'
import type { Document } from '@dulian/views'
import { visitDating } from '../dating.ts'
import { visitsProjection } from '../visits/projection.ts'

/** 进校督查 on any past day [N10]. */
export const visitsHistory = defineHistory({
  name: 'visits-history',
  revision: 1,
  of: visitsProjection,
  collections: { visits: { lean: listedVisit } },
  dated: [visitDating],
})

/** A visit as lists show it: answers, signatures and its own timeline stand in its record. */
export function listedVisit(visit: Document): Document {
  const { checklist, findings } = visit
  return {
    ...visit,
    answers: [],
    signatures: null,
    timeline: [],
    checklist: { ...Object(checklist), items: [] },
    findings: Array.isArray(findings) ? findings.map(({ findingId, state }) => ({ findingId, state })) : [],
  }
}
