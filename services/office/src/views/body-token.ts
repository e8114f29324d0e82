/** How a view's tokens say that a body takes part; no search text yields a token with a colon. */
export function bodyToken(name: string): string {
  return `body:${name}`
}
