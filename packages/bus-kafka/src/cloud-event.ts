import type { BusMessage } from '@dulian/bus'
import type { IHeaders } from 'kafkajs'

/** A record's content as the client reads it. */
export interface RawRecord {
  readonly key: Buffer | null
  readonly value: Buffer | null
  readonly headers?: IHeaders
}

/** A record's content as the client writes it. */
export interface OutgoingRecord {
  readonly key: Buffer | string | null
  readonly value: Buffer | string | null
  readonly headers: Readonly<Record<string, Buffer | string>>
  readonly partition?: number
}

/** The record says no CloudEvent, or its data is no JSON. */
export class MalformedMessageError extends Error {
  override readonly name = 'MalformedMessageError'
}

/**
 * CloudEvents 1.0, Kafka binding, binary mode: the attributes are headers, the key is the subject, the value is the data.
 * The record's timestamp is left to the client: retention goes by it, and brokers refuse a future one.
 */
export function toRecord(message: BusMessage): OutgoingRecord {
  const headers: Record<string, string> = {
    ce_specversion: '1.0',
    ce_id: message.id,
    ce_type: message.type,
    ce_source: message.source,
    ce_subject: message.subject,
    ce_time: message.time,
  }
  if (message.data !== undefined) headers['content-type'] = 'application/json'
  for (const [name, text] of Object.entries(message.extensions)) headers[`ce_${name}`] ??= text
  return { key: message.subject, value: message.data === undefined ? null : JSON.stringify(message.data), headers }
}

const ATTRIBUTES = new Set(['specversion', 'id', 'type', 'source', 'subject', 'time'])

/** Throws `MalformedMessageError`. */
export function fromRecord(record: RawRecord): BusMessage {
  const { id, type, source, subject, time, extensions } = attributesOf(record)
  if (id === undefined || type === undefined || source === undefined) {
    throw new MalformedMessageError('the record has no ce_id, ce_type or ce_source')
  }
  return { id, type, source, subject, time, extensions, data: parsed(record.value) }
}

/** What can be told of a record, whatever it is; for showing a dead letter. */
export function describeRecord(record: RawRecord): BusMessage {
  const { id = '', type = '', source = '', subject, time, extensions } = attributesOf(record)
  let data: unknown
  try {
    data = parsed(record.value)
  } catch {
    data = undefined
  }
  return { id, type, source, subject, time, extensions, data }
}

function attributesOf({ key, headers }: RawRecord) {
  const attributes = new Map<string, string>()
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (name.startsWith('ce_')) attributes.set(name.slice(3), headerText(value))
  }
  return {
    id: attributes.get('id'),
    type: attributes.get('type'),
    source: attributes.get('source'),
    subject: attributes.get('subject') ?? key?.toString() ?? '',
    time: attributes.get('time') ?? '',
    extensions: Object.fromEntries([...attributes].filter(([name]) => !ATTRIBUTES.has(name))),
  }
}

export function headerText(value: IHeaders[string]): string {
  const last = Array.isArray(value) ? value.at(-1) : value
  return last?.toString() ?? ''
}

function parsed(value: Buffer | null): unknown {
  if (value === null) return undefined
  try {
    return JSON.parse(value.toString()) as unknown
  } catch {
    throw new MalformedMessageError('the record’s value is no JSON')
  }
}

/** Bytes of key, value and headers. */
export function sizeOf({ key, value, headers }: OutgoingRecord): number {
  let bytes = byteLength(key) + byteLength(value)
  for (const [name, text] of Object.entries(headers)) bytes += name.length + byteLength(text)
  return bytes
}

function byteLength(content: Buffer | string | null): number {
  return content === null ? 0 : Buffer.byteLength(content)
}
