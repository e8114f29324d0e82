import type { ViewReader } from '@dulian/service-host'
import { type Document, findAll, type Json, type Where } from '@dulian/views'
import { ALWAYS, type Change, type Changes, changesOf, validOf } from './history-document.ts'
import { isSame } from './patch.ts'

export interface FieldDifference {
  readonly field: string
  /** What was taken to be so on the day, at its end. */
  readonly known: Json
  /** What by today's knowledge was so on the day. */
  readonly valid: Json
}

export interface Difference {
  readonly thingId: string
  /** `added`: not listed then · `removed`: listed then, and by today's knowledge it should not have been. */
  readonly kind: 'added' | 'removed' | 'changed'
  readonly known: Document | null
  readonly valid: Document | null
  readonly fields: readonly FieldDifference[]
  /** What was recorded after the day and holds on it, the oldest first. */
  readonly corrections: readonly Change[]
}

/**
 * What was believed of a day at its end, against what is known of it today: one entry for each thing about which
 * something was recorded later that holds on that day. Only what was revised is read.
 */
export async function differencesOn(
  history: ViewReader,
  collection: string,
  asked: { readonly day: string; readonly where: Where; readonly fields: readonly string[] },
): Promise<Difference[]> {
  const { day, fields } = asked
  const where: Where = { ...asked.where, validFrom: { lte: day }, validTo: { gt: day } }
  const intervals = validOf(collection)
  const [revised, believed] = await Promise.all([
    findAll(history, intervals, { where: { ...where, knownTo: ALWAYS, knownFrom: { gt: day } } }),
    findAll(history, intervals, { where: { ...where, knownFrom: { lte: day }, knownTo: { gt: day, lt: ALWAYS } } }),
  ])
  const valid = byThing(revised)
  const known = byThing(believed)
  const differing: Omit<Difference, 'corrections'>[] = []
  for (const thingId of new Set([...known.keys(), ...valid.keys()])) {
    const [before, after] = [known.get(thingId) ?? null, valid.get(thingId) ?? null]
    const changed = fields.flatMap((field): FieldDifference[] => {
      const [knownValue, validValue] = [before?.[field] ?? null, after?.[field] ?? null]
      return isSame(knownValue, validValue) ? [] : [{ field, known: knownValue, valid: validValue }]
    })
    const kind = before === null ? 'added' : after === null ? 'removed' : 'changed'
    if (kind !== 'changed' || changed.length > 0) {
      differing.push({ thingId, kind, known: before, valid: after, fields: changed })
    }
  }
  const changes = await history.getMany<Changes>(
    changesOf(collection),
    differing.map(({ thingId }) => thingId),
  )
  return differing.map((difference) => ({
    ...difference,
    corrections: (changes.get(difference.thingId)?.document.changes ?? []).filter(
      ({ recordedOn, validFrom }) => recordedOn > day && validFrom <= day,
    ),
  }))
}

function byThing(documents: readonly Document[]): Map<string, Document> {
  return new Map(documents.map((document) => [String(document.thingId), document]))
}
