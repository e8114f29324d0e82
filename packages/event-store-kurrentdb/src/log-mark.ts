import { comparePositions, type Position } from '@dulian/views'

/** A place up to which this process knows the log: whatever stands there or before was written before now. */
export class LogMark {
  #position: Position | undefined
  #beginning: Promise<Position> | undefined

  /** Somebody has seen this place. */
  passed(position: Position): void {
    if (this.#position === undefined || comparePositions(this.#position, position) < 0) this.#position = position
  }

  /** At least where the log ended when it was first asked for: what was written before this process began is before it. */
  async current(findEnd: () => Promise<Position>): Promise<Position> {
    this.#beginning ??= findEnd()
    try {
      this.passed(await this.#beginning)
    } catch (error) {
      this.#beginning = undefined
      throw error
    }
    return this.#position ?? (await this.#beginning)
  }
}
