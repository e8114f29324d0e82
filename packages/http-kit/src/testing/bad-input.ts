import type { OpenAPIV3_1 } from 'openapi-types'

/** One request that no route may answer with 5xx. */
export interface BadInput {
  /** What is wrong with it, for the test's message. */
  readonly name: string
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly payload?: string | Buffer
  /** Whether nothing but a 4xx problem will do; some odd input is allowed, only never an accident. */
  readonly mustRefuse: boolean
}

export interface BadInputOptions {
  /** Headers of somebody who may do everything. */
  readonly headers: Readonly<Record<string, string>>
  /** Path parameters that must be real for the route to get far; made up when absent. */
  readonly parameters?: Readonly<Record<string, string>>
}

type Schema = { readonly [key: string]: unknown }
type Operation = OpenAPIV3_1.OperationObject

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const

const oddSteps: readonly (readonly [name: string, step: string])[] = [
  ['NUL', '%00'],
  ['bytes that are no text', '%ff%fe'],
  ['a broken escape', '%zz'],
  ['an endless step', 'a'.repeat(4_000)],
  ['a way up', '..%2f..%2f..%2fetc%2fpasswd'],
  ['an emoji', '%F0%9F%98%80'],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
  ['a quote', "'%3B%20drop%20table%20streams--"],
  ['a blank', '%20'],
  ['a negative number', '-1'],
  ['a half pair', '%ED%A0%80'],
]

/** Steps no address may have; the others could be somebody's real id. */
const unreadable = new Set(['NUL', 'bytes that are no text', 'a broken escape', 'a half pair'])

const oddWords: readonly (readonly [name: string, word: string])[] = [
  ['nothing', ''],
  ['NUL', '%00'],
  ['a broken escape', '%zz'],
  ['an emoji', '%F0%9F%98%80'],
  ['endless text', 'x'.repeat(8_000)],
  ['a huge number', '1e999'],
  ['a negative number', '-1'],
  ['a fraction', '1.5'],
  ['not a number', 'NaN'],
  ['__proto__', '__proto__'],
  ['an object', '%7B%22%24gt%22%3A%22%22%7D'],
]

const oddValues: readonly (readonly [name: string, json: string])[] = [
  ['null', 'null'],
  ['a number', '42'],
  ['a huge number', '1e400'],
  ['a fraction', '0.5'],
  ['a text', '"文字"'],
  ['an empty text', '""'],
  ['a list', '[]'],
  ['an object', '{}'],
  ['true', 'true'],
  ['NUL', '"a\\u0000b"'],
  ['half a pair', '"a\\ud800b"'],
  ['text turned round', '"\\u202e\\u200b😀"'],
  ['endless text', JSON.stringify('很'.repeat(100_000))],
  ['an endless list', `[${'0,'.repeat(50_000)}0]`],
  ['a nest', '['.repeat(5_000) + ']'.repeat(5_000)],
  ['a prototype', '{"__proto__":{"admin":true}}'],
  ['a constructor', '{"constructor":{"prototype":{"admin":true}}}'],
]

/** Every route of an OpenAPI document with wrong types, missing and huge members, odd text, nulls, and headers that are none. */
export function* badInputCases(document: OpenAPIV3_1.Document, options: BadInputOptions): Generator<BadInput> {
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS) {
      const operation = item?.[method]
      if (operation !== undefined) yield* casesOf(document, method.toUpperCase(), path, operation, options)
    }
  }
}

function* casesOf(
  document: OpenAPIV3_1.Document,
  method: string,
  path: string,
  operation: Operation,
  options: BadInputOptions,
): Generator<BadInput> {
  const parameters = (operation.parameters ?? []).filter((parameter) => 'in' in parameter)
  const wanted = parameters.filter((parameter) => parameter.in === 'header')
  const headers = {
    ...options.headers,
    ...Object.fromEntries(wanted.map((header) => [header.name.toLowerCase(), goodHeader(header.name)])),
  }
  const url = fill(path, options)
  const schema = bodySchemaOf(document, operation)
  const valid = schema === undefined ? undefined : JSON.stringify(exampleOf(document, schema))
  const json = { ...headers, 'content-type': 'application/json' }
  const body = valid === undefined ? { headers } : { headers: json, payload: valid }
  const at = `${method} ${path}`

  for (const name of pathParametersOf(path)) {
    for (const [what, step] of oddSteps) {
      yield {
        name: `${at}: {${name}} is ${what}`,
        method,
        url: fill(path, options, { [name]: step }),
        ...body,
        mustRefuse: unreadable.has(what),
      }
    }
  }
  for (const parameter of parameters.filter(({ in: place }) => place === 'query')) {
    for (const [what, word] of oddWords) {
      yield {
        name: `${at}: ?${parameter.name} is ${what}`,
        method,
        url: `${url}?${parameter.name}=${word}`,
        ...body,
        mustRefuse: false,
      }
    }
    yield {
      name: `${at}: ?${parameter.name} twice`,
      method,
      url: `${url}?${parameter.name}=1&${parameter.name}=2`,
      ...body,
      mustRefuse: false,
    }
  }
  for (const query of [
    '?__proto__=1',
    '?constructor=1',
    '?%00',
    '?%zz=%zz',
    `?${'a=1&'.repeat(2_000)}`,
    '?min-position=x',
    '?cursor=%7B',
  ]) {
    yield { name: `${at}: ${query.slice(0, 20)}`, method, url: url + query, ...body, mustRefuse: false }
  }
  for (const header of wanted) {
    const key = header.name.toLowerCase()
    const { [key]: _, ...without } = body.headers as Record<string, string>
    if (header.required === true)
      yield { name: `${at}: no ${header.name}`, method, url, ...body, headers: without, mustRefuse: true }
    for (const word of ['"', 'x'.repeat(3_000), '*', '\u00e9', ' ']) {
      yield {
        name: `${at}: ${header.name} is ${word.slice(0, 5)}`,
        method,
        url,
        ...body,
        headers: { ...body.headers, [key]: word },
        mustRefuse: key !== 'idempotency-key' || !['"', '*'].includes(word),
      }
    }
  }
  if (schema !== undefined) yield* bodyCases(document, { at, method, url, headers, json, schema })
}

