import type { Position } from '@dulian/views'
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js'
import type { Connection } from './connection.ts'
import { toPosition } from './log-position.ts'
import { ServerFailure } from './server-failure.ts'
import type { WireEvent } from './stored-event.ts'

/** What a reader makes of a read; each says whether it has enough. */
export interface ReadThrough {
  event(wire: WireEvent): boolean
  /** Of a subscription: everything up to here was looked at. */
  checkpoint?(position: Position): boolean
  /** Of a subscription: everything that was there when it began has come. */
  caughtUp?(): boolean
}

/** `ended`: the server had no more · `enough`: the reader said so · `silent`: nothing came for so long. */
export type ReadEnding = 'ended' | 'enough' | 'silent'

/** Runs one read to its end. Throws `ServerFailure`, and whatever the reader throws. */
export async function readThrough(
  connection: Pick<Connection, 'read'>,
  request: ReadReq,
  reader: ReadThrough,
  silence: number,
): Promise<ReadEnding> {
  const { promise, resolve, reject } = Promise.withResolvers<ReadEnding>()
  const timer = setTimeout(() => stop('silent'), silence)
  const read = connection.read(request, {
    onResponse(response) {
      timer.refresh()
      try {
        if (response.hasStreamNotFound()) stop('ended')
        else if (readOne(response, reader)) stop('enough')
      } catch (error) {
        stop('enough')
        reject(error)
      }
    },
    onEnd(failure) {
      clearTimeout(timer)
      // A stream that is not there: said in a message, or by servers of old in an error.
      if (failure === undefined || failure.reason === 'stream-not-found') resolve('ended')
      else reject(failure)
    },
  })
  function stop(ending: ReadEnding): void {
    clearTimeout(timer)
    read.cancel()
    queueMicrotask(() => resolve(ending))
  }
  return await promise
}

type Response = Parameters<Parameters<Connection['read']>[1]['onResponse']>[0]

function readOne(response: Response, reader: ReadThrough): boolean {
  if (response.hasEvent()) {
    const wire = response.getEvent()?.getEvent()
    return wire !== undefined && reader.event(wire)
  }
  if (response.hasCheckpoint()) {
    const checkpoint = response.getCheckpoint()
    const position = toPosition(checkpoint?.getCommitPosition() ?? '', checkpoint?.getPreparePosition() ?? '')
    return position !== undefined && reader.checkpoint?.(position) === true
  }
  if (response.hasCaughtUp()) return reader.caughtUp?.() === true
  return false
}

export function noAnswer(): ServerFailure {
  return new ServerFailure('no-answer')
}
