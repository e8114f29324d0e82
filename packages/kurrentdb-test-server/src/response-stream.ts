import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import type { ServerWritableStream } from '@grpc/grpc-js'

import type { OpenCall } from './faults.ts'
import { statusOf } from './rpc-failure.ts'

/** Thrown inside a read when its call is over; no error, only the way out. */
class CallOver extends Error {}

/** The answers of one read, given no faster than the client takes them. */
export interface ResponseStream {
  /** Resolves when there is room for the next answer. */
  send(response: ReadResp): Promise<void> | undefined
  /** Resolves when `wake` is called. */
  sleep(onAwake: (wake: () => void) => () => void): Promise<void>
}

/** Runs a read to its end and closes the call with what came of it. */
export async function runRead(
  call: ServerWritableStream<ReadReq, ReadResp>,
  kind: OpenCall['kind'],
  openCalls: Set<OpenCall>,
  read: (responses: ResponseStream) => Promise<void>,
): Promise<void> {
  let over = false
  const ended = new AbortController()
  const end = () => {
    over = true
    openCalls.delete(openCall)
    ended.abort()
  }
  const openCall: OpenCall = {
    kind,
    fail(status) {
      if (over) return
      end()
      call.emit('error', status)
    },
  }
  const until = (start: (resolve: () => void) => () => void) =>
    new Promise<void>((resolve, reject) => {
      const finish = (settle: () => void) => () => {
        stop()
        ended.signal.removeEventListener('abort', onEnd)
        settle()
      }
      const onEnd = finish(() => reject(new CallOver()))
      const stop = start(finish(resolve))
      ended.signal.addEventListener('abort', onEnd)
    })
  const drained = (resolve: () => void) => {
    call.once('drain', resolve)
    return () => call.off('drain', resolve)
  }
  const responses: ResponseStream = {
    send(response) {
      if (over) throw new CallOver()
      return call.write(response) ? undefined : until(drained)
    },
    async sleep(onAwake) {
      if (over) throw new CallOver()
      await until(onAwake)
    },
  }
  openCalls.add(openCall)
  call.on('cancelled', end)
  try {
    await read(responses)
    if (over) return
    end()
    call.end()
  } catch (error) {
    if (!(error instanceof CallOver)) openCall.fail(statusOf(error))
  }
}
