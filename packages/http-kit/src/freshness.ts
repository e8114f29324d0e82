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
