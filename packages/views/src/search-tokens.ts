const WORD = /[\p{L}\p{N}]+/gu
const HAN_RUN = /\p{Script=Han}+|[^\p{Script=Han}]+/gu

/**
 * Search tokens of a text, for a collection's `tokens` field and for the `all` condition alike: runs of Chinese
 * characters become overlapping pairs (and single characters, so that one character finds something too), everything
 * else lower-case words. Width variants are folded (NFKC). Both engines index the same tokens, so both find the same.
 */
export function searchTokens(...texts: readonly string[]): string[] {
  const tokens = new Set<string>()
  for (const text of texts) {
    for (const run of runsOf(text)) {
      if (!run.han) {
        tokens.add(run.text)
        continue
      }
      const characters = [...run.text]
      for (const [place, character] of characters.entries()) {
        tokens.add(character)
        const next = characters[place + 1]
        if (next !== undefined) tokens.add(character + next)
      }
    }
  }
  return [...tokens]
}

/** Tokens to ask for: the pairs of what was typed, or the single character when it is only one. */
export function queryTokens(text: string): string[] {
  const tokens = new Set<string>()
  for (const run of runsOf(text)) {
    const characters = [...run.text]
    if (!run.han || characters.length === 1) tokens.add(run.text)
    else
      for (const [place, character] of characters.slice(0, -1).entries()) tokens.add(character + characters[place + 1])
  }
  return [...tokens]
}

function* runsOf(text: string): Generator<{ text: string; han: boolean }> {
  for (const [word] of text.normalize('NFKC').toLowerCase().matchAll(WORD)) {
    for (const [run] of word.matchAll(HAN_RUN)) yield { text: run, han: /\p{Script=Han}/u.test(run) }
  }
}
