import codePb from '@eventstore/db-client/generated/code_pb.js'
import sharedPb from '@eventstore/db-client/generated/shared_pb.js'
import type { Status } from '@eventstore/db-client/generated/status_pb.js'
import statusPb from '@eventstore/db-client/generated/status_pb.js'
import anyPb from 'google-protobuf/google/protobuf/any_pb.js'
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js'

import type { ExpectedRevision } from './append-check.ts'

type DetailName =
  | 'WrongExpectedVersion'
  | 'StreamDeleted'
  | 'Timeout'
  | 'Unknown'
  | 'MaximumAppendSizeExceeded'
  | 'BadRequest'

/** `BatchAppendResp.error`: a google.rpc.Status whose Any holds one of the messages of shared.proto. */
function failure(code: number, name: DetailName, detail: { serializeBinary(): Uint8Array }): Status {
  const details = new anyPb.Any()
  details.pack(detail.serializeBinary(), `event_store.client.${name}`)
  return new statusPb.Status().setCode(code).setMessage(name).setDetails(details)
}

/** @param current the stream's last revision, -1 for none */
export function wrongVersion(current: number, expected: ExpectedRevision): Status {
  const detail = new sharedPb.WrongExpectedVersion()
  if (current < 0) detail.setCurrentNoStream(new emptyPb.Empty())
  else detail.setCurrentStreamRevision(String(current))
  if (expected === 'any') detail.setExpectedAny(new emptyPb.Empty())
  else if (expected === 'no-stream') detail.setExpectedNoStream(new emptyPb.Empty())
  else if (expected === 'stream-exists') detail.setExpectedStreamExists(new emptyPb.Empty())
  else detail.setExpectedStreamPosition(String(expected))
  return failure(codePb.Code.ALREADY_EXISTS, 'WrongExpectedVersion', detail)
}

export function deletedStream(name: Uint8Array): Status {
  const identifier = new sharedPb.StreamIdentifier().setStreamName(name)
  const detail = new sharedPb.StreamDeleted().setStreamIdentifier(identifier)
  return failure(codePb.Code.NOT_FOUND, 'StreamDeleted', detail)
}

export function timedOut(): Status {
  return failure(codePb.Code.DEADLINE_EXCEEDED, 'Timeout', new sharedPb.Timeout())
}

export function unknownFailure(): Status {
  return failure(codePb.Code.UNKNOWN, 'Unknown', new sharedPb.Unknown())
}

export function appendTooLarge(maximum: number): Status {
  const detail = new sharedPb.MaximumAppendSizeExceeded().setMaxappendsize(maximum)
  return failure(codePb.Code.INVALID_ARGUMENT, 'MaximumAppendSizeExceeded', detail)
}

export function badRequest(message: string): Status {
  return failure(codePb.Code.INVALID_ARGUMENT, 'BadRequest', new sharedPb.BadRequest().setMessage(message))
}