interface BodyTarget {
  readonly at: string
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly json: Readonly<Record<string, string>>
  readonly schema: Schema
}

function* bodyCases(
  document: OpenAPIV3_1.Document,
  { at, method, url, headers, json, schema }: BodyTarget,
): Generator<BadInput> {
  const with_ = (
    name: string,
    payload: string | Buffer,
    given: Readonly<Record<string, string>> = json,
    mustRefuse = true,
  ): BadInput => ({
    name: `${at}: ${name}`,
    method,
    url,
    headers: given,
    payload,
    mustRefuse,
  })
  for (const [what, value] of oddValues) {
    if (what !== 'an object') yield with_(`the body is ${what}`, value, json, !what.startsWith('a constructor'))
  }
  yield with_('half a body', '{"a":')
  yield with_('two bodies', '{}{}')
  yield with_('bytes that are no text', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))
  yield with_('a body over the limit', `{"a":"${'x'.repeat(1_100_000)}"}`)
  yield with_('plain text', 'hello', { ...headers, 'content-type': 'text/plain' })
  yield with_('a form', 'a=1', { ...headers, 'content-type': 'application/x-www-form-urlencoded' })
  yield with_('an unknown type', '{}', { ...headers, 'content-type': 'x/y; z=\u00e9' })
  yield { name: `${at}: no body`, method, url, headers, mustRefuse: requiredOf(schema).length > 0 }

  const example = exampleOf(document, schema)
  if (!isRecord(example)) return
  const properties = (schema.properties ?? {}) as Readonly<Record<string, Schema>>
  for (const name of Object.keys(properties)) {
    const { [name]: _, ...without } = example
    if (requiredOf(schema).includes(name)) yield with_(`no ${name}`, JSON.stringify(without))
    for (const [what, value] of oddValues) {
      const members = Object.entries(without).map(([key, member]) => `${JSON.stringify(key)}:${JSON.stringify(member)}`)
      yield with_(`${name} is ${what}`, `{${[...members, `${JSON.stringify(name)}:${value}`].join(',')}}`, json, false)
    }
  }
}

function goodHeader(name: string): string {
  if (name === 'If-Match') return '"v1"'
  return name === 'Min-Position' ? '0' : 'bad-input-test'
}

function pathParametersOf(path: string): string[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
}

function fill(path: string, options: BadInputOptions, odd: Readonly<Record<string, string>> = {}): string {
  return path.replace(
    /\{(\w+)\}/g,
    (_, name: string) => odd[name] ?? options.parameters?.[name] ?? '00000000-0000-5000-8000-000000000000',
  )
}

function bodySchemaOf(document: OpenAPIV3_1.Document, operation: Operation): Schema | undefined {
  const body = operation.requestBody
  if (body === undefined || !('content' in body)) return undefined
  const schema = body.content['application/json']?.schema
  return schema === undefined ? undefined : resolve(document, schema as Schema)
}

function resolve(document: OpenAPIV3_1.Document, schema: Schema): Schema {
  const reference = schema.$ref
  if (typeof reference !== 'string') return schema
  const found = document.components?.schemas?.[reference.replace('#/components/schemas/', '')]
  if (found === undefined) throw new TypeError(`the document has no ${reference}`)
  return resolve(document, found as Schema)
}

/** Something a schema would accept; patterns are not followed. */
export function exampleOf(document: OpenAPIV3_1.Document, given: Schema, depth = 0): unknown {
  const schema = resolve(document, given)
  if ('const' in schema) return schema.const
  if (Array.isArray(schema.enum)) return schema.enum[0]
  if ('default' in schema) return schema.default
  const branches = schema.anyOf ?? schema.oneOf
  if (Array.isArray(branches)) return exampleOf(document, (branches[0] ?? {}) as Schema, depth + 1)
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type
  switch (type) {
    case 'object': {
      const properties = (schema.properties ?? {}) as Readonly<Record<string, Schema>>
      return Object.fromEntries(
        requiredOf(schema).map((name) => [name, exampleOf(document, properties[name] ?? {}, depth + 1)]),
      )
    }
    case 'array':
      return typeof schema.minItems === 'number' && schema.minItems > 0 && depth < 8
        ? [exampleOf(document, (schema.items ?? {}) as Schema, depth + 1)]
        : []
    case 'integer':
    case 'number':
      return typeof schema.minimum === 'number' ? Math.max(schema.minimum, 1) : 1
    case 'boolean':
      return true
    case 'null':
      return null
    default:
      return textFor(schema)
  }
}

function textFor(schema: Schema): string {
  if (schema.format === 'date') return '2026-11-22'
  if (schema.format === 'date-time') return '2026-11-22T08:00:00Z'
  if (schema.format === 'uuid') return '00000000-0000-5000-8000-000000000000'
  return '试'.repeat(typeof schema.minLength === 'number' ? Math.max(schema.minLength, 1) : 1)
}

function requiredOf(schema: Schema): readonly string[] {
  return Array.isArray(schema.required) ? (schema.required as string[]) : []
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
