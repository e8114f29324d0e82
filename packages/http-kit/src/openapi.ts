import swagger from '@fastify/swagger'
import type { FastifyContextConfig, FastifyInstance } from 'fastify'
import type { OpenAPIV3_1 } from 'openapi-types'
import type { JsonSchema } from './json-schema.ts'
import { documentationSchema } from './json-schema.ts'
import type { RouteDocumentation } from './route-kit.ts'
import { publicRoute } from './route-kit.ts'

const COMPONENT = 'x-component'

const problemSchema: JsonSchema = {
  type: 'object',
  description: 'RFC 9457 problem+json',
  required: ['type', 'title', 'status', 'detail', 'code', 'traceId'],
  properties: {
    type: { type: 'string', description: 'urn:dulian:problem:<code>' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: '中文：发生了什么，该怎么办' },
    code: { type: 'string' },
    traceId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'detail', 'in'],
        properties: { pointer: { type: 'string' }, detail: { type: 'string' }, in: { type: 'string' } },
      },
    },
    details: { type: 'object', additionalProperties: true },
    expected: { type: 'integer' },
    actual: { type: 'integer' },
  },
}

/** Collects the routes registered from here on into an OpenAPI 3.1 document, served at `/openapi.json`. */
export async function describeApi(
  app: FastifyInstance,
  info: { readonly title: string; readonly version: string },
): Promise<void> {
  await app.register(swagger, {
    convertConstToEnum: false,
    openapi: {
      openapi: '3.1.0',
      info: { title: info.title, version: info.version },
      components: {
        securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
        schemas: { Problem: problemSchema as OpenAPIV3_1.SchemaObject },
      },
    },
    transform: ({ schema, url, route, ...document }) => {
      const documentation = route.config?.documentation
      if (documentation === undefined) return { schema: { hide: true }, url }
      const components = ('openapiObject' in document ? document.openapiObject.components?.schemas : undefined) ?? {}
      const method = Array.isArray(route.method) ? (route.method[0] ?? 'GET') : route.method
      const name = operationName(method, url)
      return {
        url,
        schema: {
          ...(schema?.summary === undefined ? {} : { summary: schema.summary }),
          ...(schema?.description === undefined ? {} : { description: schema.description }),
          ...(schema?.tags === undefined ? {} : { tags: schema.tags }),
          operationId: name,
          security: securityOf(route.config ?? {}),
          ...describe(documentation, name, components as Record<string, JsonSchema>),
        },
      }
    },
    transformObject: (document) =>
      'openapiObject' in document
        ? (link(document.openapiObject) as typeof document.openapiObject)
        : document.swaggerObject,
  })
  publicRoute(app, {
    method: 'GET',
    url: '/openapi.json',
    summary: '接口说明（OpenAPI 3.1）',
    because: 'the description of the interface holds no data',
    handler: (_request, reply) => reply.type('application/json; charset=utf-8').send(app.swagger()),
  })
}

function securityOf(config: FastifyContextConfig): { bearer: string[] }[] {
  if (config.signedInBecause !== undefined) return [{ bearer: [] }]
  return (config.permissions ?? []).map((permission) => ({ bearer: [permission] }))
}

const multipartBody: JsonSchema = {
  type: 'object',
  required: ['file'],
  properties: { file: { type: 'string', contentMediaType: 'application/octet-stream', contentEncoding: 'binary' } },
}

function describe(route: RouteDocumentation, name: string, components: Record<string, JsonSchema>): JsonSchema {
  const shown = (schema: RouteDocumentation['body'], io: 'input' | 'output', part: string): JsonSchema | undefined =>
    schema === undefined ? undefined : hoist(documentationSchema(schema, io), `${name}${part}`, components)
  const params = shown(route.params, 'input', 'Params')
  const query = shown(route.query, 'input', 'Query')
  const body = shown(route.body, 'input', 'Body')
  const answer = shown(route.answer, 'output', 'Answer')
  const headers = Object.entries(route.headers ?? {})
  return {
    ...(params === undefined ? {} : { params }),
    ...(query === undefined ? {} : { querystring: query }),
    ...(body === undefined ? {} : { body }),
    ...(route.consumes === 'multipart/form-data' ? { consumes: [route.consumes], body: multipartBody } : {}),
    ...(headers.length === 0
      ? {}
      : {
          headers: {
            type: 'object',
            required: headers.filter(([, header]) => header.required).map(([key]) => key),
            properties: Object.fromEntries(
              headers.map(([key, header]) => [key, { type: 'string', description: header.description }]),
            ),
          },
        }),
    response: {
      [route.status]: {
        description: '成功',
        ...(answer === undefined && route.mediaType === undefined
          ? {}
          : { content: { [route.mediaType ?? 'application/json']: { schema: answer ?? { type: 'string' } } } }),
      },
      default: {
        description: '未能完成，原因见 detail',
        content: { 'application/problem+json': { schema: { [COMPONENT]: 'Problem' } } },
      },
    },
  }
}

/** Moves a schema's own definitions into the document's components, since their local references would point nowhere there. */
function hoist(schema: JsonSchema, name: string, components: Record<string, JsonSchema>): JsonSchema {
  const { $defs, ...root } = schema
  const nameOf = (definition: string): string =>
    definition.startsWith('__') ? `${name}${definition.replaceAll('_', '')}` : definition
  let recursive = false
  const rename = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(rename)
    if (node === null || typeof node !== 'object') return node
    const entries: JsonSchema = {}
    for (const [key, value] of Object.entries(node)) {
      if (key === '$ref' && value === '#') {
        recursive = true
        return { [COMPONENT]: name }
      }
      if (key === '$ref' && typeof value === 'string') return { [COMPONENT]: nameOf(value.replace('#/$defs/', '')) }
      if (key === 'id' && typeof value === 'string' && 'type' in node) continue
      entries[key] = rename(value)
    }
    return entries
  }
  for (const [definition, value] of Object.entries(($defs as Record<string, JsonSchema> | undefined) ?? {})) {
    components[nameOf(definition)] = rename(value) as JsonSchema
  }
  const renamed = rename(root) as JsonSchema
  if (!recursive) return renamed
  components[name] = renamed
  return { [COMPONENT]: name }
}

function link(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(link)
  if (node === null || typeof node !== 'object') return node
  const entries: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(node)) {
    if (key === COMPONENT) return { $ref: `#/components/schemas/${String(value)}` }
    entries[key] = link(value)
  }
  return entries
}

/** `POST /api/inspections/visits/:id/findings` → `postInspectionsVisitsByIdFindings`. */
function operationName(method: string, url: string): string {
  const words = url.split('/').filter((word) => word !== '' && word !== 'api')
  const named = words.map((word) =>
    (word.startsWith(':') ? `By-${word.slice(1)}` : word).replace(
      /[^A-Za-z0-9]+(\w)?/g,
      (_, next: string | undefined) => (next ?? '').toUpperCase(),
    ),
  )
  return method.toLowerCase() + named.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')
}
