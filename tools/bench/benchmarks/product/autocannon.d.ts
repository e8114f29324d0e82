/** What the benchmark uses of autocannon, which brings no types. */
declare module 'autocannon' {
  interface Request {
    readonly method: string
    readonly body: string
    readonly path?: string
    readonly headers?: Readonly<Record<string, string>>
    readonly setupRequest?: (request: Request) => Request
  }
  interface Result {
    readonly requests: { readonly total: number }
    readonly duration: number
    readonly non2xx: number
    readonly errors: number
  }
  export default function autocannon(options: {
    readonly url: string
    readonly connections: number
    readonly duration: number
    readonly requests: readonly Request[]
  }): Promise<Result>
}
