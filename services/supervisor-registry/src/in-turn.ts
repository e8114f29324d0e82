/**
 * Runs work of the same key one after another within this process. Limits that span several streams (schools of a
 * supervisor, schools of a zone) are judged by a look-up in a view; taking turns keeps two commands from reading the
 * same count. Two processes could still meet within one look-up: what is then one too many shows in the view.
 */
export class InTurn {
  readonly #last = new Map<string, Promise<unknown>>()

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key) ?? Promise.resolve()
    const mine = before.then(work, work)
    const settled = mine.catch(() => undefined)
    this.#last.set(key, settled)
    try {
      return await mine
    } finally {
      if (this.#last.get(key) === settled) this.#last.delete(key)
    }
  }
}
