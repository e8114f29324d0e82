/**
 * What a word processor leaves behind in exported text. Only these kinds vanish from a parsed plan:
 * - "[bookmark: _GoBack]", also [bookmarkStart …], [bookmarkEnd …], [/bookmark];
 * - "[page break]", "[section break]", "[field: TOC]" and "[anchor: _Ref1]" with nothing but ASCII inside;
 * - field instructions of contents and page numbers: `PAGEREF _Toc12 \h`, `TOC \o "1-3" \h`, `PAGE \* MERGEFORMAT`,
 *   `HYPERLINK \l "_Toc12"`.
 * Page numbers ("— 3 —") are characters of the document and stay.
 */
const residuePattern =
  /\[ ?\/?bookmark(?:start|end)?(?:[\s:：][^[\]]{0,200})?\]|\[(?:(?:page|section|column) ?break|(?:field|anchor)[: ][\x20-\x5a\x5e-\x7e]{0,80})\]|PAGEREF _Toc\d{1,12}(?: \\[a-z]){0,3}|TOC \\o "\d-\d"(?: \\[a-z]){0,5}|(?:NUM)?PAGES? +\\\* MERGEFORMAT|HYPERLINK \\l "_Toc\d{1,12}"/gi

/** A half-open range of source offsets. */
export type Span = { from: number; to: number }

/** Where residue stands in the source, in order. */
export function residueSpans(source: string): Span[] {
  const spans: Span[] = []
  for (const match of source.matchAll(residuePattern)) {
    spans.push({ from: match.index, to: match.index + match[0].length })
  }
  return spans
}

/** White space that carries nothing and may be dropped or added. U+FEFF inside a text is kept, as Python tools do. */
export function isBlank(code: number): boolean {
  return (
    code === 0x20 ||
    (code >= 0x09 && code <= 0x0d) ||
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  )
}

/** Characters without a printed form: kept in the text, but no name, number or marker is broken by one. */
export function isInvisible(code: number): boolean {
  return (
    code < 0x20 ||
    (code >= 0x7f && code < 0xa0) ||
    code === 0xad ||
    code === 0x180e ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x202a && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x2064) ||
    (code >= 0xfe00 && code <= 0xfe0f) ||
    code === 0xfeff
  )
}

/** `text` without any white space. */
export function withoutBlanks(text: string): string {
  let kept = ''
  let from = 0
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && !isBlank(text.charCodeAt(i))) continue
    kept += text.slice(from, i)
    from = i + 1
  }
  return kept
}
