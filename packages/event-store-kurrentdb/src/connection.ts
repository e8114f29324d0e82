import { EventStoreDBClient } from '@eventstore/db-client'
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js'
import grpc from '@eventstore/db-client/generated/streams_grpc_pb.js'
import type { ReadReq, ReadResp } from '@eventstore/db-client/generated/streams_pb.js'
import { ServerFailure, toServerFailure } from './server-failure.ts'

type AppendStream = ReturnType<StreamsClient['batchAppend']>
type CallArguments = ReturnType<EventStoreDBClient['callArguments']>

/** Who hears what a read answers. After `cancel` or `onEnd` nothing more comes. */
export interface ReadListener {
  onResponse(response: ReadResp): void
  /** Without a failure: the server has nothing more to say. */
  onEnd(failure: ServerFailure | undefined): void
}

export interface RunningRead {
  cancel(): void
}

/**
 * The client's connection (discovery, leader, credentials, keep-alive) without its own `appendToStream` and `readAll`:
 * the first keeps what is on its way in one table for the whole process, which any stream's error empties, so that an
 * answer that then comes on another stream ends the process; the second knows no filter. Both are spoken here in the
 * client's generated messages.
 */
class ClientCalls extends EventStoreDBClient {
  static async open<T extends AppendStream | ReturnType<StreamsClient['read']>>(
    client: EventStoreDBClient,
    name: string,
    call: (streams: StreamsClient, ...options: CallArguments) => T,
  ): Promise<T> {
    const own = client as ClientCalls
    const options = own.callArguments({ requiresLeader: true }, { deadline: Number.POSITIVE_INFINITY })
    return await own.GRPCStreamCreator(grpc.StreamsClient, name, (streams: StreamsClient) =>
      call(streams, ...options),
    )()
  }

  static async closeChannel(client: EventStoreDBClient): Promise<void> {
    await client.dispose()
    const channel = await (client as ClientCalls).getChannel()
    channel.close()
  }
}

export class Connection {
  readonly #address: string
  readonly #reads = new Set<{ end(failure: ServerFailure): void }>()
  #client: EventStoreDBClient
  #used = false
  #closed = false
  #heardAt = Number.NEGATIVE_INFINITY

  /** Throws for an address that is none; connects with the first call. */
  constructor(address: string) {
    this.#address = address.replace(/^kurrentdb(?=\+discover:|:)/, 'esdb')
    this.#client = EventStoreDBClient.connectionString(this.#address)
  }

  read(request: ReadReq, listener: ReadListener): RunningRead {
    let call: ReturnType<StreamsClient['read']> | undefined
    let over = false
    const reads = this.#reads
    const entry = {
      end(failure: ServerFailure | undefined): void {
        if (over) return
        cancel()
        listener.onEnd(failure)
      },
    }
    function cancel(): void {
      over = true
      reads.delete(entry)
      const running = call
      // Not within the call's own event: see grpc-node issue 1652.
      if (running !== undefined) setImmediate(() => running.cancel())
    }
    reads.add(entry)
    this.#open('read', (streams, metadata, options) => {
      call = streams.read(request, metadata, options)
      call.on('data', (response: ReadResp) => {
        this.heard()
        if (!over) listener.onResponse(response)
      })
      call.on('error', (error) => entry.end(toServerFailure(error)))
      call.on('end', () => entry.end(undefined))
      if (over) cancel()
      return call
    }).catch((error: unknown) => entry.end(toServerFailure(error)))
    return { cancel }
  }

  /** Listeners belong on the stream at once, which is why they are put on by `prepare`. */
  async openAppends(prepare: (stream: AppendStream) => void): Promise<AppendStream> {
    return await this.#open('append', (streams, metadata, options) => {
      const stream = streams.batchAppend(metadata, options)
      prepare(stream)
      return stream
    })
  }

  /** Something came from the server. */
  heard(): void {
    this.#heardAt = performance.now()
  }

  /**
   * Gives up a connection on which nothing at all was heard since then (by `performance.now()`): what runs on it fails,
   * what comes next has a new one.
   */
  resetIfSilentSince(moment: number): void {
    if (this.#closed || this.#heardAt >= moment) return
    const former = this.#client
    this.#client = EventStoreDBClient.connectionString(this.#address)
    if (this.#used) closeQuietly(former)
    this.#used = false
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    for (const read of [...this.#reads]) read.end(new ServerFailure('closed'))
    if (this.#used) closeQuietly(this.#client)
  }

  async #open<T extends AppendStream | ReturnType<StreamsClient['read']>>(
    name: string,
    call: (streams: StreamsClient, ...options: CallArguments) => T,
  ): Promise<T> {
    if (this.#closed) throw new ServerFailure('closed')
    this.#used = true
    return await ClientCalls.open(this.#client, name, call)
  }
}

function closeQuietly(client: EventStoreDBClient): void {
  ClientCalls.closeChannel(client).catch(() => {
    // A channel that was never reached has nothing to close.
  })
}
