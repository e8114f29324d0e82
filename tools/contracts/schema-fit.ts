import { isDeepStrictEqual } from 'node:util'

/** A JSON Schema as zod makes it. */
export type JsonSchema = { readonly [keyword: string]: unknown }

/** Why something that is written cannot be read. */
export interface Misfit {
  /** Members from the outside in, `[]` for the items of an array; empty for the whole. */
  readonly path: string
  readonly reason: string
}

/** Keywords that say nothing about what is valid. */
const wordless = new Set(['$schema', '$id', 'title', 'description', 'default', 'examples', 'deprecated', 'readOnly'])

/**
 * Every way in which a value that keeps `written` may break `accepted`; none when all of them keep it. Covers what zod
 * writes; of a keyword it does not know it only allows that both sides say the same.
 */
export function misfits(written: JsonSchema, accepted: JsonSchema, path = ''): readonly Misfit[] {
  const readers = branches(accepted)
  return branches(written).flatMap((one) => {
    const tried = readers.map((reader) => branchMisfits(one, reader, path))
    if (tried.some((found) => found.length === 0)) return []
    // The branch that comes closest says best what is wrong.
    return (
      tried.toSorted((a, b) => Number(isOtherType(a, path)) - Number(isOtherType(b, path)) || a.length - b.length)[0] ??
      []
    )
  })
}

function isOtherType(found: readonly Misfit[], path: string): boolean {
  return found.some((misfit) => misfit.path === path && misfit.reason.startsWith('may be '))
}

/** The alternatives of a schema: of `anyOf`, `oneOf`, and of several types. */
function branches(schema: JsonSchema): readonly JsonSchema[] {
  const { anyOf, oneOf, ...rest } = schema
  const alternatives = anyOf ?? oneOf
  if (Array.isArray(alternatives) && (anyOf === undefined || oneOf === undefined) && constraints(rest).length === 0)
    return (alternatives as JsonSchema[]).flatMap(branches)
  if (Array.isArray(schema.type)) return (schema.type as string[]).map((type) => ({ ...schema, type }))
  return [schema]
}

function constraints(schema: JsonSchema): readonly string[] {
  return Object.keys(schema).filter((keyword) => !wordless.has(keyword))
}

function branchMisfits(written: JsonSchema, accepted: JsonSchema, path: string): readonly Misfit[] {
  const asked = constraints(accepted)
  if (asked.length === 0) return []
  if (isDeepStrictEqual(meaning(written), meaning(accepted))) return []
  const misfit = (reason: string): Misfit => ({ path, reason })
  if (!isOfType(written, accepted)) return [misfit(`may be ${typeOf(written)} where ${typeOf(accepted)} is expected`)]
  return asked.flatMap(
    (keyword) => rules[keyword]?.(written, accepted, path) ?? unlessSame(keyword, written, accepted, path),
  )
}

function meaning(schema: JsonSchema): JsonSchema {
  return Object.fromEntries(constraints(schema).map((keyword) => [keyword, schema[keyword]]))
}

function typeOf(schema: JsonSchema): string {
  if (typeof schema.type === 'string') return schema.type
  return 'const' in schema ? typeof schema.const : 'anything'
}

function isOfType(written: JsonSchema, accepted: JsonSchema): boolean {
  if (accepted.type === undefined) return true
  return written.type === accepted.type || (written.type === 'integer' && accepted.type === 'number')
}

type Rule = (written: JsonSchema, accepted: JsonSchema, path: string) => readonly Misfit[]

const rules: Readonly<Record<string, Rule>> = {
  type: () => [],
  enum: (written, accepted, path) => valuesMisfit(written, accepted.enum as unknown[], path),
  const: (written, accepted, path) => valuesMisfit(written, [accepted.const], path),
  minimum: lowerBound('minimum'),
  exclusiveMinimum: lowerBound('exclusiveMinimum'),
  minLength: lowerBound('minLength'),
  minItems: lowerBound('minItems'),
  minProperties: lowerBound('minProperties'),
  maximum: upperBound('maximum'),
  exclusiveMaximum: upperBound('exclusiveMaximum'),
  maxLength: upperBound('maxLength'),
  maxItems: upperBound('maxItems'),
  maxProperties: upperBound('maxProperties'),
  pattern: (written, accepted, path) => {
    const values = valuesOf(written)
    const pattern = new RegExp(String(accepted.pattern), 'u')
    if (values?.every((value) => typeof value === 'string' && pattern.test(value)) === true) return []
    return unlessSame('pattern', written, accepted, path)
  },
  required: (written, accepted, path) => {
    const always = new Set(namesOf(written.required))
    return namesOf(accepted.required)
      .filter((name) => !always.has(name))
      .map((name) => ({ path: below(path, name), reason: 'may be missing, and is required' }))
  },
  properties: propertiesMisfits,
  // Together with the properties.
  additionalProperties: (written, accepted, path) =>
    accepted.properties === undefined ? propertiesMisfits(written, accepted, path) : [],
  propertyNames: (written, accepted, path) => {
    const named = { type: 'string', enum: Object.keys(written.properties ?? {}) }
    const unnamed = { type: 'string', ...asSchema(written.propertyNames) }
    const names = written.additionalProperties === false ? named : unnamed
    return misfits(names, { type: 'string', ...asSchema(accepted.propertyNames) }, below(path, '*'))
  },
  items: (written, accepted, path) => {
    if (accepted.items === false) return unlessSame('maxItems', written, accepted, path)
    return misfits(asSchema(written.items), asSchema(accepted.items), `${path}[]`)
  },
}

