import type { Enclosures } from './enclosures.ts'
import { type Candidate, familyRank, isSentenceFamily } from './markers.ts'
import type { Reading } from './reading.ts'

/** An accepted marker with its depth (1 = outermost), in document order. */
export type Entry = Candidate & { level: number }

/** Positions at which another plan begins: every list before it is over. */
export type OutlineBreaks = readonly number[]

const clauseEnds = '。!?;:,'
const partOfWord = /[统唯同单专第其之逐万归合如不]/
const midClause = '、,“‘《(〔[—-~～和与及或第'

/** How far on the next number of a list may stand for its first one to be believed inside a sentence. */
const sentenceReach = 4000

/**
 * Decides which candidates are markers and how they nest.
 *
 * At a line's start behind a finished sentence a marker is believed whatever its number is (numbers are skipped and
 * doubled in real plans). Behind a heading or an unfinished line, and inside a paragraph, it must continue a list or
 * open one that goes on. Nesting follows the lists that are open, then the conventional order of numberings, unless
 * the enclosing list is seen to continue later.
 */
export class Outline {
  readonly entries: Entry[] = []
  readonly #reading: Reading
  readonly #enclosures: Enclosures
  readonly #candidates: readonly Candidate[]
  readonly #byFamily = new Map<string, Candidate[]>()
  #stack: Entry[] = []
  /** Hands of one family seen inside one another: "1." under "1、". */
  readonly #nestings = new Set<string>()
  /** The last number of each list, for those that count on across sections: （四） after 二、. */
  readonly #lastValue = new Map<string, number>()

  constructor(reading: Reading, enclosures: Enclosures, candidates: readonly Candidate[], breaks: OutlineBreaks) {
    this.#reading = reading
    this.#enclosures = enclosures
    this.#candidates = candidates.filter((candidate) => this.#isPlausible(candidate))
    for (const candidate of this.#candidates) {
      const list = this.#byFamily.get(candidate.family)
      if (list === undefined) this.#byFamily.set(candidate.family, [candidate])
      else list.push(candidate)
    }
    this.#run(0, breaks)
    const first = this.#openingOfBlocks()
    if (first > 0) {
      this.entries.length = 0
      this.#stack = []
      this.#lastValue.clear()
      this.#run(first, breaks)
    }
  }

  #run(from: number, breaks: OutlineBreaks): void {
    let nextBreak = 0
    for (const candidate of this.#candidates) {
      if (candidate.start < from) continue
      let broken = false
      while ((breaks[nextBreak] ?? Number.POSITIVE_INFINITY) <= candidate.start) {
        nextBreak++
        broken = true
      }
      if (broken) {
        this.#stack = []
        this.#lastValue.clear()
      }
      const before = this.entries.at(-1)
      if (before !== undefined && candidate.start < before.end) continue
      if (this.#isAccepted(candidate)) this.#place(candidate)
    }
  }

