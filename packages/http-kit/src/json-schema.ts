import { z } from 'zod'

export type JsonSchema = { [key: string]: unknown }

/**
 * The JSON schema an answer is serialised by. Transforms, dates and whatever JSON cannot carry are refused at start-up,
 * so that what the schema says is what is sent.
 */
export function serialisationSchema(schema: z.ZodType): JsonSchema {
  const json = z.toJSONSchema(schema, { io: 'output', target: 'draft-7', unrepresentable: 'throw' })
  const { $schema: _, '~standard': __, ...plain } = json as JsonSchema
  return simplify(plain) as JsonSchema
}

/** The schema as the OpenAPI document shows it (3.1 speaks JSON Schema 2020-12). */
export function documentationSchema(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const json = z.toJSONSchema(schema, { io, target: 'draft-2020-12', unrepresentable: 'any' })
  const { $schema: _, '~standard': __, ...plain } = json as JsonSchema
  return plain
}

/** "X or null" as `nullable`, which the serialiser writes without trying out branches; patterns and limits do not matter on the way out. */
function simplify(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(simplify)
  if (node === null || typeof node !== 'object') return node
  const entries: JsonSchema = {}
  for (const [key, value] of Object.entries(node)) {
    if (key === 'pattern' || key === 'format' || key === 'maximum' || key === 'minimum') continue
    entries[key] = simplify(value)
  }
  const branches = entries.anyOf
  if (Array.isArray(branches) && branches.length === 2) {
    const other = branches.filter((branch: unknown) => !isNull(branch))
    const [only] = other
    if (other.length === 1 && isRecord(only) && typeof only.type === 'string') {
      const { anyOf: _, ...rest } = entries
      return { ...rest, ...only, nullable: true }
    }
  }
  return entries
}

function isNull(node: unknown): boolean {
  return isRecord(node) && node.type === 'null'
}

function isRecord(node: unknown): node is JsonSchema {
  return node !== null && typeof node === 'object' && !Array.isArray(node)
}
