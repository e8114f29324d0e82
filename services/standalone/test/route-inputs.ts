import assert from 'node:assert/strict'
import { type badInputCases, exampleOf } from '@dulian/http-kit/testing'
import type { FastifyInstance } from 'fastify'

export type OpenApi = Parameters<typeof badInputCases>[0]

type Schema = Parameters<typeof exampleOf>[1]

/** What the OpenAPI document says about the input of the instance's routes; addresses as Fastify writes them. */
export interface RouteInputs {
  readonly document: OpenApi
  /** A body that passes validation; `undefined` for a route without one. */
  bodyOf(method: string, url: string): unknown
  /** Query parameters that name a thing: `schoolId`, `zoneId` … */
  idFiltersOf(url: string): readonly string[]
}

/** A file by its hash; patterns are the one thing that examples made from a schema do not follow. */
const evidence = {
  hash: '0'.repeat(64),
  name: '记录.txt',
  mediaType: 'text/plain',
  size: 1,
  service: 'office',
}
const patterned: Readonly<Record<string, object>> = {
  '/api/office/tasks/{id}/evidence': { evidence },
  '/api/supervisor-registry/committee/bodies/{bodyId}/liaison': { phone: '13900002000' },
}

export async function routeInputs(app: FastifyInstance): Promise<RouteInputs> {
  const document = (await app.inject({ method: 'GET', url: '/openapi.json' })).json<OpenApi>()
  const operationOf = (method: string, url: string) => {
    const path = url.replace(/:(\w+)/g, '{$1}')
    const operation = document.paths?.[path]?.[method.toLowerCase() as 'get']
    assert.ok(operation, `${method} ${url} is not in the OpenAPI document`)
    return { path, operation }
  }
  return {
    document,
    bodyOf(method, url) {
      const { path, operation } = operationOf(method, url)
      const body = operation.requestBody
      if (body === undefined || !('content' in body)) return undefined
      const schema = body.content['application/json']?.schema
      if (schema === undefined) return undefined
      return { ...(exampleOf(document, schema as Schema) as object), ...patterned[path] }
    },
    idFiltersOf(url) {
      const { operation } = operationOf('GET', url)
      return (operation.parameters ?? []).flatMap((parameter) =>
        'in' in parameter && parameter.in === 'query' && parameter.name.endsWith('Id') ? [parameter.name] : [],
      )
    },
  }
}
