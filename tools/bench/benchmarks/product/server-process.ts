import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A server in a process of its own. */
export interface ServerProcess {
  /** `http://127.0.0.1:…` */
  readonly address: string
  readonly pid: number
  stop(): Promise<void>
}

const PATIENCE_MS = 60_000

/** Starts a module that prints its address on stdout when it is ready, and everything else on stderr. */
export async function startServer(options: {
  readonly module: string
  readonly environment: Readonly<Record<string, string>>
  readonly nodeOptions?: readonly string[]
}): Promise<ServerProcess> {
  const child = spawn(process.execPath, [...(options.nodeOptions ?? []), options.module], {
    env: { ...process.env, ...options.environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  // A benchmark that fails leaves nothing running that would slow down the next.
  const end = (): void => void child.kill()
  process.once('exit', end)
  child.once('exit', () => process.removeListener('exit', end))
  try {
    const address = await addressOf(child, options.module)
    return { address, pid: child.pid ?? 0, stop: () => stop(child) }
  } catch (error) {
    await stop(child)
    throw error
  }
}

/** Resident memory of a process in MB; undefined where the system does not tell. */
export function residentMegabytes(pid: number): number | undefined {
  if (process.platform !== 'linux') return undefined
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1_024
}

async function addressOf(child: ChildProcess, module: string): Promise<string> {
  return await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${module} was not ready in time`)), PATIENCE_MS)
    let said = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text
      const address = /http:\/\/[^\s]+/.exec(said)?.[0]
      if (address === undefined || !said.includes('\n')) return
      clearTimeout(timer)
      resolve(address)
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`${module} ended with ${code} before it was ready`)))
  })
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}
