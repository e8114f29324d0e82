import { chinaDate, InputDay } from '@dulian/calendar'
import { type DataScope, query } from '@dulian/http-kit'
import type { Document, Json, Where } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { differencesOn, type FieldDifference } from './differences.ts'
import { historyError } from './errors.ts'
import { freshnessOf, type ViewsOverTime } from './look-back.ts'

/** More than this nobody reads; the answer says how many there are. */
const MOST = 500

export const DifferencesAnswer = z.object({
  day: z.string(),
  total: z.number().int(),
  items: z.array(
    z.object({
      thingId: z.string(),
      name: z.string(),
      kind: z.enum(['added', 'removed', 'changed']),
      fields: z.array(
        z.object({
          field: z.string(),
          title: z.string(),
          /** As taken to be then; null when nothing was known. */
          known: z.string().nullable(),
          valid: z.string().nullable(),
        }),
      ),
      corrections: z.array(
        z.object({ event: z.string(), title: z.string(), recordedOn: z.string(), validFrom: z.string() }),
      ),
    }),
  ),
})

export type NameOf = (document: Document) => string

export interface DifferenceRoute {
  readonly url: string
  readonly permission: string
  readonly summary: string
  readonly tags: readonly string[]
  readonly views: ViewsOverTime
  readonly collection: string
  /** What is compared, with the words of the list's columns; with `show` where the value is not for people's eyes. */
  readonly fields: {
    readonly [field: string]: string | { readonly title: string; readonly show: (value: Json) => string }
  }
  /** What the things are called; given all of them at once, so that names may be looked up. */
  readonly namesOf: (documents: readonly Document[]) => NameOf | Promise<NameOf>
  /** What of the collection the asker may see. */
  readonly where: (scope: DataScope) => Where | Promise<Where>
}

/** `GET …/differences?day=`: row by row what was corrected since, and by what [N10]. */
export function differenceRoute(app: FastifyInstance, route: DifferenceRoute): void {
  const { views, fields } = route
  query(app, {
    url: route.url,
    permission: route.permission,
    summary: route.summary,
    description: '列出当日终了时所知与今日所知该日实情之间的差异，以及造成差异的更正或补录。',
    tags: [...route.tags],
    query: z.object({ day: InputDay }),
    answer: DifferencesAnswer,
    freshness: () => freshnessOf(views.history),
    handle: async ({ query: { day }, scope }) => {
      const today = chinaDate(views.clock.now())
      if (day > today) throw historyError('HISTORY_DAY_TO_COME', { day, today }, { pointer: '/day' })
      const where = await route.where(scope)
      const asked = { day, where, fields: Object.keys(fields) }
      const found = await differencesOn(views.history, route.collection, asked)
      const nameOf = await route.namesOf(found.map(({ known, valid }) => valid ?? known ?? {}))
      const items = found
        .map(({ thingId, kind, known, valid, fields: changed, corrections }) => ({
          thingId,
          name: nameOf(valid ?? known ?? {}),
          kind,
          fields: changed.map((difference) => shown(difference, fields)),
          corrections: corrections.map(({ event, title, recordedOn, validFrom }) => ({
            event,
            title: title ?? '补录',
            recordedOn,
            validFrom,
          })),
        }))
        .sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0))
      return { day, total: items.length, items: items.slice(0, MOST) }
    },
  })
}

function shown({ field, known, valid }: FieldDifference, titles: DifferenceRoute['fields']) {
  const described = titles[field] ?? field
  if (typeof described === 'string') return { field, title: described, known: textOf(known), valid: textOf(valid) }
  const { title, show } = described
  return { field, title, known: known === null ? null : show(known), valid: valid === null ? null : show(valid) }
}

function textOf(value: Json): string | null {
  if (value === null || typeof value === 'string') return value
  if (Array.isArray(value)) return (value as readonly Json[]).map((part) => textOf(part) ?? '').join('、')
  if (typeof value === 'object') return JSON.stringify(value)
  return String(value)
}

/** A list of ids as people see it: how many. */
export function sizeOf(value: Json): string {
  return Array.isArray(value) ? String(value.length) : '0'
}
