import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as delay } from 'node:timers/promises'
import { isReady } from '@dulian/http-kit'

export interface ProcessPlan {
  /** `inspections-2`: the service and which of its processes. */
  readonly name: string
  /** The program's file. */
  readonly main: string
  readonly address: string
  readonly env: Readonly<Record<string, string | undefined>>
}

export type ProcessState = 'starting' | 'ready' | 'not-ready' | 'stopping' | 'waiting' | 'stopped'

export interface ProcessReport {
  readonly name: string
  readonly address: string
  readonly pid: number | null
  readonly state: ProcessState
  /** How often it ended without being asked to. */
  readonly failures: number
}

export interface Surroundings {
  /** What the program that is to run is called. */
  readonly node: string
  /** A line of a process, to be shown. */
  readonly say: (name: string, line: string) => void
  readonly changed: () => void
}

const LOOK_EVERY_MS = 100
const WATCH_EVERY_MS = 1_000
/** Views of a long history may be a while behind: it is then served from, and the next process is not kept waiting. */
const READY_WITHIN_MS = 60_000
/** Each process ends by itself before that. */
const STOP_WITHIN_MS = 12_000
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 30_000
/** Who ran so long starts again with the first pause. */
const STEADY_MS = 60_000

/** One process that is to run: started again when it ends by itself, with growing pauses. */
export class SupervisedProcess {
  readonly plan: ProcessPlan
  readonly #around: Surroundings
  #child: ChildProcess | undefined
  #state: ProcessState = 'stopped'
  #failures = 0
  #pause = FIRST_PAUSE_MS
  #startedAt = 0
  /** Aborted when nothing is to run any more; a new one with each start. */
  #wanted = new AbortController()
  #watching: Promise<void> = Promise.resolve()

  constructor(plan: ProcessPlan, around: Surroundings) {
    this.plan = plan
    this.#around = around
  }

  report(): ProcessReport {
    const { name, address } = this.plan
    return { name, address, pid: this.#child?.pid ?? null, state: this.#state, failures: this.#failures }
  }

  /** Resolves with true when it says that it is ready; false when it has not within a minute, and goes on trying. */
  async start(): Promise<boolean> {
    this.#wanted = new AbortController()
    this.#pause = FIRST_PAUSE_MS
    this.#spawn()
    this.#watching = this.#watch()
    const deadline = performance.now() + READY_WITHIN_MS
    while (this.#state !== 'ready' && !this.#wanted.signal.aborted) {
      if (performance.now() > deadline) return false
      await delay(LOOK_EVERY_MS)
    }
    return this.#state === 'ready'
  }

  /** Lets it finish what is in flight. */
  async stop(): Promise<void> {
    this.#wanted.abort()
    const child = this.#child
    if (child !== undefined) {
      this.#become('stopping')
      const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
      child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS)
      await ended
      clearTimeout(late)
    }
    await this.#watching
    this.#become('stopped')
  }

  /** For the end of the supervisor itself, when there is no time left. */
  kill(): void {
    this.#wanted.abort()
    this.#child?.kill('SIGKILL')
  }

  #spawn(): void {
    this.#become('starting')
    this.#startedAt = performance.now()
    const { name, main, env } = this.plan
    const child = spawn(this.#around.node, [main], { env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
    this.#child = child
    for (const stream of [child.stdout, child.stderr]) {
      let rest = ''
      stream.setEncoding('utf8').on('data', (text: string) => {
        const lines = `${rest}${text}`.split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) this.#around.say(name, line)
      })
      stream.on('end', () => {
        if (rest !== '') this.#around.say(name, rest)
      })
    }
    child.once('error', (error) => this.#around.say(name, error.message))
    child.once('close', () => {
      if (this.#child === child) this.#child = undefined
      if (!this.#wanted.signal.aborted) void this.#startAgain()
    })
  }

  async #startAgain(): Promise<void> {
    this.#failures += 1
    if (performance.now() - this.#startedAt > STEADY_MS) this.#pause = FIRST_PAUSE_MS
    const pause = this.#pause
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS)
    this.#around.say(this.plan.name, `意外结束，${pause / 1_000} 秒后重新启动`)
    this.#become('waiting')
    await delay(pause, undefined, { signal: this.#wanted.signal }).catch(() => {})
    if (!this.#wanted.signal.aborted) this.#spawn()
  }

  async #watch(): Promise<void> {
    const { signal } = this.#wanted
    while (!signal.aborted) {
      const child = this.#child
      if (child !== undefined) {
        const ready = await isReady(this.plan.address)
        if (child === this.#child && !signal.aborted) {
          if (ready) this.#become('ready')
          else if (this.#state === 'ready') this.#become('not-ready')
        }
      }
      const pause = this.#state === 'ready' ? WATCH_EVERY_MS : LOOK_EVERY_MS
      await delay(pause, undefined, { signal }).catch(() => {})
    }
  }

  #become(state: ProcessState): void {
    if (state === this.#state) return
    this.#state = state
    this.#around.changed()
  }
}
