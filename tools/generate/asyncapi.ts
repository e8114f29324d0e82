import { Parser } from '@asyncapi/parser'
import { z } from 'zod'
import { type Generator, SourceMissing } from './generator.ts'
import { loadExport } from './load-module.ts'

const source = 'contracts/src/index.ts'

const Published = z.object({
  service: z.string(),
  topic: z.string(),
  name: z.string(),
  version: z.number().int().positive(),
  type: z.string(),
  title: z.string(),
  audience: z.enum(['internal', 'public']),
  schema: z.custom<z.ZodType>((value) => value instanceof z.ZodType),
  example: z.unknown(),
})
/** What the generator reads of a published event. */
export type Published = z.infer<typeof Published>

/** docs/asyncapi.json: what services publish on the bus. */
export const asyncapi: Generator = {
  name: 'asyncapi',
  output: 'docs/asyncapi.json',
  generate: async (root) => {
    const document = buildAsyncApi(await readPublished(root))
    await requireValid(document)
    return `${JSON.stringify(document, null, 2)}\n`
  },
}

/** Everything the services publish, as the contracts declare it. */
export async function readPublished(root: string): Promise<readonly Published[]> {
  const exported = await loadExport(root, source, 'publishedEvents')
  if (!Array.isArray(exported)) throw new SourceMissing(`array publishedEvents of ${source}`)
  return z.array(Published).parse(exported)
}

/** An AsyncAPI 3 document: a channel per topic, a message per event, an operation per publishing service. */
export function buildAsyncApi(events: readonly Published[]): object {
  const sorted = events.toSorted((a, b) => (a.type < b.type ? -1 : 1))
  const topics = [...new Set(sorted.map(({ topic }) => topic))].sort()
  const of = (topic: string): Published[] => sorted.filter((event) => event.topic === topic)
  const channels = topics.map((topic) => [
    channelId(topic),
    {
      address: topic,
      description: 'Keyed by stream: the events of one stream arrive in their order, each at least once.',
      messages: Object.fromEntries(of(topic).map(({ type }) => [type, { $ref: `#/components/messages/${type}` }])),
    },
  ])
  const operations = topics.map((topic) => [
    `publish-${channelId(topic)}`,
    {
      action: 'send',
      channel: { $ref: `#/channels/${channelId(topic)}` },
      messages: of(topic).map(({ type }) => ({ $ref: `#/channels/${channelId(topic)}/messages/${type}` })),
    },
  ])
  return {
    asyncapi: '3.0.0',
    info: {
      title: '督联 DuLian — published events',
      version: '0.1.0',
      description:
        'What the services publish to each other and to partners, as CloudEvents 1.0 in binary mode. A stored version never changes; ' +
        'readers ignore members they do not know.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(channels),
    operations: Object.fromEntries(operations),
    components: {
      messages: Object.fromEntries(sorted.map((event) => [event.type, message(event)])),
      schemas: { CloudEventHeaders: headers },
    },
  }
}

function message(event: Published): object {
  return {
    name: event.type,
    title: event.title,
    summary: event.audience === 'public' ? 'Also for partners outside.' : 'Stays between the services of an office.',
    headers: { $ref: '#/components/schemas/CloudEventHeaders' },
    payload: payloadSchema(event.schema),
    examples: [{ name: event.name, payload: event.schema.parse(event.example) }],
  }
}

function payloadSchema(schema: z.ZodType): object {
  const { $schema: _, ...payload } = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'output',
    override: ({ jsonSchema }) => {
      // Later versions of the same contract may carry more; a reader that refuses it would break.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
    },
  })
  return payload
}

const headers = {
  type: 'object',
  description: 'CloudEvents 1.0, Kafka binding, binary mode',
  required: ['ce_specversion', 'ce_id', 'ce_type', 'ce_source', 'ce_subject', 'ce_time'],
  properties: {
    ce_specversion: { type: 'string', const: '1.0' },
    ce_id: { type: 'string', format: 'uuid', description: 'Id of the event; the same event always has the same' },
    ce_type: { type: 'string', description: 'cn.dulian.<service>.<event>.v<version>' },
    ce_source: { type: 'string', description: '/offices/<office>/<service>' },
    ce_subject: { type: 'string', description: 'Id of the stream' },
    ce_time: { type: 'string', format: 'date-time' },
    ce_partitionkey: { type: 'string', description: 'Id of the stream' },
    ce_sequence: { type: 'string', description: 'Monotone within the topic of one office' },
    ce_newertypes: {
      type: 'string',
      description:
        'Types, separated by spaces, in which the same fact comes too: a reader of one of them skips this message',
    },
    ce_factid: {
      type: 'string',
      format: 'uuid',
      description: 'On a newer version: the id under which readers of the oldest know the same fact',
    },
    ce_traceparent: { type: 'string', description: 'W3C trace context' },
  },
}

function channelId(topic: string): string {
  return topic.replace(/^dulian\./, '')
}

/** Asks the reference parser; anything it calls an error is one. */
export async function requireValid(document: object): Promise<void> {
  const { document: parsed, diagnostics } = await new Parser().parse(JSON.stringify(document))
  const errors = diagnostics.filter(({ severity }) => severity === 0)
  if (errors.length > 0 || parsed === undefined) {
    const list = errors.map(({ path, message }) => `${path.join('.')}: ${message}`)
    throw new Error(`the AsyncAPI document is not valid:\n${list.join('\n')}`)
  }
}