  /**
   * Lists inside the opening sentences ("去年以来，一是…；二是…") belong to the preamble when numbered paragraphs
   * follow: the position of the first of those, or 0 when nothing has to be given back.
   */
  #openingOfBlocks(): number {
    const first = this.entries[0]
    if (first === undefined || (first.atLineStart && !isSentenceFamily(first.family))) return 0
    if (!first.atLineStart && familyRank[first.family] <= familyRank.chinese) return 0
    const block = this.entries.find((entry) => entry.atLineStart && familyRank[entry.family] < familyRank[first.family])
    return block?.start ?? 0
  }

  /** What can be said without knowing the other markers. */
  #isPlausible(candidate: Candidate): boolean {
    if (this.#enclosures.findBracket(candidate.start) !== undefined) return false
    if (candidate.atLineStart) return true
    const before = this.#reading.text.charAt(candidate.start - 1)
    if (candidate.family === 'circle') return true
    // "要做到一是…，二是…", but not "统一是" or "之一是".
    if (candidate.family === 'is' && candidate.value === 1) return !partOfWord.test(before)
    if (isSentenceFamily(candidate.family)) {
      return clauseEnds.includes(before) || ')]〕】》”’'.includes(before)
    }
    return this.#reading.endsHardBefore(candidate.start) || before === ',' || ')]〕】括'.includes(before)
  }

  #isAccepted(candidate: Candidate): boolean {
    const { family, value } = candidate
    const start = candidate.start
    const hard = this.#reading.endsHardBefore(start)
    const before = this.#reading.text.charAt(start - 1)
    const closed = ')]〕】》”’'.includes(before)
    const over = hard || (closed && (!this.#reading.wrapped || this.#reading.isAfterCompleteLine(start)))
    const open = this.#findOpen(candidate)
    const continues = this.#continues(candidate, open)
    if (family === 'row') return true
    if (family === 'bullet')
      return (over || this.#isBehindTitle(start)) && (open !== undefined || this.#goesOn(candidate))
    if (family === 'decimal') return this.#isNextDecimal(candidate)
    if (family === 'letter' || family === 'stem' || candidate.variant === 'bare' || candidate.variant === 'comma') {
      return (over || this.#isBehindTitle(start)) && (value === 1 ? this.#goesOn(candidate) : continues)
    }
    if (isSentenceFamily(family)) {
      const adrift = candidate.atLineStart && !hard && !clauseEnds.includes(before) && !this.#isBehindTitle(start)
      if (adrift) return false
      const runsIn = !candidate.atLineStart && !clauseEnds.includes(before) && !closed
      if (runsIn && family === 'is') return this.#goesOn(candidate, 400)
      return value === 1 ? this.#goesOn(candidate) : this.#isNearlyNext(candidate, open)
    }
    if (!candidate.atLineStart) {
      return value === 1 ? this.#goesOn(candidate) : continues && open !== undefined
    }
    if (over) return true
    if (closed) {
      return continues || (value === 1 && this.#goesOn(candidate))
    }
    if (midClause.includes(before)) return false
    if (value === 1) return this.#isBehindTitle(start) || this.#goesOn(candidate)
    if (continues) return true
    if (!this.#reading.isAfterCompleteLine(start)) return false
    return open === undefined ? this.#isBehindTitle(start) : this.#isNearlyNext(candidate, open)
  }

  /** True when nothing but a short heading stands between the last marker (or the beginning) and this position. */
  #isBehindTitle(start: number): boolean {
    const last = this.entries.at(-1)
    if (last === undefined) return this.#reading.isAfterCompleteLine(start)
    return start - last.end <= 80 && !this.#reading.hasSentenceEnd(last.end, start)
  }

  #continues(candidate: Candidate, open: Entry | undefined): boolean {
    if (open !== undefined) return candidate.value === open.value + 1
    return this.#lastValue.get(listKey(candidate)) === candidate.value - 1
  }

  #isNearlyNext(candidate: Candidate, open: Entry | undefined): boolean {
    const last = open?.value
    return last !== undefined && candidate.value > last && candidate.value <= last + 3
  }

  #isNextDecimal(candidate: Candidate): boolean {
    const parent = candidate.path.slice(0, -1)
    return this.#stack.some((entry) => {
      if (entry.family === 'decimal' && entry.path.length === candidate.path.length) {
        return entry.path.slice(0, -1).join('.') === parent.join('.') && candidate.value === entry.value + 1
      }
      if (candidate.value !== 1) return false
      if (entry.family === 'decimal') return entry.path.join('.') === parent.join('.')
      return parent.length === 1 && entry.value === parent[0] && !isSentenceFamily(entry.family)
    })
  }

  /** True when the list that this first marker opens has a second one. */
  #goesOn(candidate: Candidate, reach = sentenceReach): boolean {
    const next = this.#nextOf(candidate.family, candidate.end, candidate.variant)
    if (next === undefined) return false
    if (candidate.family === 'bullet') return next.variant === candidate.variant
    if (!candidate.atLineStart && next.start - candidate.start > reach) return false
    return next.value === 2
  }

  #nextOf(family: string, from: number, variant: string): Candidate | undefined {
    const list = this.#byFamily.get(family) ?? []
    const low = firstFrom(list, from)
    const strict =
      variant === 'bare' || variant === 'comma' || variant === 'lower' || variant === 'upper' || variant === 'roman'
    // A few steps suffice to pass over markers of another hand.
    for (let i = low; i < Math.min(list.length, low + 40); i++) {
      const next = list[i]
      if (next !== undefined && (!strict || next.variant === variant)) return next
    }
    return undefined
  }

  /** The open list a candidate belongs to: the one it continues in its own hand, else the innermost of its family. */
  #findOpen(candidate: Candidate): Entry | undefined {
    const same = this.#stack.filter((entry) => isSameList(entry, candidate))
    return (
      same.findLast((entry) => entry.variant === candidate.variant && entry.value + 1 === candidate.value) ??
      same.findLast((entry) => entry.variant === candidate.variant) ??
      same.at(-1)
    )
  }

  #place(candidate: Candidate): void {
    const open = this.#findOpen(candidate)
    if (open !== undefined && !this.#nestsInOwnFamily(candidate, open)) {
      this.#stack.length = this.#stack.indexOf(open)
    } else {
      let depth = this.#stack.length
      while (depth > 0) {
        const outer = this.#stack[depth - 1]
        if (outer === undefined) break
        const byConvention = familyRank[outer.family] < familyRank[candidate.family]
        const deeperDecimal =
          outer.family === 'decimal' && candidate.family === 'decimal' && outer.path.length < candidate.path.length
        if (byConvention || deeperDecimal || this.#staysOpenAround(outer, candidate, depth)) break
        depth--
      }
      this.#stack.length = depth
    }
    const entry: Entry = { ...candidate, level: this.#stack.length + 1 }
    this.#stack.push(entry)
    this.entries.push(entry)
    this.#lastValue.set(listKey(candidate), candidate.value)
  }

  /** "1、…" with "1.…" inside it: another hand of the same family that starts again while the outer one goes on. */
  #nestsInOwnFamily(candidate: Candidate, open: Entry): boolean {
    if (candidate.value !== 1 || candidate.variant === open.variant || candidate.family === 'bullet') return false
    if (open !== this.#stack.at(-1)) return false
    const nesting = `${candidate.family}${open.variant}>${candidate.variant}`
    if (this.#nestings.has(nesting)) return true
    const list = this.#byFamily.get(candidate.family) ?? []
    const from = firstFrom(list, candidate.end)
    for (let i = from; i < Math.min(list.length, from + 40); i++) {
      const next = list[i]
      if (next?.variant !== open.variant) continue
      if (next.value !== open.value + 1) return false
      this.#nestings.add(nesting)
      return true
    }
    return false
  }

  /** An unconventional nesting: the outer list waits for its first child, or is seen to go on behind this one. */
  #staysOpenAround(outer: Entry, candidate: Candidate, depth: number): boolean {
    if (candidate.value !== 1) return false
    const innermost = depth === this.#stack.length
    const before = this.#reading.text.charAt(candidate.start - 1)
    if (innermost && (before === ':' || !this.#reading.hasSentenceEnd(outer.end, candidate.start))) {
      if (candidate.start - outer.end <= 300 && before !== ';') return true
    }
    if (isSentenceFamily(outer.family)) return false
    const next = this.#nextOf(outer.family, candidate.end, outer.variant)
    return next?.atLineStart === true && next.value === outer.value + 1
  }
}

/** Index of the first candidate at or behind a position. */
export function firstFrom(list: readonly { start: number }[], position: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle]?.start ?? 0) < position) low = middle + 1
    else high = middle
  }
  return low
}

function listKey(candidate: Candidate): string {
  return candidate.family === 'decimal' ? `decimal${candidate.variant}` : candidate.family
}

function isSameList(entry: Candidate, candidate: Candidate): boolean {
  if (entry.family !== candidate.family) return false
  if (entry.family === 'decimal') return entry.variant === candidate.variant
  if (entry.family === 'bullet') return entry.variant === candidate.variant
  return true
}
