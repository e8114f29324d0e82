import { foldChar } from './fold.ts'
import { isBlank, isInvisible, residueSpans, type Span } from './residue.ts'

/** A printed line that carries text; `start`/`end` are positions in the dense text, `from`/`to` in the source. */
export type Line = { start: number; end: number; from: number; to: number; width: number; endsInBlank: boolean }

type PrintedLine = { from: number; to: number; line: number; pageNumber: boolean }

const lineBreak = /\r\n|[\n\r\f\v\u0085\u2028\u2029]/g
const dashedPageNumber = /^[-—–－―‐]{1,3}\d{1,4}[-—–－―‐]{1,3}$|^第\d{1,4}页(?:[,/]?共\d{1,4}页)?$/
const bodyLabel = /^[（(﹝〔[]?[责責牵牽配主协協完][任头頭合办辦同成][单單部时時科主责責][^：:]{0,6}[：:]/
/** What a number beside a form feed goes on with when it is part of the text after all: "1⏎.", "5月2⏎0日". */
const continuation = /^\s*[.．、)）\d年月日%％个]/
const asciiLetter = /[A-Za-z]/
const closers = ')]}〕】〗〉》」』”’"'
const sentenceEnds = '。!?;:'

/**
 * The document as recognition reads it: `text` is the source without white space, invisible characters, residue and
 * page-number lines, folded to plain forms, so a line broken anywhere reads the same; `at` leads every position back
 * to the source. What recognition does not see is still in `slice`, so nothing is lost.
 */
export class Reading {
  readonly source: string
  readonly text: string
  readonly lines: Line[] = []
  /** Width (half-width columns) at which most long lines end. */
  readonly wrapWidth: number
  /** True when the lines were cut at a fixed width, so that a line end says little about a paragraph's end. */
  readonly wrapped: boolean
  readonly #at: number[] = []
  readonly #lineOf: number[] = []
  readonly #printed: PrintedLine[] = []
  readonly #residue: Span[]
  readonly #sentenceEndsBefore: Uint32Array

  constructor(source: string) {
    this.source = source
    this.#residue = residueSpans(source)
    this.text = this.#read()
    const widths = this.lines.map((line) => line.width).sort((a, b) => a - b)
    this.wrapWidth = widths[Math.floor((widths.length - 1) * 0.9)] ?? 0
    this.#sentenceEndsBefore = new Uint32Array(this.text.length + 1)
    let count = 0
    for (let i = 0; i < this.text.length; i++) {
      this.#sentenceEndsBefore[i] = count
      if ('。!?'.includes(this.text.charAt(i))) count++
    }
    this.#sentenceEndsBefore[this.text.length] = count
    const cut = this.lines.filter((line) => !this.isShort(line) && !this.endsHardBefore(line.end)).length
    this.wrapped = this.wrapWidth <= 120 && this.lines.length > 8 && cut >= this.lines.length * 0.3
  }

  /** Source offset of a dense position (the source's length past the end). */
  sourceAt(position: number): number {
    return this.#at[position] ?? this.source.length
  }

  /** Index of the line a dense position stands on. */
  lineAt(position: number): number {
    return this.#lineOf[position] ?? this.lines.length
  }

  isLineStart(position: number): boolean {
    return this.lines[this.lineAt(position)]?.start === position
  }

  /** True when a 。！ or ？ stands between two positions. */
  hasSentenceEnd(start: number, end: number): boolean {
    return (this.#sentenceEndsBefore[end] ?? 0) > (this.#sentenceEndsBefore[start] ?? 0)
  }

  /** True when the text before a position ends a sentence or clause by its punctuation. */
  endsHardBefore(position: number): boolean {
    let i = position - 1
    for (let n = 0; n < 6 && i >= 0 && closers.includes(this.text.charAt(i)); n++) i--
    return i < 0 || sentenceEnds.includes(this.text.charAt(i))
  }

  /** True for a line its paragraph did not fill: clearly narrower than the others, or narrower than any page. */
  isShort(line: Line): boolean {
    return line.width <= Math.max(this.wrapWidth * 0.85, 24)
  }

  /** True when the line's paragraph ends with it, as far as its punctuation and width tell. */
  endsParagraph(line: Line): boolean {
    if (!this.endsHardBefore(line.end)) {
      return closers.includes(this.text.charAt(line.end - 1)) && (line.endsInBlank || !this.wrapped)
    }
    return !this.wrapped || this.isShort(line) || line.endsInBlank
  }

  /** True when the line before this position is over: ended by punctuation or clearly shorter than the others. */
  isAfterCompleteLine(position: number): boolean {
    const before = this.lines[this.lineAt(position) - 1]
    return before === undefined || this.endsHardBefore(before.end) || this.isShort(before)
  }

  /** The printed text between two dense positions, broken lines re-joined: one line per paragraph. */
  slice(start: number, end: number): string {
    return start >= end ? '' : this.joined(this.sourceAt(start), this.sourceAt(end))
  }

  /** As `slice`, but ending with the last recognised character and without page numbers between. */
  printed(start: number, end: number): string {
    return start >= end ? '' : this.joined(this.sourceAt(start), this.sourceAt(end - 1) + 1, true)
  }

  /** As `slice`, over source offsets. */
  joined(from: number, to: number, withoutPageNumbers = false): string {
    let text = ''
    let before: PrintedLine | undefined
    for (let i = this.#printedAt(from); i < this.#printed.length; i++) {
      const printed = this.#printed[i]
      if (printed === undefined || printed.from >= to) break
      if (withoutPageNumbers && printed.pageNumber) continue
      const piece = this.#clean(Math.max(from, printed.from), Math.min(to, printed.to))
      if (piece === '') continue
      if (before !== undefined) text += this.#between(before, printed, text, piece)
      text += piece
      before = printed
    }
    return text
  }

  /** The source between two dense positions with its own lines, without residue and outer white space. */
  asPrinted(start: number, end: number): string {
    const from = start === 0 ? 0 : this.sourceAt(start)
    const lines: string[] = []
    for (let i = this.#printedAt(from); i < this.#printed.length; i++) {
      const printed = this.#printed[i]
      if (printed === undefined || printed.from >= this.sourceAt(end)) break
      lines.push(this.#clean(Math.max(from, printed.from), Math.min(this.sourceAt(end), printed.to)))
    }
    return lines
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .replace(/^\n+|\n+$/g, '')
  }

  /** The characters between two dense positions as printed, without any white space or invisible character. */
  dense(start: number, end: number): string {
    let text = ''
    for (let i = start; i < end; i++) text += this.source.charAt(this.sourceAt(i))
    return text
  }

  #between(before: PrintedLine, after: PrintedLine, text: string, piece: string): string {
    if (before.pageNumber || after.pageNumber) return ' '
    if (bodyLabel.test(piece)) return '\n'
    const line = this.lines[before.line]
    if (line !== undefined && this.endsParagraph(line)) return '\n'
    return asciiLetter.test(text.charAt(text.length - 1)) && asciiLetter.test(piece.charAt(0)) ? ' ' : ''
  }

  #printedAt(offset: number): number {
    let low = 0
    let high = this.#printed.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#printed[middle]?.to ?? 0) < offset) low = middle + 1
      else high = middle
    }
    return low
  }

  #residueAt(offset: number): number {
    let low = 0
    let high = this.#residue.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#residue[middle]?.to ?? 0) <= offset) low = middle + 1
      else high = middle
    }
    return low
  }

  #clean(from: number, to: number): string {
    let text = ''
    let start = from
    for (let i = this.#residueAt(from); i < this.#residue.length; i++) {
      const span = this.#residue[i]
      if (span === undefined || span.from >= to) break
      if (span.from > start) text += this.source.slice(start, span.from)
      start = Math.max(start, span.to)
    }
    if (start < to) text += this.source.slice(start, to)
    let first = 0
    let last = text.length
    while (first < last && isBlank(text.charCodeAt(first))) first++
    while (last > first && isBlank(text.charCodeAt(last - 1))) last--
    return text.slice(first, last)
  }

  #read(): string {
    const chars: string[] = []
    let from = 0
    let residue = 0
    const take = (to: number, next: number) => {
      const start = chars.length
      let width = 0
      for (let i = from; i < to; i++) {
        while ((this.#residue[residue]?.to ?? Number.POSITIVE_INFINITY) <= i) residue++
        const skip = this.#residue[residue]
        if (skip !== undefined && i >= skip.from) {
          i = Math.min(skip.to, to) - 1
          continue
        }
        const code = this.source.charCodeAt(i)
        if (isBlank(code) || isInvisible(code)) continue
        chars.push(foldChar(this.source.charAt(i)))
        this.#at.push(i)
        this.#lineOf.push(this.lines.length)
        width += code < 0x2000 && code !== 0xb7 ? 1 : 2
      }
      const afterPage = from > 0 && this.source.charAt(from - 1) === '\f'
      const beforePage = this.source.charAt(to) === '\f'
      const short = chars.length - start <= 16
      const content = short ? chars.slice(start).join('') : ''
      const pageNumber =
        short &&
        (dashedPageNumber.test(content) ||
          ((afterPage || beforePage) &&
            /^\d{1,4}$/.test(content) &&
            !continuation.test(this.source.slice(next, next + 40))))
      this.#printed.push({ from, to, line: chars.length > start ? this.lines.length : -1, pageNumber })
      if (pageNumber) {
        chars.length = start
        this.#at.length = start
        this.#lineOf.length = start
      } else if (chars.length > start) {
        const endsInBlank = isBlank(this.source.charCodeAt(to - 1))
        this.lines.push({ start, end: chars.length, from, to, width, endsInBlank })
      }
      from = next
    }
    for (const match of this.source.matchAll(lineBreak)) {
      // Inside a table row a vertical tab separates the paragraphs of one cell.
      if (match[0] === '\v' && this.source.slice(from, match.index).includes('\t')) continue
      take(match.index, match.index + match[0].length)
    }
    take(this.source.length, this.source.length)
    return chars.join('')
  }
}
