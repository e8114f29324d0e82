import { parentPort } from 'node:worker_threads'
import { eventSourcingError } from '@dulian/event-sourcing'
import { type OpenDatabase, storageError } from './database.ts'
import { EventConnection } from './event-connection.ts'
import { packError, packOutcomes, unpackAppends, type WriterAnswer, type WriterRequest } from './writer-messages.ts'

const files = new Map<number, OpenDatabase>()
const connections = new Map<number, EventConnection>()

// Entry of the thread that writes event files for its process.
parentPort?.on('message', (request: WriterRequest) => {
  parentPort?.postMessage(answerTo(request))
})

function answerTo(request: WriterRequest): WriterAnswer {
  try {
    return carryOut(request)
  } catch (error) {
    return { kind: 'failed', error: packError(storageError(error)) }
  }
}

function carryOut(request: WriterRequest): WriterAnswer {
  const { connection } = request
  switch (request.kind) {
    case 'open':
      files.set(connection, request.options)
      return { kind: 'done' }
    case 'write': {
      const outcomes = connected(connection).write(unpackAppends(request.appends), request.time)
      return { kind: 'written', outcomes: packOutcomes(outcomes) }
    }
    case 'import':
      return { kind: 'imported', imported: connected(connection).import(request.requests) }
    case 'close':
      connections.get(connection)?.close()
      connections.delete(connection)
      files.delete(connection)
      return { kind: 'done' }
  }
}

/** Opened by the first write, so that what keeps it from opening is what the write is told; the next one tries again. */
function connected(number: number): EventConnection {
  const known = connections.get(number)
  if (known !== undefined) return known
  const options = files.get(number)
  if (options === undefined) throw eventSourcingError('STORE_CLOSED')
  const connection = new EventConnection(options)
  connections.set(number, connection)
  return connection
}
