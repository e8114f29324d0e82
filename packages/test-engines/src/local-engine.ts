import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { EngineName } from './engine.ts'
import { freePort } from './free-port.ts'

/** A server of this machine alone, which a test may kill and start again. */
export interface LocalEngine {
  readonly address: string
  readonly port: number
  /** Ends it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>
  /** Starts it again on the same port and data. */
  restart(): Promise<void>
  /** Ends it in order and removes its data, unless the folder was given. */
  stop(): Promise<void>
}

export interface LocalEngineOptions {
  readonly port?: number
  /** Where it keeps its data; a temporary folder when absent. */
  readonly dataFolder?: string
  /** It serves many tests: slower to start, quicker in the end. */
  readonly longLived?: boolean
}

const addresses: Record<EngineName, (port: number) => string> = {
  kafka: (port) => `kafka://127.0.0.1:${port}`,
  mongodb: (port) => `mongodb://127.0.0.1:${port}`,
  kurrentdb: (port) => `esdb://127.0.0.1:${port}?tls=false`,
}

/** The program and its arguments; a script of `infra/local` gets what it needs by the environment. */
function commandOf(name: EngineName, port: number, dataFolder: string): readonly [string, ...string[]] {
  if (name !== 'kurrentdb') return ['bash', scriptOf(name)]
  const main = join(dirname(fileURLToPath(import.meta.resolve('@dulian/kurrentdb-test-server'))), 'main.ts')
  return [
    process.execPath,
    main,
    '--port',
    String(port),
    '--file',
    join(dataFolder, 'events.log'),
    '--maximum-append-size',
    '16777216',
  ]
}

/** The script that runs a server of this machine. */
export function scriptOf(name: Exclude<EngineName, 'kurrentdb'>): string {
  return join(import.meta.dirname, '..', '..', '..', 'infra', 'local', name, 'start.sh')
}

/** The first start on a machine fetches the program. */
const READY_WITHIN_MS = 180_000
const STOP_WITHIN_MS = 20_000
const KEPT_OUTPUT = 4_000

/**
 * Runs `infra/local/<name>/start.sh`, or the protocol test server in place of KurrentDB. Throws with what it wrote when it does
 * not come up.
 */
export async function startLocalEngine(name: EngineName, options: LocalEngineOptions = {}): Promise<LocalEngine> {
  const port = options.port ?? (await freePort())
  const controllerPort = await freePort()
  const dataFolder = options.dataFolder ?? mkdtempSync(join(tmpdir(), `dulian-${name}-`))
  let child: ChildProcess | undefined

  async function start(): Promise<void> {
    let output = ''
    const [program, ...parameters] = commandOf(name, port, dataFolder)
    const started = spawn(program, parameters, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        PORT: String(port),
        CONTROLLER_PORT: String(controllerPort),
        DATA_DIR: dataFolder,
        SHORT_LIVED: options.longLived === true ? '0' : '1',
      },
    })
    child = started
    const keep = (chunk: Buffer): void => {
      output = (output + chunk.toString('utf8')).slice(-KEPT_OUTPUT)
    }
    started.stdout.on('data', keep)
    started.stderr.on('data', keep)
    // Whoever ends without stopping it must not leave it behind.
    process.once('exit', endNow)
    const deadline = Date.now() + READY_WITHIN_MS
    while (!(await answers(port))) {
      if (started.exitCode !== null || started.signalCode !== null)
        throw new Error(`the local ${name} ended before it was ready (${started.exitCode}):\n${output}`)
      if (Date.now() > deadline) throw new Error(`the local ${name} was not ready in time:\n${output}`)
      await delay(50)
    }
  }

  function endNow(): void {
    child?.kill('SIGKILL')
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const ending = child
    child = undefined
    process.off('exit', endNow)
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return
    const ended = new Promise<void>((resolve) => ending.once('exit', () => resolve()))
    ending.kill(signal)
    const giveUp = setTimeout(() => ending.kill('SIGKILL'), STOP_WITHIN_MS)
    await ended
    clearTimeout(giveUp)
  }

  try {
    await start()
  } catch (error) {
    await end('SIGKILL')
    if (options.dataFolder === undefined) rmSync(dataFolder, { recursive: true, force: true })
    throw error
  }
  return {
    address: addresses[name](port),
    port,
    kill: () => end('SIGKILL'),
    restart: start,
    async stop() {
      await end('SIGTERM')
      if (options.dataFolder === undefined) rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

async function answers(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
