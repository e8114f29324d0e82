import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderApiTypes } from './api-client.ts'
import { sortDocument } from './openapi.ts'

const answer = { description: 'ok', content: { 'application/json': { schema: { $ref: '#/components/schemas/Plan' } } } }
const document = {
  openapi: '3.1.0',
  info: { title: 'x', version: '1' },
  paths: { '/b': { get: { responses: { 200: answer } } }, '/a': { get: { responses: { 200: answer } } } },
  components: {
    schemas: { Plan: { type: 'object', properties: { title: { type: 'string' } } }, Item: { type: 'string' } },
  },
}

test('the document does not depend on the order in which routes were registered', () => {
  const turned = {
    ...document,
    paths: { '/a': document.paths['/a'], '/b': document.paths['/b'] },
    components: { schemas: { Item: document.components.schemas.Item, Plan: document.components.schemas.Plan } },
  }
  assert.equal(JSON.stringify(sortDocument(document)), JSON.stringify(sortDocument(turned)))
})

test('the API types name every path and schema, and are the same every time', async () => {
  const types = await renderApiTypes(document)
  assert.match(types, /"\/a":/)
  assert.match(types, /Plan: \{/)
  assert.equal(await renderApiTypes(document), types)
})

test('a wildcard path, which serves pages, is no operation of the client', async () => {
  const pages = { ...document, paths: { ...document.paths, '/{*}': { get: { responses: { 200: answer } } } } }
  assert.equal(await renderApiTypes(pages), await renderApiTypes(document))
})
