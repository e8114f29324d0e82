import { isDomainError } from '@dulian/event-sourcing'
import { type AloneOptions, serveAlone } from './serve-alone.ts'
import type { ServiceLog } from './service-log.ts'

/** What a service's `main.ts` hands over of its process, the only place that may touch it. */
export interface OwnProcess {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly pid: number
  cwd(): string
  memoryUsage(): { readonly rss: number }
  readonly stdout: { write(text: string): unknown }
  readonly stderr: { write(text: string): unknown }
  on(signal: 'SIGTERM' | 'SIGINT', listener: () => void): unknown
  exit(code: number): void
}

export interface RunAloneOptions
  extends Pick<AloneOptions, 'definition' | 'port' | 'access' | 'claims' | 'systemPermissions'> {
  readonly process: OwnProcess
}

/** Whatever hangs must not keep the process longer than its surroundings wait before they kill it. */
const STOP_WITHIN_MS = 9_500

/**
 * A service as a process of its own: settings from the environment, warnings as JSON lines on stderr, one line on stdout when
 * it listens, and an orderly end on SIGTERM or SIGINT, also while it is still starting. A start that fails for a known reason
 * says so in one line and ends with 1.
 */
export async function runAlone({ process, ...options }: RunAloneOptions): Promise<void> {
  const { title } = options.definition
  const warn = (facts: object, message: string): void =>
    void process.stderr.write(`${JSON.stringify({ message, ...facts })}\n`)
  const log: ServiceLog = { info: () => {}, warn, error: warn }

  const starting = serveAlone({
    ...options,
    environment: process.env,
    folder: process.cwd(),
    pid: process.pid,
    log,
    residentMemory: () => process.memoryUsage().rss,
  })
  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref()
    starting
      .then((served) => served.stop())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
          process.exit(1)
        },
      )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)

  try {
    const { address } = await starting
    process.stdout.write(`${title} 已就绪：${address}\n`)
  } catch (error) {
    if (!isDomainError(error)) throw error
    process.stderr.write(`${title}：${error.detail}\n`)
    process.exit(1)
  }
}
