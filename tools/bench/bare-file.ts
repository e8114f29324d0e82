import { closeSync, fdatasyncSync, openSync, writevSync } from 'node:fs'

/** The least that a durable append can be: lines into a file, those of one turn of the event loop under one fdatasync. */
export class BareFile {
  readonly #descriptor: number
  #lines: Uint8Array[] = []
  #answers: (() => void)[] = []

  constructor(file: string) {
    this.#descriptor = openSync(file, 'a')
  }

  append(line: Uint8Array): Promise<void> {
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
    writevSync(this.#descriptor, this.#lines)
    fdatasyncSync(this.#descriptor)
    this.#lines = []
    this.#answers = []
    for (const answer of answers) answer()
  }
}
