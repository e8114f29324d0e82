import type { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb.js'
import sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import streamsPb from '@eventstore/db-client/generated/streams_pb.js'

import type { ExpectedRevision } from './append-check.ts'
import { malformedAppend, missingMetadata } from './rpc-failure.ts'
import type { ProposedEvent, StoredEvent } from './stored-event.ts'

export function empty() {
  return new sharedPb.Empty()
}

export function readStreamName(identifier: StreamIdentifier | undefined): string {
  return Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8')
}

/** The name of a stream to write to. Throws `RpcFailure` when no stream can have it. */
export function readWritableStreamName(identifier: StreamIdentifier | undefined): string {
  const name = readStreamName(identifier)
  if (name === '' || name === '$$') throw malformedAppend(`'${name}' is not the name of a stream.`)
  return name
}

export function writeStreamName(name: string): StreamIdentifier {
  return new sharedPb.StreamIdentifier().setStreamName(Buffer.from(name))
}

/** A UUID in text, lower case, from either of its two wire forms. */
export function readUuid(uuid: UUID | undefined): string {
  const structured = uuid?.getStructured()
  if (structured === undefined) return (uuid?.getString() ?? '').toLowerCase()
  const high = BigInt.asUintN(64, BigInt(structured.getMostSignificantBits()))
  const low = BigInt.asUintN(64, BigInt(structured.getLeastSignificantBits()))
  const digits = high.toString(16).padStart(16, '0') + low.toString(16).padStart(16, '0')
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

export function writeUuid(id: string, asText: boolean): UUID {
  const uuid = new sharedPb.UUID()
  if (asText) return uuid.setString(id)
  const digits = id.replaceAll('-', '')
  const half = (start: number) => BigInt.asIntN(64, BigInt(`0x${digits.slice(start, start + 16)}`)).toString()
  const structured = new sharedPb.UUID.Structured().setMostSignificantBits(half(0)).setLeastSignificantBits(half(16))
  return uuid.setStructured(structured)
}

interface WithExpectation {
  hasNoStream(): boolean
  hasAny(): boolean
  hasStreamExists(): boolean
}

/** @param revision the explicit revision, or `undefined` when the request carries none */
export function readExpectation(options: WithExpectation, revision: string | undefined): ExpectedRevision | undefined {
  if (options.hasNoStream()) return 'no-stream'
  if (options.hasAny()) return 'any'
  if (options.hasStreamExists()) return 'stream-exists'
  return revision === undefined ? undefined : Number(revision)
}

interface ProposedMessage {
  getId(): UUID | undefined
  getMetadataMap(): { get(name: string): string | undefined }
  getData_asU8(): Uint8Array
  getCustomMetadata_asU8(): Uint8Array
}

const UUID_TEXT = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const EMPTY_UUID = '00000000-0000-0000-0000-000000000000'

/** Reads a proposed event. Throws `RpcFailure` when its id, type or content type is missing or malformed. */
export function readProposedEvent(message: ProposedMessage): ProposedEvent {
  const metadata = message.getMetadataMap()
  const type = metadata.get('type')
  const contentType = metadata.get('content-type')
  if (type === undefined) throw missingMetadata('type')
  if (contentType === undefined) throw missingMetadata('content-type')
  if (type === '') throw malformedAppend('Empty eventType provided.')
  const id = readUuid(message.getId())
  if (!UUID_TEXT.test(id) || id === EMPTY_UUID) throw malformedAppend('The event id is empty or no UUID.')
  return {
    id,
    type,
    isJson: contentType === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  }
}

/** What an event counts for in the size limits: data, metadata and two bytes for each letter of its type. */
export function sizeOf(event: ProposedEvent): number {
  return event.data.length + event.metadata.length + event.type.length * 2
}

/** Reads of a stream carry the positions in the whole log too, as the real server gives them for self-committed events. */
export function writeReadEvent(event: StoredEvent, idsAsText: boolean): ReadResp {
  const position = String(event.position)
  const recorded = new streamsPb.ReadResp.ReadEvent.RecordedEvent()
    .setId(writeUuid(event.id, idsAsText))
    .setStreamIdentifier(writeStreamName(event.stream))
    .setStreamRevision(event.revision.toString())
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setCustomMetadata(event.metadata)
    .setData(event.data)
  recorded
    .getMetadataMap()
    .set('type', event.type)
    .set('created', event.created.toString())
    .set('content-type', event.isJson ? 'application/json' : 'application/octet-stream')
  const read = new streamsPb.ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(position)
  return new streamsPb.ReadResp().setEvent(read)
}
