import { chineseDates } from '../words/format.ts'

/** One field at fault, as problem+json tells it. */
export interface FieldProblem {
  /** JSON pointer into the body, e.g. `/answers/3/note`. */
  readonly pointer: string
  readonly detail: string
  readonly in?: string
}

interface ProblemBody {
  readonly status?: number
  readonly code?: string
  readonly title?: string
  readonly detail?: string
  readonly traceId?: string
  readonly errors?: readonly FieldProblem[]
  readonly details?: Readonly<Record<string, unknown>>
  readonly expected?: number
  readonly actual?: number
}

/** What the server, or the way to it, refused; every screen shows it by this one type. */
export class ApiProblem extends Error {
  /** 0 when no answer came at all. */
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  readonly traceId: string | undefined
  readonly errors: readonly FieldProblem[]
  readonly details: Readonly<Record<string, unknown>>
  readonly expected: number | undefined
  readonly actual: number | undefined
  /** Seconds after which the server asks to try again. */
  readonly retryAfter: number | undefined

  constructor(status: number, body: ProblemBody, retryAfter?: number, cause?: unknown) {
    super(body.detail ?? body.title ?? '请求没有成功', cause === undefined ? undefined : { cause })
    this.name = 'ApiProblem'
    this.status = status
    this.code = body.code ?? `HTTP_${status}`
    this.title = body.title ?? '请求没有成功'
    this.detail = chineseDates(body.detail ?? '服务器没有说明原因，请稍后重试；仍不成功时请联系系统管理员。')
    this.traceId = body.traceId
    this.errors = (body.errors ?? []).map((error) => ({ ...error, detail: chineseDates(error.detail) }))
    this.details = body.details ?? {}
    this.expected = body.expected
    this.actual = body.actual
    this.retryAfter = retryAfter
  }

  /** Whether the same request may succeed later: nothing is known of its outcome, or the service was away. */
  get isTemporary(): boolean {
    return this.status === 0 || this.status === 429 || this.status === 502 || this.status === 503 || this.status === 504
  }
}

/** No answer: the network or the server is away. */
export function unreachable(cause: unknown): ApiProblem {
  return new ApiProblem(
    0,
    {
      code: 'SERVER_UNREACHABLE',
      title: '连接不上服务器',
      detail: '没有收到服务器的回答，可能是网络断开或服务正在重启。请检查网络后重试，重复提交不会产生两份。',
    },
    undefined,
    cause,
  )
}

/** Reads the problem out of an answer that is not a success. */
export async function problemOfResponse(response: Response): Promise<ApiProblem> {
  const wait = Number(response.headers.get('retry-after'))
  let body: ProblemBody = {}
  try {
    const parsed: unknown = await response.json()
    if (typeof parsed === 'object' && parsed !== null) body = parsed
  } catch {
    // An answer of something in between, e.g. a gateway's page: the status alone is known.
    body = {}
  }
  return new ApiProblem(response.status, body, Number.isFinite(wait) && wait > 0 ? wait : undefined)
}

/** Whatever was thrown, as a problem that can be shown. */
export function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  return new ApiProblem(
    0,
    {
      code: 'PAGE_FAILED',
      title: '页面出现错误',
      detail: '页面在处理数据时出错，请刷新页面；仍出现时请联系系统管理员。',
    },
    undefined,
    error,
  )
}
