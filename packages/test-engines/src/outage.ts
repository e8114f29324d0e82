import { connect, createServer, type Socket } from 'node:net'

/** A way to a server that a test can interrupt: servers in memory would forget everything if they were ended instead. */
export interface Outage {
  /** The server's address by this way. */
  readonly address: string
  /** Breaks every connection and takes no new one. */
  begin(): void
  end(): void
  close(): Promise<void>
}

/** Stands before the server of an address such as `mongodb://127.0.0.1:27017`; everything else of the address stays. */
export async function outageBefore(address: string): Promise<Outage> {
  const found = /^([a-z+]+:\/\/)([^/:?]+):(\d+)(.*)$/.exec(address)
  if (found === null) throw new RangeError('the address of one server is needed')
  const [, scheme, host, port, rest] = found
  const sockets = new Set<Socket>()
  let away = false
  const server = createServer((client) => {
    if (away) {
      client.destroy()
      return
    }
    const upstream = connect(Number(port), host)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.pipe(upstream)
    upstream.pipe(client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bound = server.address()
  const own = typeof bound === 'object' ? bound?.port : undefined
  const breakAll = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    address: `${scheme}127.0.0.1:${own}${rest}`,
    begin() {
      away = true
      breakAll()
    },
    end() {
      away = false
    },
    async close() {
      away = true
      breakAll()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}
