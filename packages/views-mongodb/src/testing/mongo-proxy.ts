import { connect, createServer, type Server, type Socket } from 'node:net'
import { BSON } from 'mongodb'

/** A command of a client, as it passed. */
export interface PassedCommand {
  readonly name: string
  /** The collection it is about, when it is about one. */
  readonly target: string
  readonly body: Readonly<Record<string, unknown>>
}

interface Trap {
  readonly how: 'before' | 'after' | 'hold'
  readonly springs: (command: PassedCommand) => boolean
}

const OP_MSG = 2013
const HEADER = 16
/** What the driver sends on its own, whatever is asked of it. */
const HOUSEKEEPING = new Set(['hello', 'ismaster', 'isMaster', 'ping', 'endSessions', 'killCursors'])

/**
 * Stands between a client and a MongoDB server and breaks the connection at a chosen command: before it has reached the
 * server, or after the server has carried it out and before the client hears of it. Servers in memory forget all when
 * they are killed; behind this they are merely gone.
 */
export class MongoProxy {
  readonly commands: PassedCommand[] = []
  readonly #server: Server
  readonly #target: URL
  readonly #sockets = new Set<Socket>()
  #down = false
  #silent = false
  #blinking = false
  #trap: Trap | undefined
  #held: (() => void) | undefined
  #noticeHeld: (() => void) | undefined

  private constructor(server: Server, target: URL) {
    this.#server = server
    this.#target = target
    server.on('connection', (socket) => this.#accept(socket))
  }

  /** In front of `address`. */
  static async start(address: string): Promise<MongoProxy> {
    const server = createServer()
    const proxy = new MongoProxy(server, new URL(address))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return proxy
  }

  get address(): string {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('the proxy does not listen')
    return `mongodb://127.0.0.1:${address.port}`
  }

  get isUp(): boolean {
    return !this.#down
  }

  /** Whether the command that breaks the connection is still to come. */
  get isWaiting(): boolean {
    return this.#trap !== undefined
  }

  /** The server is gone until `restore`: every connection breaks, and no new one is taken. */
  cut(): void {
    this.#down = true
    this.#trap = undefined
    for (const socket of this.#sockets) socket.destroy()
    this.#sockets.clear()
    if (this.#blinking) this.#down = false
    this.#blinking = false
  }

  /** The server takes everything and answers nothing until `restore`. */
  silence(): void {
    this.#silent = true
  }

  restore(): void {
    this.#down = false
    this.#silent = false
    this.#trap = undefined
  }

  /** Cuts at the n-th command from now on, n from 1. */
  cutAt(n: number, how: 'before' | 'after'): void {
    const at = this.commands.length + n
    this.#trap = { how, springs: () => this.commands.length === at }
  }

  /** The same, but the server can be reached again at once. */
  blinkAt(n: number, how: 'before' | 'after'): void {
    this.cutAt(n, how)
    this.#blinking = true
  }

  /** Holds the next command of this name and target back; resolves when it is there. `letThrough` lets it through. */
  async hold(name: string, target: string): Promise<void> {
    this.#trap = { how: 'hold', springs: (command) => command.name === name && command.target.endsWith(target) }
    await new Promise<void>((resolve) => {
      this.#noticeHeld = resolve
    })
  }

  letThrough(): void {
    this.#held?.()
    this.#held = undefined
  }

  async close(): Promise<void> {
    this.cut()
    await new Promise<void>((resolve) => this.#server.close(() => resolve()))
  }

  #accept(client: Socket): void {
    if (this.#down) {
      client.destroy()
      return
    }
    const server = connect(Number(this.#target.port), this.#target.hostname)
    for (const socket of [client, server]) {
      this.#sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        this.#sockets.delete(socket)
        client.destroy()
        server.destroy()
      })
    }
    let swallow: number | undefined
    readMessages(client, (message) => {
      if (this.#silent) return
      const trap = this.#pass(message)
      if (trap === 'before') this.cut()
      else if (trap === 'hold') {
        this.#held = () => server.write(message)
        this.#noticeHeld?.()
      } else {
        if (trap === 'after') swallow = message.readInt32LE(4)
        server.write(message)
      }
    })
    readMessages(server, (message) => {
      if (swallow !== undefined && message.readInt32LE(8) === swallow) this.cut()
      else if (!this.#silent) client.write(message)
    })
  }

  #pass(message: Buffer): Trap['how'] | undefined {
    const command = commandIn(message)
    if (command === undefined || HOUSEKEEPING.has(command.name)) return undefined
    this.commands.push(command)
    const trap = this.#trap
    if (trap === undefined || !trap.springs(command)) return undefined
    this.#trap = undefined
    return trap.how
  }
}

function readMessages(socket: Socket, handle: (message: Buffer) => void): void {
  let pending: Buffer = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk])
    while (pending.length >= HEADER && pending.length >= pending.readInt32LE(0)) {
      const length = pending.readInt32LE(0)
      const message = pending.subarray(0, length)
      pending = pending.subarray(length)
      handle(message)
    }
  })
}

function commandIn(message: Buffer): PassedCommand | undefined {
  const body = HEADER + 4
  if (message.readInt32LE(12) !== OP_MSG || message[body] !== 0) return undefined
  const end = body + 1 + message.readInt32LE(body + 1)
  const document = BSON.deserialize(message.subarray(body + 1, end)) as Record<string, unknown>
  const [name = '', target] = Object.entries(document)[0] ?? []
  return { name, target: typeof target === 'string' ? target : '', body: document }
}
