import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ErrorKind } from '@dulian/event-sourcing'
import { DomainError, errorCatalogue as eventErrors, eventSourcingError } from '@dulian/event-sourcing'
import { ViewError } from '@dulian/views'
import { z } from 'zod'
import { errorCatalogue, httpError } from '../src/errors.ts'
import { InputIssues } from '../src/input-issues.ts'
import { problemOf } from '../src/problem.ts'

const context = { traceId: 't1', hasIfMatch: false }

function issuesOf(schema: z.ZodType, input: unknown): InputIssues {
  const result = schema.safeParse(input)
  assert.ok(!result.success)
  return new InputIssues(result.error.issues)
}

test('each kind of error has its status', () => {
  const statuses: Record<ErrorKind, number> = {
    invalid: 422,
    'not-found': 404,
    refused: 409,
    conflict: 409,
    forbidden: 403,
    'too-large': 413,
    unavailable: 503,
  }
  for (const [kind, status] of Object.entries(statuses)) {
    const error = new DomainError('SOME_CODE', { kind: kind as ErrorKind, title: '题', detail: '说明 {n}' }, { n: 3 })
    assert.deepEqual(problemOf(error, context), {
      type: 'urn:dulian:problem:SOME_CODE',
      title: '题',
      status,
      detail: '说明 3',
      code: 'SOME_CODE',
      traceId: 't1',
      details: { n: 3 },
    })
  }
})

test('a stale version is 412 for who said what they saw, else 409', () => {
  const error = eventSourcingError('WRONG_EXPECTED_VERSION', { expected: 3, actual: 5 })
  assert.equal(problemOf(error, context).status, 409)
  const problem = problemOf(error, { ...context, hasIfMatch: true })
  assert.deepEqual([problem.status, problem.expected, problem.actual], [412, 3, 5])
})

test('an unknown error says nothing of its inside', () => {
  for (const error of [
    new Error('secret'),
    new TypeError('secret'),
    'secret',
    undefined,
    { secret: 1 },
    Object.assign(new Error('secret'), { code: 'SQLITE_SECRET' }),
  ]) {
    const problem = problemOf(error, context)
    assert.equal(problem.status, 500)
    assert.equal(problem.code, 'INTERNAL_ERROR')
    assert.match(problem.detail, /t1/)
    assert.ok(!JSON.stringify(problem).includes('secret'))
  }
})

test('errors of the view and message ports are told in words', () => {
  const bus = (code: string): Error => Object.assign(new Error('inner'), { name: 'BusError', code })
  const statusOf = (error: Error): string => {
    const { status, code } = problemOf(error, context)
    return `${status} ${code}`
  }
  assert.equal(statusOf(new ViewError('CURSOR_INVALID')), '400 CURSOR_INVALID')
  assert.equal(statusOf(new ViewError('VIEW_STORAGE_FULL')), '503 STORAGE_FULL')
  assert.equal(statusOf(new ViewError('VIEW_CLOSED')), '503 SERVICE_UNAVAILABLE')
  assert.equal(statusOf(new ViewError('LEASE_LOST')), '503 SERVICE_UNAVAILABLE')
  assert.equal(statusOf(new ViewError('QUERY_NOT_DECLARED')), '500 INTERNAL_ERROR')
  assert.equal(statusOf(bus('BUS_UNAVAILABLE')), '503 SERVICE_UNAVAILABLE')
  assert.equal(statusOf(bus('BUS_STORAGE_FULL')), '503 STORAGE_FULL')
  assert.equal(statusOf(bus('MESSAGE_TOO_LARGE')), '413 BODY_TOO_LARGE')
  assert.equal(statusOf(bus('DEAD_LETTER_NOT_FOUND')), '404 NOT_FOUND')
})

test('every fault of an input is a Chinese sentence at its place', () => {
  const schema = z.strictObject({
    name: z.string().min(1).max(3),
    age: z.int().min(0).max(150),
    kind: z.enum(['a', 'b']),
    when: z.iso.date(),
    mail: z.email(),
    list: z.array(z.object({ 'a/b~c': z.boolean() })).min(1),
    own: z.string().refine(() => false, '不能与上一次相同。'),
    plain: z.string().refine(() => false, 'oops'),
    missing: z.string(),
    either: z.union([z.string(), z.number()]),
    code: z.string().regex(/^\d+$/),
    phone: z.string().regex(/^\d+$/, '电话应为数字'),
    map: z.record(z.string().max(1), z.number()),
  })
  const issues = issuesOf(schema, {
    name: '',
    age: 1.5,
    kind: 'c',
    when: '22.11.2026',
    mail: 'x',
    list: [{ 'a/b~c': 1 }],
    own: '',
    plain: '',
    either: null,
    code: 'x',
    phone: 'x',
    map: { long: 1 },
    extra: 1,
  })
  issues.validationContext = 'body'
  const problem = problemOf(issues, context)
  assert.equal(problem.status, 400)
  assert.equal(problem.code, 'INPUT_INVALID')
  const told = Object.fromEntries((problem.errors ?? []).map(({ pointer, detail }) => [pointer, detail]))
  assert.deepEqual(told, {
    '/name': '此项不能为空。',
    '/age': '应为整数。',
    '/kind': '应为以下之一：a、b。',
    '/when': '格式不正确，应为日期（如 2026-11-22）。',
    '/mail': '格式不正确，应为电子邮箱。',
    '/list/0/a~1b~0c': '应为“是”或“否”。',
    '/own': '不能与上一次相同。',
    '/plain': '内容不符合要求。',
    '/missing': '此项必填。',
    '/either': '内容不符合任何一种允许的形式。',
    '/code': '格式不正确，应为规定的格式。',
    '/phone': '电话应为数字。',
    '/map/long': '名称不符合要求。',
    '': '含有不认识的内容：extra。',
  })
})

test('limits are told with their numbers', () => {
  const detailOf = (schema: z.ZodType, input: unknown): string | undefined =>
    problemOf(issuesOf(schema, input), context).errors?.[0]?.detail
  assert.equal(detailOf(z.string().min(5), 'abc'), '至少 5 个字。')
  assert.equal(detailOf(z.string().max(2), 'abc'), '最多 2 个字。')
  assert.equal(detailOf(z.array(z.string()).min(2), []), '至少 2 项。')
  assert.equal(detailOf(z.array(z.string()).max(0), ['a']), '最多 0 项。')
  assert.equal(detailOf(z.number().gt(3), 3), '应大于 3。')
  assert.equal(detailOf(z.number().lt(3), 3), '应小于 3。')
  assert.equal(detailOf(z.number().multipleOf(5), 3), '应为 5 的倍数。')
  assert.equal(detailOf(z.string(), null), '应为文字。')
  assert.equal(detailOf(z.literal('x'), undefined), '应为以下之一：x。')
})

test('a thousand faults do not make an endless answer', () => {
  const problem = problemOf(
    issuesOf(
      z.array(z.string()),
      Array.from({ length: 1_000 }, (_, at) => at),
    ),
    context,
  )
  assert.match(problem.detail, /1000 处/)
  assert.equal(problem.errors?.length, 50)
})

test('every error says in Chinese what happened, and ends as a sentence', () => {
  for (const [code, { title, detail }] of Object.entries({ ...errorCatalogue, ...eventErrors })) {
    assert.match(title, /\p{Script=Han}/u, code)
    assert.match(detail, /\p{Script=Han}.*[。）]$/u, code)
  }
  assert.match(httpError('PERMISSION_MISSING', { permission: '甲', roles: '乙' }).detail, /“甲”.*乙/)
})
