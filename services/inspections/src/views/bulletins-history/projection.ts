import { defineHistory } from '@dulian/history'
import type { Document, Json } from '@dulian/views'
import { bulletinsProjection } from '../bulletins/projection.ts'
import { bulletinDating } from '../dating.ts'

/** 督导通报 on any past day [N10]. */
export const bulletinsHistory = defineHistory({
  name: 'bulletins-history',
  revision: 1,
  of: bulletinsProjection,
  collections: { bulletins: { lean: listedBulletin } },
  dated: [bulletinDating],
})

/** A bulletin as lists show it: its title, and how many zones' summaries are in it; the text stands in its record. */
export function listedBulletin(bulletin: Document): Document {
  const { wording, summaries } = bulletin
  const { title }: { title?: Json } = Object(wording)
  return {
    ...bulletin,
    wording: { title: title ?? '' },
    summaries: Array.isArray(summaries) ? summaries.map(({ summaryId, version }) => ({ summaryId, version })) : [],
  }
}
