import createClient from 'openapi-fetch'
import type { paths } from './generated/schema.d.ts'
import { ApiProblem, problemOfResponse, unreachable } from './problem.ts'
import { SessionKeeper } from './session-keeper.ts'
import type { SessionStore } from './session-store.ts'

/** How far the view behind an answer has come. */
export interface ViewState {
  readonly position: string
  readonly lag: number
  readonly time: string
}

export interface Answer<T> {
  readonly body: T
  readonly view: ViewState | undefined
}

export type GetPath = { [P in keyof paths]: paths[P] extends { get: unknown } ? P : never }[keyof paths]
export type PostPath = { [P in keyof paths]: paths[P] extends { post: unknown } ? P : never }[keyof paths]

type Operation<P extends keyof paths, M extends 'get' | 'post'> = paths[P] extends { [K in M]: infer O } ? O : never
type Json<R> = R extends { content: { 'application/json': infer A } } ? A : never
type Content<O> = O extends { responses: infer R }
  ? Json<R extends { 200: infer A } ? A : R extends { 201: infer A } ? A : never>
  : never
/** Path and query of an operation; its headers are this client's own affair. */
type Params<O> = O extends { parameters: infer Q }
  ? (Q extends { path: infer V } ? { path: V } : unknown) & (Q extends { query?: infer V } ? { query?: V } : unknown)
  : never
export type AnswerOf<P extends GetPath> = Content<Operation<P, 'get'>>
export type ParamsOf<P extends GetPath> = Params<Operation<P, 'get'>>
export type CommandAnswerOf<P extends PostPath> = Content<Operation<P, 'post'>>
export type CommandParamsOf<P extends PostPath> = Params<Operation<P, 'post'>>
export type CommandBodyOf<P extends PostPath> =
  Operation<P, 'post'> extends { requestBody: { content: infer B } }
    ? B extends { 'application/json': infer J }
      ? J
      : never
    : undefined

export interface CommandOptions {
  readonly idempotencyKey: string
  /** Version the person saw; sent as `If-Match`. */
  readonly version?: number | undefined
}

/** Service of an API path: `/api/office/plans` → `office`. */
export function serviceOf(path: string): string {
  return path.startsWith('/api/') ? (path.split('/')[2] ?? '') : 'portal'
}

/**
 * The one way to the server. Adds the token; remembers each service's position after a command and asks the next
 * queries to wait for it; turns every refusal into an `ApiProblem`.
 */
export class ApiClient {
  readonly #session: SessionStore
  readonly #http = createClient<paths>({ baseUrl: window.location.origin })
  readonly #positions = new Map<string, string>()
  readonly keeper: SessionKeeper

  constructor(session: SessionStore) {
    this.#session = session
    this.keeper = new SessionKeeper(session)
    this.#http.use({
      onRequest: ({ request }) => {
        const token = this.#session.current?.token
        if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`)
        return request
      },
    })
  }

  async get<P extends GetPath>(path: P, params: ParamsOf<P>, signal?: AbortSignal): Promise<Answer<AnswerOf<P>>> {
    const position = this.#positions.get(serviceOf(path))
    const init = {
      params,
      ...(signal === undefined ? {} : { signal }),
      headers: position === undefined ? {} : { 'min-position': position },
    }
    const response = await this.#run(() => this.#http.GET(path as never, init as never))
    return { body: response.data as AnswerOf<P>, view: viewOf(response.response) }
  }

  async post<P extends PostPath>(
    path: P,
    input: { params?: CommandParamsOf<P>; body?: CommandBodyOf<P> },
    options: CommandOptions,
  ): Promise<CommandAnswerOf<P>> {
    const headers = {
      'idempotency-key': options.idempotencyKey,
      ...(options.version === undefined ? {} : { 'if-match': `"v${options.version}"` }),
    }
    const response = await this.#run(() => this.#http.POST(path as never, { ...input, headers } as never))
    this.remember(serviceOf(path), response.response.headers.get('position'))
    return response.data as CommandAnswerOf<P>
  }

  /** A request outside the typed routes: multipart bodies, files, streams. */
  async raw(url: string, init: RequestInit = {}): Promise<Response> {
    await this.keeper.freshen()
    let response = await this.#fetch(url, init)
    if (response.status === 401 && (await this.#isRenewed())) response = await this.#fetch(url, init)
    if (!response.ok) throw await this.#refused(response)
    this.remember(serviceOf(url), response.headers.get('position'))
    return response
  }

  /** After a command: later queries of this service wait until its view has come that far. */
  remember(service: string, position: string | null): void {
    if (position !== null) this.#positions.set(service, position)
  }

  get token(): string | undefined {
    return this.#session.current?.token
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers)
    const token = this.#session.current?.token
    if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
    return await reached(() => fetch(url, { ...init, headers }))
  }

  /** A refused token is renewed once: rights may have changed since it was made. Throws when the server cannot say. */
  async #isRenewed(): Promise<boolean> {
    if (this.#session.current?.kept === undefined) return false
    const renewal = await this.keeper.renew()
    if (renewal instanceof ApiProblem) throw renewal
    return renewal === 'kept'
  }

  async #run(
    send: () => Promise<{ data?: unknown; error?: unknown; response: Response }>,
  ): Promise<{ data: unknown; response: Response }> {
    await this.keeper.freshen()
    let answer = await reached(send)
    if (answer.response.status === 401 && (await this.#isRenewed())) answer = await reached(send)
    if (answer.response.ok) return { data: answer.data, response: answer.response }
    if (answer.response.bodyUsed) throw this.#noteSignOut(parsedProblem(answer.error, answer.response))
    throw await this.#refused(answer.response)
  }

  async #refused(response: Response): Promise<ApiProblem> {
    return this.#noteSignOut(await problemOfResponse(response))
  }

  /** A refused token is of no more use; the frame then asks to sign in again and keeps the place. */
  #noteSignOut(problem: ApiProblem): ApiProblem {
    if (problem.status === 401 && this.#session.current !== undefined) this.#session.signOut(false)
    return problem
  }
}

/** Sends; a network that is away becomes a problem like any other. */
async function reached<T>(send: () => Promise<T>): Promise<T> {
  try {
    return await send()
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
    throw unreachable(cause)
  }
}

function parsedProblem(body: unknown, response: Response): ApiProblem {
  const wait = Number(response.headers.get('retry-after'))
  const known = typeof body === 'object' && body !== null ? body : {}
  return new ApiProblem(response.status, known, Number.isFinite(wait) && wait > 0 ? wait : undefined)
}

function viewOf(response: Response): ViewState | undefined {
  const position = response.headers.get('view-position')
  const time = response.headers.get('view-time')
  if (position === null || time === null) return undefined
  return { position, time, lag: Number(response.headers.get('view-lag') ?? 0) }
}
