import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { freePort } from '@dulian/test-engines'
import { readProcesses } from '../src/supervise/processes-file.ts'
import { childEnvironment } from './child-environment.ts'

const main = join(import.meta.dirname, '..', 'src', 'cli', 'main.ts')
const PATIENCE_MS = 240_000

/** `dulian serve` as an operator starts it. */
export class ServedProcesses {
  readonly child: ChildProcess
  readonly address: string
  readonly ended: Promise<number | null>
  readonly #folder: string
  output = ''
  #isOver = false

  static async start(
    folder: string,
    settings: Readonly<Record<string, string>>,
    instances: number,
  ): Promise<ServedProcesses> {
    // The processes take the ports that follow; a range that nobody uses is likely up here.
    const port = 20_000 + ((await freePort()) % 20_000)
    const served = new ServedProcesses(folder, { ...settings, DULIAN_PORT: String(port) }, instances, port)
    // It says so, ready or not, after a minute at the latest; a busy machine may need longer to be ready.
    await served.until('it has started', () => /督联已(就绪|启动)/.test(served.output))
    await served.until('all are ready', () => served.processes().every(({ state }) => state === 'ready'))
    return served
  }

  private constructor(folder: string, settings: Readonly<Record<string, string>>, instances: number, port: number) {
    this.#folder = folder
    this.address = `http://127.0.0.1:${port}`
    this.child = spawn(process.execPath, [main, 'serve', '--instances', String(instances)], {
      env: childEnvironment({ DULIAN_DATA: folder, ...settings }),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.output += text
      })
    }
    this.ended = new Promise((resolve) => {
      this.child.once('close', (code) => {
        this.#isOver = true
        resolve(code)
      })
    })
  }

  processes() {
    return readProcesses(this.#folder)?.processes ?? []
  }

  async until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS
    while (!(await condition())) {
      if (this.#isOver) throw new Error(`it ended before ${what}:\n${this.output.slice(-4_000)}`)
      if (Date.now() > deadline) throw new Error(`waited in vain until ${what}:\n${this.output.slice(-4_000)}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal)
    return await this.ended
  }
}
