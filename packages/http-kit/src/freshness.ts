import { comparePositions } from '@dulian/views'

/** How far the view behind a query has come. */
export interface Freshness {
  /** Source position the view has applied. */
  position(): string
  /** Events still to be applied. */
  lag(): Promise<number>
  /** ISO 8601 time of the last applied event or check. */
  asOf(): string
  /** Resolves true when the view reaches the position within `ms`, else false. */
  waitFor(position: string, ms: number): Promise<boolean>
}

/** Of an answer made from several views: as far as the one that is furthest behind. At least one. */
export function freshnessOfAll(views: readonly [Freshness, ...Freshness[]]): Freshness {
  return {
    position: () =>
      views.map((view) => view.position()).reduce((one, other) => (comparePositions(one, other) <= 0 ? one : other)),
    lag: async () => Math.max(...(await Promise.all(views.map((view) => view.lag())))),
    asOf: () => views.map((view) => view.asOf()).toSorted()[0] ?? '',
    async waitFor(position, ms) {
      const reached = await Promise.all(views.map((view) => view.waitFor(position, ms)))
      return reached.every((one) => one)
    },
  }
}
