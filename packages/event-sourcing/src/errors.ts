import { isViewError, type ViewError } from '@dulian/views'

/**
 * What kind of trouble an error is; the HTTP status follows from it in one place (http-kit).
 * `refused`: a rule of the domain says no · `conflict`: the thing changed meanwhile · `unavailable`: try again later.
 */
export type ErrorKind = 'invalid' | 'not-found' | 'refused' | 'conflict' | 'forbidden' | 'too-large' | 'unavailable'

export interface ErrorDeclaration {
  readonly kind: ErrorKind
  /** Short Chinese title for people. */
  readonly title: string
  /** Chinese sentence: what happened and what to do. `{name}` is filled from the error's details. */
  readonly detail: string
}

export type ErrorCatalogue = { readonly [code: string]: ErrorDeclaration }

/** An error with a stable code that a person or a program can act on. Carries no HTTP status. */
export class DomainError extends Error {
  readonly code: string
  readonly kind: ErrorKind
  readonly title: string
  /** Chinese, filled in. */
  readonly detail: string
  readonly details: Readonly<Record<string, unknown>>
  /** JSON pointer to the field at fault, when there is one. */
  readonly pointer: string | undefined

  constructor(
    code: string,
    declaration: ErrorDeclaration,
    details: Readonly<Record<string, unknown>>,
    options: { readonly cause?: unknown; readonly pointer?: string | undefined } = {},
  ) {
    super(`${code}: ${fill(declaration.detail, details)}`, { cause: options.cause })
    this.name = 'DomainError'
    this.code = code
    this.kind = declaration.kind
    this.title = declaration.title
    this.detail = fill(declaration.detail, details)
    this.details = details
    this.pointer = options.pointer
  }
}

/** Makes the thrower of one package's errors: `throw visitError('VISIT_NOT_ON_SITE', { stage })`. */
export function errorsOf<C extends ErrorCatalogue>(catalogue: C) {
  return function domainError(
    code: keyof C & string,
    details: Readonly<Record<string, unknown>> = {},
    options: { readonly cause?: unknown; readonly pointer?: string } = {},
  ): DomainError {
    return new DomainError(code, catalogue[code] as ErrorDeclaration, details, options)
  }
}

export function isDomainError(error: unknown, code?: string): error is DomainError {
  return error instanceof DomainError && (code === undefined || error.code === code)
}

/** The errors of this package; engines throw them too. Listed in docs/ERRORS.md. */
export const errorCatalogue = {
  WRONG_EXPECTED_VERSION: {
    kind: 'conflict',
    title: '内容已被他人更新',
    detail: '您看到的是第 {expected} 版，现在已是第 {actual} 版。请刷新后核对两个版本，再决定是否提交。',
  },
  STREAM_ALREADY_EXISTS: { kind: 'conflict', title: '已经存在', detail: '同一编号的记录已经存在，没有重复建立。' },
  STREAM_NOT_FOUND: {
    kind: 'not-found',
    title: '没有找到',
    detail: '没有找到这条记录。它可能不存在，或不属于您所在的督导室。',
  },
  COMMAND_REUSED: {
    kind: 'invalid',
    title: '重复的请求编号',
    detail: '这个请求编号（Idempotency-Key）已用于另一份内容。请换一个新的编号重新提交。',
  },
  EVENT_TOO_LARGE: {
    kind: 'too-large',
    title: '内容过大',
    detail: '一条记录最多 {limit} 字节，这条有 {size} 字节。请把大文件作为附件上传。',
  },
  STORAGE_FULL: {
    kind: 'unavailable',
    title: '存储空间已满',
    detail: '服务器磁盘空间不足，本次操作没有保存任何内容。请联系系统管理员清理空间后重试。',
  },
  STORE_CLOSED: {
    kind: 'unavailable',
    title: '服务正在停止',
    detail: '服务正在停止或重启，本次操作没有保存。请稍后重试。',
  },
  STORE_UNAVAILABLE: {
    kind: 'unavailable',
    title: '存储暂时不可用',
    detail: '事件存储暂时不可用，本次操作没有保存。请稍后重试。',
  },
  EVENT_UNREADABLE: {
    kind: 'unavailable',
    title: '记录无法读取',
    detail: '一条已存的记录与它的格式说明不符（{type}），已停止处理，没有改动任何内容。请联系系统管理员。',
  },
  IMPORTED_EVENT_DIFFERS: {
    kind: 'conflict',
    title: '目标中已有不同的事件',
    detail: '目标事件库中 {stream} 的第 {version} 条事件与来源不同，没有写入。请核对目标，或换一个空的目标重新迁移。',
  },
  IMPORT_OUT_OF_ORDER: {
    kind: 'conflict',
    title: '事件次序不符',
    detail: '{stream} 的第 {version} 条事件在目标中的次序与来源不符，没有写入。请换一个空的目标重新迁移。',
  },
  SUBSCRIPTION_ELSEWHERE: {
    kind: 'unavailable',
    title: '正由另一个实例处理',
    detail: '这项工作正由服务的另一个实例负责，本实例没有改动任何内容。请再试一次。',
  },
  VIEW_BEHIND: {
    kind: 'unavailable',
    title: '数据正在更新',
    detail: '您刚才的操作已保存，列表还在更新（落后 {lag} 条）。请稍候刷新。',
  },
  CHECK_BEHIND: {
    kind: 'unavailable',
    title: '数据正在更新',
    detail: '核对这项操作所需的数据还在更新（落后 {lag} 条），操作没有执行，也没有丢失您填写的内容。请稍候再试。',
  },
} as const satisfies ErrorCatalogue

export const eventSourcingError = errorsOf(errorCatalogue)

const storageTroubles: ReadonlySet<string> = new Set(['STORAGE_FULL', 'STORE_UNAVAILABLE', 'STORE_CLOSED'])

/** Whether the storage is at fault and not what was to be stored: it is tried again until it works, never set aside. */
export function isStorageTrouble(error: unknown): error is DomainError | ViewError {
  if (isViewError(error)) return error.code === 'VIEWS_UNAVAILABLE' || error.code === 'VIEW_STORAGE_FULL'
  return isDomainError(error) && storageTroubles.has(error.code)
}

/**
 * Whether it is the time that is at fault: the storage is away, or a view that is counted in is still behind. What was to be
 * done is waited with, in its order, and never set aside.
 */
export function isPassing(error: unknown): error is DomainError | ViewError {
  return isStorageTrouble(error) || isDomainError(error, 'CHECK_BEHIND')
}

function fill(template: string, details: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? '—'))
}
