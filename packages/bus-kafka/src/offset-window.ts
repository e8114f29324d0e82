/** A place in a partition that has been read and is not yet behind everything committed. */
export interface Slot {
  readonly offset: number
  done: boolean
}

/** What has been read of a partition: messages are done in any order, the committed offset moves in order. */
export class OffsetWindow {
  readonly #slots: Slot[] = []
  #next: number | undefined
  #done = 0

  /** The offset to read next; unknown before anything was read. */
  get next(): number | undefined {
    return this.#next
  }

  get length(): number {
    return this.#slots.length
  }

  /** Done, but behind something that is not. */
  get doneAhead(): number {
    return this.#done
  }

  get unhandled(): number {
    return this.#slots.length - this.#done
  }

  add(offset: number): Slot {
    const slot = { offset, done: false }
    this.#slots.push(slot)
    this.#next = offset + 1
    return slot
  }

  /** Nothing is left to read before this offset. */
  readUpTo(next: number): void {
    this.#next = Math.max(next, this.#next ?? 0)
  }

  done(slot: Slot): void {
    if (slot.done) return
    slot.done = true
    this.#done += 1
    let leading = 0
    while (this.#slots[leading]?.done) leading += 1
    // Not one by one: a long window in which the first is late would be moved again and again.
    if (leading === this.#slots.length || leading >= 64 || this.#slots.length < 256) {
      this.#slots.splice(0, leading)
      this.#done -= leading
    }
  }

  /** Where the group is to go on: the first offset that is not done. Undefined before anything was read. */
  reached(): number | undefined {
    for (const slot of this.#slots) if (!slot.done) return slot.offset
    return this.#next
  }
}
