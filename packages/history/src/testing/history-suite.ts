import assert from 'node:assert/strict'
import { test } from 'node:test'
import { chinaDate } from '@dulian/calendar'
import type { Projection, RecordedEvent } from '@dulian/event-sourcing'
import { ProjectedView, project, projectionSuite } from '@dulian/event-sourcing/testing'
import type { Document } from '@dulian/views'
import type { History } from '../define-history.ts'
import { ALWAYS, type KnownInterval, knownOf, type ValidInterval, validOf } from '../history-document.ts'

/**
 * What every history must hold, shown on a story of its service: all that projections must hold; at the end of every
 * day what is known is what the live view showed; and what is valid behind all days is the live view as well.
 * `lean` is what the history keeps of a live document.
 */
export function historySuite(
  history: History,
  live: Projection,
  events: readonly RecordedEvent[],
  lean: (collection: string, document: Document) => Document = (_collection, document) => document,
): void {
  const { name } = history.space
  projectionSuite(history, events)

  test(`[N10] ${name}: at the end of each day it knows what the live view showed`, async () => {
    const past = await project(history, events)
    const shown = new ProjectedView()
    // A clock set back does not bring a day back.
    let newest = ''
    const dayOf = events.map(({ time }) => {
      const day = chinaDate(time)
      if (day > newest) newest = day
      return newest
    })
    let shownSoFar = 0
    for (const day of new Set(dayOf)) {
      const until = dayOf.lastIndexOf(day) + 1
      await shown.project(live, events.slice(shownSoFar, until))
      shownSoFar = until
      for (const collection of history.remembers) {
        const known = past
          .documents<KnownInterval & Document>(knownOf(collection))
          .filter(({ knownFrom, knownTo }) => knownFrom <= day && day < knownTo)
        const wanted = shown.documents(collection).map((document) => lean(collection, document))
        assert.deepEqual(sorted(known.map(withoutDays)), sorted(wanted), `${collection} on ${day}`)
      }
    }
  })

  test(`[N10] ${name}: behind all days, what is valid is what the live view shows; no two intervals overlap`, async () => {
    const past = await project(history, events)
    const shown = await project(live, events)
    for (const collection of history.remembers) {
      const valid = past
        .documents<ValidInterval & Document>(validOf(collection))
        .filter(({ knownTo }) => knownTo === ALWAYS)
      const last = valid.filter(({ validTo }) => validTo === ALWAYS)
      const wanted = shown.documents(collection).map((document) => lean(collection, document))
      assert.deepEqual(sorted(last.map(withoutDays)), sorted(wanted), collection)
      for (const intervals of Map.groupBy(valid, ({ thingId }) => thingId).values()) {
        const ordered = intervals.toSorted((one, other) => (one.validFrom < other.validFrom ? -1 : 1))
        for (const [place, { validFrom, validTo }] of ordered.entries()) {
          assert.ok(validFrom < validTo, `${collection} ${validFrom}`)
          assert.ok(validTo <= (ordered[place + 1]?.validFrom ?? ALWAYS), `${collection} ${validTo}`)
        }
      }
    }
  })
}

function withoutDays(document: Document): Document {
  const { thingId: _, knownFrom: __, knownTo: ___, validFrom: ____, validTo: _____, ...rest } = document
  return rest
}

/** Lists hold the same elements whatever their order: a past day's list is put together from what came and went. */
function sorted(documents: readonly Document[]): string[] {
  return documents
    .map((document) =>
      JSON.stringify(
        Object.entries(document)
          .filter(([, value]) => value !== undefined)
          .map(([field, value]) => [
            field,
            Array.isArray(value) ? value.map((part) => JSON.stringify(part)).sort() : JSON.stringify(value),
          ])
          .sort(([one], [other]) => (String(one) < String(other) ? -1 : 1)),
      ),
    )
    .sort()
}
