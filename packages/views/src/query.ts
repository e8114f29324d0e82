/**
 * A comparison on one field: a bare value is equality, `null` matches a missing field too, and so does `not` a value.
 * Nothing equals or exceeds a value of another type: 1 is neither `true` nor `'1'`, and no text is greater than 1.
 */
export type Condition =
  | string
  | number
  | boolean
  | null
  | { readonly in: readonly (string | number)[] }
  | {
      readonly gte?: string | number
      readonly gt?: string | number
      readonly lte?: string | number
      readonly lt?: string | number
    }
  | { readonly not: string | number | boolean | null }
  /** The collection's `tokens` field holds all of these; of none, every document does. */
  | { readonly all: readonly string[] }

export interface Where {
  readonly [field: string]: Condition | undefined
}

export interface Query {
  readonly where: Where
  /** Field and direction; upwards what has no value comes first, then numbers, texts, booleans. The id is always the last tie-breaker, so pages neither repeat nor skip. */
  readonly sort?: readonly (readonly [field: string, direction: 'asc' | 'desc'])[]
  /** 1–1000; 50 when absent. */
  readonly limit?: number
  /** Opaque, from the previous page of the same query; the first page without one. */
  readonly cursor?: string | undefined
}

export interface Page<T> {
  readonly items: readonly T[]
  readonly nextCursor: string | undefined
}

export interface GroupCount {
  /** The values of the grouping fields, in their order; `null` where a document has none. */
  readonly key: readonly (string | number | boolean | null)[]
  readonly count: number
}
