import { defineHistory } from '@dulian/history'
import type { Document } from '@dulian/views'
import { selfCheckDating } from '../dating.ts'
import { selfChecksProjection } from '../self-checks/projection.ts'

/** 学校自查 on any past day [N10]. */
export const selfChecksHistory = defineHistory({
  name: 'self-checks-history',
  revision: 1,
  of: selfChecksProjection,
  collections: { checks: { lean: listedSelfCheck } },
  dated: [selfCheckDating],
})

/** A self-check as lists show it: what was answered and said stands in its record. */
export function listedSelfCheck(check: Document): Document {
  return { ...check, items: [], answers: [], statement: null, timeline: [] }
}
