import type { Document } from '@dulian/views'
import type { Patch } from './patch.ts'

/** The end of what has no end yet; sorts behind every day. */
export const ALWAYS = '9999-12-31'

/**
 * How a thing was shown at the end of each China day from `knownFrom` up to the day before `knownTo`. The one that
 * still holds has `knownTo: ALWAYS`.
 */
export type KnownInterval = {
  readonly thingId: string
  readonly knownFrom: string
  readonly knownTo: string
}

/**
 * How a thing was on each day from `validFrom` up to the day before `validTo`, by what was known from `knownFrom` up
 * to the day before `knownTo`; `knownTo: ALWAYS` is today's knowledge.
 */
export type ValidInterval = KnownInterval & { readonly validFrom: string; readonly validTo: string }

/** One event's change of one document. */
export type Change = {
  readonly event: string
  readonly title: string | null
  readonly actor: string
  /** China day on which it was recorded. */
  readonly recordedOn: string
  /** Day from which it holds; never before the thing's own first day. */
  readonly validFrom: string
  readonly patch: Patch
}

/** Everything that ever happened to one document, in the order of recording, and what of it is written at present. */
export type Changes = Document & {
  /** Position of the newest event counted in. */
  readonly seen: string
  /** First day of the present known interval; null while the thing is gone. */
  readonly knownFrom: string | null
  readonly lastDay: string
  readonly changes: readonly Change[]
  /** Valid intervals of today's knowledge, by their days. */
  readonly open: readonly { readonly from: string; readonly to: string; readonly knownFrom: string }[]
}

export const knownOf = (collection: string): string => `${collection}-known`
export const validOf = (collection: string): string => `${collection}-valid`
export const changesOf = (collection: string): string => `${collection}-changes`
