import type { StatusObject } from '@grpc/grpc-js'

import type { EventLog } from './event-log.ts'
import { unavailable } from './rpc-failure.ts'

/** Switches with which a test makes the server misbehave. Each stays as set until it is set again. */
export interface KurrentFaults {
  /** Appends are stored at once and answered this many milliseconds later. 0 ends it. */
  answerAppendsAfter(milliseconds: number): void
  /**
   * The next so many appends are stored and never answered: their outcome is unknown to the client. `broken` cuts the
   * connection instead of the answer, `silent` leaves the client waiting.
   */
  loseAppendAnswers(count: number, how?: 'broken' | 'silent'): void
  /** Ends every call with UNAVAILABLE and answers every new one so, until set to false. */
  refuseCalls(refuse: boolean): void
  /** Ends every running subscription with UNAVAILABLE; a new one is accepted. */
  dropSubscriptions(): void
  /** Destroys every connection; a new one is accepted. */
  breakConnections(): void
  /** Sets the server's clock this many milliseconds ahead (or, below 0, behind). */
  skewClock(milliseconds: number): void
  /**
   * Appends fail with an unknown error and nothing is stored, until set to false. (The real server ends its process
   * when its disk is full: `refuseCalls` and `breakConnections` show that to a client.)
   */
  fillStorage(full: boolean): void
}

/** A call that is still open. */
export interface OpenCall {
  readonly kind: 'append' | 'read' | 'subscription'
  fail(status: StatusObject): void
}

/** The state behind the switches, asked by the services. */
export class FaultSwitches implements KurrentFaults {
  refusing = false
  clockSkew = 0
  readonly openCalls = new Set<OpenCall>()
  readonly #log: () => EventLog | undefined
  readonly #cutConnections: (peer?: string) => void
  #answerDelay = 0
  #answersToLose = 0
  #loseHow: 'broken' | 'silent' = 'broken'

  /** @param cutConnections destroys the connection of one peer (`address:port`), or all */
  constructor(log: () => EventLog | undefined, cutConnections: (peer?: string) => void) {
    this.#log = log
    this.#cutConnections = cutConnections
  }

  answerAppendsAfter(milliseconds: number): void {
    this.#answerDelay = milliseconds
  }

  loseAppendAnswers(count: number, how: 'broken' | 'silent' = 'broken'): void {
    this.#answersToLose = count
    this.#loseHow = how
  }

  refuseCalls(refuse: boolean): void {
    this.refusing = refuse
    if (refuse) this.#failCalls(() => true)
  }

  dropSubscriptions(): void {
    this.#failCalls((call) => call.kind === 'subscription')
  }

  breakConnections(): void {
    this.#cutConnections()
  }

  skewClock(milliseconds: number): void {
    this.clockSkew = milliseconds
  }

  fillStorage(full: boolean): void {
    const log = this.#log()
    if (log !== undefined) log.full = full
  }

  /** Gives the answer of a stored append: now, late or never. */
  answerAppend(peer: string, answer: () => void): void {
    if (this.#answersToLose > 0) {
      this.#answersToLose -= 1
      if (this.#loseHow === 'broken') this.#cutConnections(peer)
    } else if (this.#answerDelay > 0) {
      setTimeout(answer, this.#answerDelay).unref()
    } else {
      answer()
    }
  }

  #failCalls(which: (call: OpenCall) => boolean): void {
    for (const call of [...this.openCalls].filter(which)) call.fail(unavailable().toStatus())
  }
}
