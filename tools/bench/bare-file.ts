import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs'

/** The least that a durable append can be: lines into a file, those of one turn of the event loop under one fdatasync. */
export class BareFile {
  readonly #descriptor: number
  #lines: string[] = []
  #answers: (() => void)[] = []

  constructor(file: string) {
    this.#descriptor = openSync(file, 'a')
  }

  append(line: string): Promise<void> {
    return new Promise((resolve) => {
      this.#lines.push(line)
      this.#answers.push(resolve)
      if (this.#lines.length === 1) setImmediate(() => this.#write())
    })
  }

  close(): void {
    closeSync(this.#descriptor)
  }

  #write(): void {
    const answers = this.#answers
    writeSync(this.#descriptor, this.#lines.join(''))
    fdatasyncSync(this.#descriptor)
    this.#lines = []
    this.#answers = []
    for (const answer of answers) answer()
  }
}
