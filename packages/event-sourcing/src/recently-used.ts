/**
 * Keeps what was used last: `limit` entries for certain, at most twice as many. Two generations instead of a strict
 * order make a hit one look-up, where a strict order takes the entry out and puts it in again each time.
 */
export class RecentlyUsed<K, V> {
  #young = new Map<K, V>()
  #old = new Map<K, V>()
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  get(key: K): V | undefined {
    const value = this.#young.get(key)
    if (value !== undefined) return value
    const former = this.#old.get(key)
    if (former !== undefined) this.set(key, former)
    return former
  }

  set(key: K, value: V): void {
    this.#young.set(key, value)
    if (this.#young.size < this.#limit) return
    this.#old = this.#young
    this.#young = new Map()
  }

  delete(key: K): boolean {
    const wasOld = this.#old.delete(key)
    return this.#young.delete(key) || wasOld
  }

  clear(): void {
    this.#young.clear()
    this.#old.clear()
  }
}