function valuesOf(schema: JsonSchema): readonly unknown[] | undefined {
  if ('const' in schema) return [schema.const]
  return Array.isArray(schema.enum) ? schema.enum : undefined
}

function valuesMisfit(written: JsonSchema, allowed: readonly unknown[], path: string): readonly Misfit[] {
  const values = valuesOf(written)
  const known = allowed.map((value) => JSON.stringify(value)).join(', ')
  if (values === undefined) return [{ path, reason: `may be any ${typeOf(written)} where only ${known} is expected` }]
  const unknown = values.filter((value) => !allowed.includes(value))
  if (unknown.length === 0) return []
  return [{ path, reason: `may be ${unknown.map((value) => JSON.stringify(value)).join(', ')} beside ${known}` }]
}

function lowerBound(keyword: string): Rule {
  return (written, accepted, path) => boundMisfit(keyword, written, accepted, path, (own, wanted) => own >= wanted)
}

function upperBound(keyword: string): Rule {
  return (written, accepted, path) => boundMisfit(keyword, written, accepted, path, (own, wanted) => own <= wanted)
}

function boundMisfit(
  keyword: string,
  written: JsonSchema,
  accepted: JsonSchema,
  path: string,
  isWithin: (own: number, wanted: number) => boolean,
): readonly Misfit[] {
  const own = written[keyword]
  if (typeof own === 'number' && isWithin(own, Number(accepted[keyword]))) return []
  return [{ path, reason: `may go beyond ${keyword} ${String(accepted[keyword])}` }]
}

function propertiesMisfits(written: JsonSchema, accepted: JsonSchema, path: string): readonly Misfit[] {
  const own = (written.properties ?? {}) as Record<string, JsonSchema>
  const known = (accepted.properties ?? {}) as Record<string, JsonSchema>
  const named = Object.entries(own).flatMap(([name, schema]) => {
    const reader = known[name] ?? accepted.additionalProperties
    if (reader === false) return [{ path: below(path, name), reason: 'is written, and unknown members are refused' }]
    return misfits(schema, asSchema(reader), below(path, name))
  })
  if (written.additionalProperties === false) return named
  // What may be written under any name meets every reader that is there.
  const open = asSchema(written.additionalProperties)
  const unnamed = Object.entries(known).filter(([name]) => own[name] === undefined)
  return [
    ...named,
    ...unnamed.flatMap(([name, schema]) => misfits(open, schema, below(path, name))),
    ...(accepted.additionalProperties === false
      ? [{ path, reason: 'may have any members, and unknown ones are refused' }]
      : misfits(open, asSchema(accepted.additionalProperties), below(path, '*'))),
  ]
}

function unlessSame(keyword: string, written: JsonSchema, accepted: JsonSchema, path: string): readonly Misfit[] {
  if (isDeepStrictEqual(written[keyword], accepted[keyword])) return []
  return [{ path, reason: `does not keep ${keyword} ${JSON.stringify(accepted[keyword])}` }]
}

/** A schema that is absent or `true` accepts everything. */
function asSchema(value: unknown): JsonSchema {
  return typeof value === 'object' && value !== null ? (value as JsonSchema) : {}
}

function namesOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : []
}

function below(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`
}

/** All members a schema names, from the outside in: `evidence[].hash`. */
export function membersOf(schema: JsonSchema, path = ''): readonly string[] {
  return branches(schema).flatMap((branch) => [
    ...Object.entries((branch.properties ?? {}) as Record<string, JsonSchema>).flatMap(([name, member]) => [
      below(path, name),
      ...membersOf(member, below(path, name)),
    ]),
    ...(branch.items === undefined ? [] : membersOf(asSchema(branch.items), `${path}[]`)),
    ...(typeof branch.additionalProperties === 'object'
      ? membersOf(asSchema(branch.additionalProperties), below(path, '*'))
      : []),
  ])
}
