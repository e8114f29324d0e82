import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { childEnvironment } from './child-environment.ts'

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

const main = join(import.meta.dirname, '..', 'src', 'main.ts')

/** The all-in-one as the process an operator starts, on any free port unless told otherwise. */
export class InstanceProcess {
  readonly child: ChildProcess
  /** Resolves when it has ended and everything it said has been read. */
  readonly ended: Promise<Ended>
  stdout = ''
  stderr = ''
  #listeners: (() => void)[] = []
  #isOver = false

  constructor(dataFolder: string, settings: Readonly<Record<string, string>> = {}) {
    this.child = spawn(process.execPath, [main], {
      env: childEnvironment({ DULIAN_DATA: dataFolder, DULIAN_PORT: '0', ...settings }),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#heard(() => (this.stdout += text)))
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => this.#heard(() => (this.stderr += text)))
    this.ended = new Promise((resolve) => {
      this.child.once('close', (code, signal) => {
        this.#heard(() => (this.#isOver = true))
        resolve({ code, signal })
      })
    })
  }

  /** The address it prints when it is ready. */
  async ready(): Promise<string> {
    const [, address = ''] = await this.said(/^督联已就绪：(http:\/\/\S+)$/m)
    return address
  }

  /** Waits for these words on either stream; throws with what it said instead when it ends without them. */
  async said(words: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = words.exec(this.stdout) ?? words.exec(this.stderr)
      if (found !== null) return found
      if (this.#isOver) throw new Error(`it ended without saying ${words}: ${this.stdout}${this.stderr}`)
      await new Promise<void>((resolve) => this.#listeners.push(resolve))
    }
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> {
    this.child.kill(signal)
    return await this.ended
  }

  #heard(take: () => void): void {
    take()
    for (const resolve of this.#listeners.splice(0)) resolve()
  }
}

/** Keeps track of what a test file started and made, to end and remove it whatever happens. */
export class Workshop {
  readonly #processes: InstanceProcess[] = []
  readonly #folders: string[] = []

  folder(): string {
    const folder = mkdtempSync(join(tmpdir(), 'dulian-process-'))
    this.#folders.push(folder)
    return folder
  }

  start(dataFolder: string, settings: Readonly<Record<string, string>> = {}): InstanceProcess {
    const started = new InstanceProcess(dataFolder, settings)
    this.#processes.push(started)
    return started
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#processes.map((each) => each.end('SIGKILL')))
    for (const folder of this.#folders) rmSync(folder, { recursive: true, force: true })
  }
}

/** Whether anybody listens on this port of any address of this machine; nobody else gets it meanwhile. */
export async function isPortFree(port: number): Promise<boolean> {
  const server = createServer()
  return await new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen({ port, host: '0.0.0.0' }, () => server.close(() => resolve(true)))
  })
}

/** A port that was free a moment ago, for what must be known before the process runs. */
export async function freePort(): Promise<number> {
  const server = createServer()
  return await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const bound = server.address()
      server.close(() => resolve(typeof bound === 'object' && bound !== null ? bound.port : 0))
    })
  })
}

interface Asked {
  readonly token?: string
  readonly body?: unknown
  readonly headers?: Record<string, string>
}

interface Told {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever came back
  readonly body: any
}

/** Lists are behind what was asked for, or what a command is checked against: nothing has happened, and it is asked again. */
const behind = new Set(['CHECK_BEHIND', 'VIEW_BEHIND'])

/** `GET` or `POST` of JSON, as a browser or a script would: it asks again while views are behind. */
export async function ask(address: string, path: string, options: Asked = {}): Promise<Told> {
  let told = await askOnce(address, path, options)
  for (let again = 0; behind.has(told.body?.code) && again < 10; again += 1) {
    told = await askOnce(address, path, options)
  }
  return told
}

async function askOnce(address: string, path: string, { token, body, headers = {} }: Asked): Promise<Told> {
  const response = await fetch(new URL(path, address), {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') === true
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : undefined }
}
