import { Agent, request as httpRequest } from 'node:http'

export interface Answer {
  readonly status: number
  readonly body: string
}

/** Keeps connections open and costs little beside what it measures. */
export class Client {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 })
  readonly #address: string
  #keys = 0

  constructor(address: string) {
    this.#address = address
  }

  get(path: string, authorization: string, minPosition?: string): Promise<Answer> {
    return this.#ask('GET', path, {
      authorization,
      ...(minPosition === undefined ? {} : { 'min-position': minPosition }),
    })
  }

  /** Throws unless the command was accepted. Resolves to the position of its event. */
  async command(path: string, authorization: string, body: object | undefined, version?: number): Promise<string> {
    this.#keys += 1
    const text = body === undefined ? undefined : JSON.stringify(body)
    const answer = await this.#ask(
      'POST',
      path,
      {
        authorization,
        'idempotency-key': `key-${process.pid}-${this.#keys}`,
        ...(text === undefined ? {} : { 'content-type': 'application/json' }),
        ...(version === undefined ? {} : { 'if-match': `"v${version}"` }),
      },
      text,
    )
    if (answer.status >= 300) throw new Error(`POST ${path}: ${answer.status} ${answer.body.slice(0, 300)}`)
    return (JSON.parse(answer.body) as { position: string }).position
  }

  close(): void {
    this.#agent.destroy()
  }

  #ask(method: string, path: string, headers: Record<string, string>, body?: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const asked = httpRequest(`${this.#address}${path}`, { method, headers, agent: this.#agent }, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }))
      })
      asked.on('error', reject)
      asked.end(body)
    })
  }
}
