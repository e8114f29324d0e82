/** A fresh random id (UUID v4). `crypto.randomUUID` is missing on plain http and in older browsers. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/**
 * One key per user action: the same content sent again keeps its key, so that a retry after an unknown outcome is
 * stored once; changed content gets a new one, because the server refuses another body under a used key.
 */
export class ActionKey {
  #content: string | undefined
  #key: string | undefined

  keyFor(content: unknown): string {
    const text = JSON.stringify(content)
    if (this.#key === undefined || this.#content !== text) {
      this.#content = text
      this.#key = newId()
    }
    return this.#key
  }

  /** The action is done; the next one is another. */
  done(): void {
    this.#key = undefined
    this.#content = undefined
  }
}
