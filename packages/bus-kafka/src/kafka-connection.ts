import { connect as connectPlain, isIP, Socket } from 'node:net'
import { connect as connectSecurely } from 'node:tls'
import kafkajs, { type ISocketFactory, type ISocketFactoryArgs, type Kafka, type KafkaConfig } from 'kafkajs'

export interface BrokerAccess {
  /** `host:port` each. */
  readonly brokers: readonly string[]
  readonly clientId: string
  readonly ssl?: NonNullable<KafkaConfig['ssl']>
  readonly sasl?: NonNullable<KafkaConfig['sasl']>
  /** Opens the connections; the client's own way when absent. */
  readonly socketFactory?: ISocketFactory
}

/**
 * One use of the client library with sockets that can be taken away. The library goes on by itself after failures that
 * its caller has given up on, and leaves its consumers in strange states; without sockets it comes to an end.
 */
export class KafkaConnection {
  readonly kafka: Kafka
  readonly #open: ISocketFactory
  readonly #sockets = new Set<Socket>()
  #destroyed = false

  constructor({ brokers, clientId, ssl, sasl, socketFactory = openSocket }: BrokerAccess) {
    this.#open = socketFactory
    this.kafka = new kafkajs.Kafka({
      brokers: [...brokers],
      clientId,
      ...(ssl === undefined ? {} : { ssl }),
      ...(sasl === undefined ? {} : { sasl }),
      connectionTimeout: 3_000,
      requestTimeout: 10_000,
      retry: { initialRetryTime: 50, maxRetryTime: 1_000, retries: 3 },
      socketFactory: (wanted) => this.#connect(wanted),
      // The library reports every retry as an error, with texts of its own. What matters is reported by its callers.
      logLevel: kafkajs.logLevel.NOTHING,
      logCreator: () => () => {},
    })
  }

  get isDestroyed(): boolean {
    return this.#destroyed
  }

  destroy(): void {
    this.#destroyed = true
    for (const socket of this.#sockets) socket.destroy(new Error('the connection was given up'))
  }

  #connect(wanted: ISocketFactoryArgs): Socket {
    if (this.#destroyed) {
      const socket = new Socket()
      setImmediate(() => socket.destroy(new Error('the connection was given up')))
      return socket
    }
    const socket = this.#open(wanted)
    this.#sockets.add(socket)
    socket.once('close', () => this.#sockets.delete(socket))
    return socket
  }
}

function openSocket({ host, port, ssl, onConnect }: ISocketFactoryArgs): Socket {
  // Undefined or false without TLS, whatever the library's types say.
  const socket = ssl
    ? connectSecurely({ host, port, ...(isIP(host) ? {} : { servername: host }), ...ssl }, onConnect)
    : connectPlain({ host, port }, onConnect)
  return socket.setKeepAlive(true, 60_000)
}
