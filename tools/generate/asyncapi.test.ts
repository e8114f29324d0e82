import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { buildAsyncApi, type Published, requireValid } from './asyncapi.ts'

function published(service: string, name: string, audience: 'internal' | 'public' = 'public'): Published {
  return {
    service,
    topic: `dulian.${service}`,
    name,
    version: 1,
    type: `cn.dulian.${service}.${name}.v1`,
    title: '已发生',
    audience,
    schema: z.object({ office: z.string(), body: z.object({ count: z.number().int() }).optional() }),
    example: { office: 'qijiang' },
  }
}

const events = [published('office', 'task-assigned'), published('inspections', 'finding-confirmed', 'internal')]

test('the document is valid AsyncAPI 3 by the reference parser', async () => {
  await requireValid(buildAsyncApi(events))
})

test('each topic has a channel with its messages, each message its schema and example', () => {
  const document = JSON.parse(JSON.stringify(buildAsyncApi(events)))
  assert.deepEqual(Object.keys(document.channels), ['inspections', 'office'])
  assert.equal(document.channels.office.address, 'dulian.office')
  const message = document.components.messages['cn.dulian.office.task-assigned.v1']
  assert.deepEqual(message.payload.required, ['office'])
  assert.deepEqual(message.examples[0].payload, { office: 'qijiang' })
})

test('a reader is never told to refuse members it does not know', () => {
  assert.doesNotMatch(JSON.stringify(buildAsyncApi(events)), /"additionalProperties":false/)
})

test('the order of declaration makes no difference', () => {
  assert.equal(JSON.stringify(buildAsyncApi(events)), JSON.stringify(buildAsyncApi(events.toReversed())))
})

test('a document that is not valid is refused with the place', async () => {
  const document = { ...buildAsyncApi(events), operations: { broken: { action: 'shout' } } }
  await assert.rejects(requireValid(document), /operations\.broken/)
})

test('an example that does not fit its schema is refused', () => {
  assert.throws(() => buildAsyncApi([{ ...published('office', 'task-assigned'), example: {} }]))
})
