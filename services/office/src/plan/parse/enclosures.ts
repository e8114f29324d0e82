const reach = 400
const brackets: Record<string, string> = { ')': '(', ']': '[', '〕': '〔', '】': '【', '〗': '〖' }
const quotes: Record<string, string> = { '”': '“', '’': '‘', '》': '《', '」': '「', '』': '『' }

/** A bracket or quotation: the positions of its opening and closing character. */
export type Enclosure = { open: number; close: number }

/** The brackets and quotations of a document; an unbalanced or far-reaching one counts as none. */
export class Enclosures {
  readonly brackets: Enclosure[] = []
  /** Where the brackets open, in the order of `brackets`. */
  readonly openings: { start: number }[]
  readonly #quoted: Uint8Array
  readonly #bracketed: Int32Array

  constructor(text: string) {
    this.#quoted = new Uint8Array(text.length)
    this.#bracketed = new Int32Array(text.length).fill(-1)
    const openBrackets: { char: string; at: number }[] = []
    const openQuotes = new Map<string, number>()
    for (let i = 0; i < text.length; i++) {
      const char = text.charAt(i)
      if (char === '(' || char === '[' || char === '〔' || char === '【' || char === '〖') {
        openBrackets.push({ char, at: i })
        if (openBrackets.length > 64) openBrackets.shift()
      } else if (char in brackets) {
        const wanted = brackets[char]
        let k = openBrackets.length - 1
        while (k >= 0 && openBrackets[k]?.char !== wanted) k--
        // "（责任单位：…﹞": a bracket closed by one of another kind.
        if (k < 0) k = openBrackets.length - 1
        const opened = openBrackets[k]
        if (opened !== undefined) {
          openBrackets.length = k
          if (i - opened.at <= reach) this.brackets.push({ open: opened.at, close: i })
        }
      } else if ('“‘《「『'.includes(char)) openQuotes.set(char, i)
      else if (char in quotes) {
        const opened = openQuotes.get(quotes[char] ?? '')
        openQuotes.delete(quotes[char] ?? '')
        if (opened !== undefined && i - opened <= reach) this.#quoted.fill(1, opened + 1, i)
      } else if (char === '"') {
        // Straight quotation marks open and close alike: two near ones are a pair.
        const opened = openQuotes.get(char)
        if (opened !== undefined && i - opened <= 80) {
          openQuotes.delete(char)
          this.#quoted.fill(1, opened + 1, i)
        } else openQuotes.set(char, i)
      }
    }
    // Outer brackets first, so that every position ends with its innermost bracket; lengths are bounded by `reach`.
    this.brackets.sort((a, b) => a.open - b.open)
    this.openings = this.brackets.map((bracket) => ({ start: bracket.open }))
    this.brackets.forEach((bracket, index) => {
      this.#bracketed.fill(index, bracket.open + 1, bracket.close)
    })
  }

  isQuoted(position: number): boolean {
    return this.#quoted[position] === 1
  }

  /** The innermost bracket around a position; a bracket's own two characters are outside it. */
  findBracket(position: number): Enclosure | undefined {
    const index = this.#bracketed[position] ?? -1
    return index < 0 ? undefined : this.brackets[index]
  }
}
