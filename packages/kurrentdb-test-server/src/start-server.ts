import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { createServer, type Socket } from 'node:net'
import { GossipService, type IGossipServer } from '@eventstore/db-client/generated/gossip_grpc_pb.js'
import gossipPb from '@eventstore/db-client/generated/gossip_pb.js'
import {
  type IServerFeaturesServer,
  ServerFeaturesService,
} from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js'
import featuresPb from '@eventstore/db-client/generated/serverfeatures_pb.js'
import { type IStreamsServer, StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js'
import { Server, ServerCredentials, type ServiceDefinition } from '@grpc/grpc-js'

import { handleAppend, handleDelete, handleTombstone } from './append-call.ts'
import { handleBatchAppend } from './batch-append-call.ts'
import { EventLog } from './event-log.ts'
import { FaultSwitches, type KurrentFaults } from './faults.ts'
import { openLogFile } from './log-file.ts'
import { handleRead } from './read-call.ts'
import { unavailable } from './rpc-failure.ts'
import { writeUuid } from './wire-values.ts'

export interface KurrentTestServerOptions {
  /** 0 or nothing: a free port. */
  readonly port?: number
  readonly host?: '127.0.0.1'
  /** Keeps the events in this file; without it they end with the server. */
  readonly file?: string
  /** Bytes one append may have; 1 MiB unless told, as the real server's MaxAppendSize. */
  readonly maximumAppendSize?: number
  /** How long the rest of an append of several messages is waited for; 2000 ms unless told, as its WriteTimeoutMs. */
  readonly writeTimeout?: number
}

export interface KurrentTestServer {
  /** Connection string, `esdb://127.0.0.1:PORT?tls=false`. */
  readonly address: string
  readonly port: number
  readonly faults: KurrentFaults
  /** Breaks what is still connected, closes the port and the file. */
  stop(): Promise<void>
}

/** The version whose protocol is spoken. */
const VERSION = '25.0.0'
/** Largest message the server takes, and thereby the largest append it could be set to. */
const MAXIMUM_MESSAGE = 16 * 1024 * 1024

/** Starts a test server. It resolves when the port answers. Throws when the port is taken or the file cannot be read. */
export async function startKurrentTestServer(options: KurrentTestServerOptions = {}): Promise<KurrentTestServer> {
  const { host = '127.0.0.1', maximumAppendSize = 1024 * 1024, writeTimeout = 2000 } = options
  const sockets = new Set<Socket>()
  const cutConnections = (peer?: string) => {
    for (const socket of sockets) {
      if (peer === undefined || peer === `${socket.remoteAddress}:${socket.remotePort}`) socket.destroy()
    }
  }
  let log: EventLog | undefined
  const faults = new FaultSwitches(() => log, cutConnections)
  const now = () => BigInt(Math.floor((performance.timeOrigin + performance.now() + faults.clockSkew) * 1000)) * 10n
  const { file } = options
  const openLog = await EventLog.open(now, file === undefined ? undefined : (load) => openLogFile(file, load))
  log = openLog

  const grpc = new Server({
    'grpc.max_receive_message_length': MAXIMUM_MESSAGE,
    'grpc.max_send_message_length': -1,
  })
  const listener = createServer()
  const services = { log: openLog, faults, maximumAppendSize, writeTimeout }
  const streams: IStreamsServer = {
    read: (call) => void handleRead(call, openLog, faults),
    append: (call, answer) => handleAppend(call, answer, services),
    batchAppend: (call) => handleBatchAppend(call, services),
    delete: (call, answer) => void handleDelete(call, answer, services),
    tombstone: (call, answer) => void handleTombstone(call, answer, services),
  }
  const features: IServerFeaturesServer = {
    getSupportedMethods: (_call, answer) => {
      if (faults.refusing) answer(unavailable().toStatus())
      else answer(null, supportedMethods())
    },
  }
  const instanceId = randomUUID()
  const gossip: IGossipServer = {
    read: (_call, answer) => {
      if (faults.refusing) answer(unavailable().toStatus())
      else answer(null, clusterOfOne(instanceId, host, portOf(listener.address())))
    },
  }
  grpc.addService(StreamsService, streams)
  grpc.addService(ServerFeaturesService, features)
  grpc.addService(GossipService, gossip)

  const injector = grpc.createConnectionInjector(ServerCredentials.createInsecure())
  listener.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.setNoDelay(true)
    injector.injectConnection(socket)
  })
  await new Promise<void>((resolve, reject) => {
    listener.once('error', reject)
    listener.listen(options.port ?? 0, host, resolve)
  }).catch(async (error) => {
    await openLog.close()
    throw error
  })
  const port = portOf(listener.address())
  return {
    address: `esdb://${host}:${port}?tls=false`,
    port,
    faults,
    async stop() {
      const closed = new Promise((resolve) => listener.close(resolve))
      cutConnections()
      injector.destroy()
      grpc.forceShutdown()
      await closed
      await openLog.close()
    },
  }
}

function portOf(address: string | AddressInfo | null): number {
  return typeof address === 'object' && address !== null ? address.port : 0
}

/**
 * The methods this server has, in lower case as the real one names them. It has more of them, and the feature
 * `deadline_duration` of BatchAppend, whose field the generated classes at hand do not know.
 */
function supportedMethods() {
  const supported = new featuresPb.SupportedMethods().setEventStoreServerVersion(VERSION)
  const definitions: ServiceDefinition[] = [StreamsService, ServerFeaturesService, GossipService]
  for (const { path } of definitions.flatMap((definition) => Object.values(definition))) {
    const [, service = '', method = ''] = path.toLowerCase().split('/')
    const features = service.endsWith('streams') && method === 'read' ? ['position', 'events'] : []
    supported.addMethods(
      new featuresPb.SupportedMethod().setServiceName(service).setMethodName(method).setFeaturesList(features),
    )
  }
  return supported
}

function clusterOfOne(instanceId: string, host: string, port: number) {
  const member = new gossipPb.MemberInfo()
    .setInstanceId(writeUuid(instanceId, false))
    .setTimeStamp((BigInt(Date.now()) * 10_000n).toString())
    .setState(gossipPb.MemberInfo.VNodeState.LEADER)
    .setIsAlive(true)
    .setHttpEndPoint(new gossipPb.EndPoint().setAddress(host).setPort(port))
  return new gossipPb.ClusterInfo().setMembersList([member])
}
