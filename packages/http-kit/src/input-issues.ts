import type { z } from 'zod'

/** One field at fault, as problem+json tells it. */
export interface FieldError {
  /** JSON pointer into the part of the request named by `in`. */
  readonly pointer: string
  readonly detail: string
  readonly in: string
}

/** What zod found wrong with one part of a request. */
export class InputIssues extends Error {
  readonly issues: readonly z.core.$ZodIssue[]
  /** Set by the framework: body, params, querystring or headers. */
  validationContext?: string

  constructor(issues: readonly z.core.$ZodIssue[]) {
    super('input does not match its schema')
    this.name = 'InputIssues'
    this.issues = issues
  }
}

const MOST = 50

export function fieldErrors(issues: readonly z.core.$ZodIssue[], part: string): FieldError[] {
  return issues.slice(0, MOST).map((issue) => ({ pointer: pointerOf(issue.path), detail: sentenceOf(issue), in: part }))
}

export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
}

const typeNames: Readonly<Record<string, string>> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: '“是”或“否”',
  array: '列表',
  object: '一组内容',
  record: '一组内容',
  date: '日期',
  null: '空',
  bigint: '整数',
  nan: '数字',
}
const formatNames: Readonly<Record<string, string>> = {
  email: '电子邮箱',
  url: '网址',
  uuid: '编号',
  guid: '编号',
  date: '日期（如 2026-11-22）',
  datetime: '日期时间（如 2026-11-22T08:00:00Z）',
  time: '时间（如 08:30）',
  duration: '时长',
  regex: '规定的格式',
  ipv4: 'IP 地址',
  ipv6: 'IP 地址',
  base64: 'Base64 文本',
  jwt: '登录凭据',
}

function sentenceOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined && issue.message.includes('received undefined')
        ? '此项必填。'
        : `应为${typeNames[issue.expected] ?? '规定的类型'}。`
    case 'too_small':
      return smallest(issue)
    case 'too_big':
      return biggest(issue)
    case 'invalid_format':
      return ownSentence(issue) ?? `格式不正确，应为${formatNames[issue.format] ?? '规定的格式'}。`
    case 'not_multiple_of':
      return `应为 ${issue.divisor} 的倍数。`
    case 'unrecognized_keys':
      return `含有不认识的内容：${issue.keys.slice(0, 10).join('、').slice(0, 200)}。`
    case 'invalid_value':
      return `应为以下之一：${issue.values.slice(0, 20).map(String).join('、')}。`
    case 'invalid_union':
      return '内容不符合任何一种允许的形式。'
    case 'invalid_key':
      return '名称不符合要求。'
    case 'invalid_element':
      return '其中一项不符合要求。'
    case 'custom':
      return ownSentence(issue) ?? '内容不符合要求。'
  }
}

/** A schema's own sentence is shown when it is written for people, i.e. in Chinese. */
function ownSentence({ message }: z.core.$ZodIssue): string | undefined {
  if (!/\p{Script=Han}/u.test(message)) return undefined
  return /[。！？]$/.test(message) ? message : `${message}。`
}

function smallest(issue: z.core.$ZodIssueTooSmall): string {
  const limit = String(issue.minimum)
  if (issue.origin === 'string') return issue.minimum === 1 ? '此项不能为空。' : `至少 ${limit} 个字。`
  if (issue.origin === 'array' || issue.origin === 'set') return `至少 ${limit} 项。`
  return issue.inclusive === false ? `应大于 ${limit}。` : `不能小于 ${limit}。`
}

function biggest(issue: z.core.$ZodIssueTooBig): string {
  const limit = String(issue.maximum)
  if (issue.origin === 'string') return `最多 ${limit} 个字。`
  if (issue.origin === 'array' || issue.origin === 'set') return `最多 ${limit} 项。`
  return issue.inclusive === false ? `应小于 ${limit}。` : `不能大于 ${limit}。`
}
