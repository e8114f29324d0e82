import { childrenOf, findChild, findValue, type XmlElement } from './docx-xml.ts'
import { chineseCounting, chineseDigits } from './numerals.ts'

type Level = {
  start: number
  format: string
  text: string
  suffix: string
  restartAfter: number | undefined
  plain: boolean
  style: string | undefined
}
type List = { abstractId: string; levels: Map<number, Level>; overridden: Set<number> }
type Reference = { list: string; level: number }

const stems = '甲乙丙丁戊己庚辛壬癸'
const branches = '子丑寅卯辰巳午未申酉戌亥'
const legal = '零壹贰叁肆伍陆柒捌玖'

function alphabetic(value: number): string {
  // Word counts z, aa, bb, cc.
  return String.fromCharCode(97 + ((value - 1) % 26)).repeat(Math.min(20, Math.floor((value - 1) / 26) + 1))
}

function roman(value: number): string {
  const steps: readonly (readonly [number, string])[] = [
    [1000, 'M'],
    [900, 'CM'],
    [500, 'D'],
    [400, 'CD'],
    [100, 'C'],
    [90, 'XC'],
    [50, 'L'],
    [40, 'XL'],
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ]
  let rest = Math.min(value, 3999)
  let text = ''
  for (const [size, sign] of steps) {
    while (rest >= size) {
      text += sign
      rest -= size
    }
  }
  return text
}

function legalCounting(value: number): string {
  const capitals: Record<string, string> = { 十: '拾', 百: '佰', 千: '仟' }
  return [...chineseCounting(value)]
    .map((char) => capitals[char] ?? legal.charAt('零一二三四五六七八九'.indexOf(char)))
    .join('')
}

function enclosed(value: number, first: number): string {
  return value >= 1 && value <= 20 ? String.fromCharCode(first + value - 1) : String(value)
}

/** One number as Word prints it in a numbering format (ST_NumberFormat). */
export function formatNumber(value: number, format: string): string {
  if (value < 1) return format === 'none' || format === 'bullet' ? '' : String(value)
  switch (format) {
    case 'none':
    case 'bullet':
      return ''
    case 'chineseCounting':
    case 'chineseCountingThousand':
    case 'taiwaneseCounting':
    case 'taiwaneseCountingThousand':
    case 'japaneseCounting':
    case 'koreanCounting':
      return chineseCounting(value)
    case 'ideographDigital':
    case 'taiwaneseDigital':
    case 'japaneseDigitalTenThousand':
    case 'koreanDigital2':
      return chineseDigits(value)
    case 'chineseLegalSimplified':
    case 'ideographLegalTraditional':
    case 'japaneseLegal':
      return legalCounting(value)
    case 'ideographTraditional':
      return stems.charAt((value - 1) % 10)
    case 'ideographZodiac':
      return branches.charAt((value - 1) % 12)
    case 'ideographZodiacTraditional':
      return stems.charAt((value - 1) % 10) + branches.charAt((value - 1) % 12)
    case 'ideographEnclosedCircle':
      return value <= 10 ? String.fromCharCode(0x3280 + value - 1) : String(value)
    case 'decimalEnclosedCircle':
    case 'decimalEnclosedCircleChinese':
      return enclosed(value, 0x2460)
    case 'decimalEnclosedParen':
      return enclosed(value, 0x2474)
    case 'decimalEnclosedFullstop':
      return enclosed(value, 0x2488)
    case 'decimalFullWidth':
    case 'decimalFullWidth2':
      return String(value).replaceAll(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))
    case 'decimalZero':
      return String(value).padStart(2, '0')
    case 'lowerLetter':
      return alphabetic(value)
    case 'upperLetter':
      return alphabetic(value).toUpperCase()
    case 'lowerRoman':
      return roman(value).toLowerCase()
    case 'upperRoman':
      return roman(value)
    case 'ordinal':
      return `${value}.`
    default:
      return String(value)
  }
}

/**
 * Computes the markers that Word prints before automatically numbered paragraphs. One instance follows one document
 * from its first paragraph to its last.
 */
export class DocxNumbering {
  readonly #lists = new Map<string, List>()
  readonly #byStyle = new Map<string, Reference>()
  readonly #counters = new Map<string, number[]>()
  readonly #begun = new Set<string>()
  readonly #defaultStyle: string | undefined

  constructor(numbering: XmlElement | undefined, styles: XmlElement | undefined) {
    const abstracts = new Map<string, XmlElement>()
    const abstractByStyle = new Map<string, XmlElement>()
    for (const abstract of childrenOf(numbering, 'w:abstractNum')) {
      abstracts.set(abstract.attributes['w:abstractNumId'] ?? '', abstract)
      const style = findValue(abstract, 'w:styleLink')
      if (style !== undefined) abstractByStyle.set(style, abstract)
    }
    for (const num of childrenOf(numbering, 'w:num')) {
      const abstractId = findValue(num, 'w:abstractNumId') ?? ''
      const abstract = abstracts.get(abstractId)
      const linked = findValue(abstract, 'w:numStyleLink')
      const levels = readLevels((linked === undefined ? undefined : abstractByStyle.get(linked)) ?? abstract)
      const overridden = new Set<number>()
      for (const override of childrenOf(num, 'w:lvlOverride')) {
        const index = Number(override.attributes['w:ilvl'])
        const own = findChild(override, 'w:lvl')
        if (own !== undefined) levels.set(index, readLevel(own))
        const start = findValue(override, 'w:startOverride')
        const level = levels.get(index)
        if (start !== undefined && level !== undefined) {
          levels.set(index, { ...level, start: Number(start) })
          overridden.add(index)
        }
      }
      this.#lists.set(num.attributes['w:numId'] ?? '', { abstractId, levels, overridden })
    }
    this.#defaultStyle = this.#readStyles(styles)
  }

  /** The printed marker of a paragraph with what separates it from the text; '' for an unnumbered one. */
  marker(properties: XmlElement | undefined): string {
    const reference = this.#referenceOf(properties)
    const list = reference === undefined ? undefined : this.#lists.get(reference.list)
    const level = reference === undefined ? undefined : list?.levels.get(reference.level)
    if (reference === undefined || list === undefined || level === undefined) return ''
    const counts = this.#count(reference, list, level)
    const text = level.text.replaceAll(/%([1-9])/g, (_placeholder, digit: string) => {
      const at = Number(digit) - 1
      const shown = list.levels.get(at)
      return formatNumber(counts[at] ?? shown?.start ?? 1, level.plain ? 'decimal' : (shown?.format ?? 'decimal'))
    })
    // Symbol fonts print their private characters as bullets.
    const printed = text.replaceAll(/[\ue000-\uf8ff]/g, '•')
    return printed === '' ? '' : printed + (level.suffix === 'nothing' ? '' : ' ')
  }

  #count(reference: Reference, list: List, level: Level): number[] {
    let counts = this.#counters.get(list.abstractId)
    if (counts === undefined) {
      counts = []
      this.#counters.set(list.abstractId, counts)
    }
    const restart = `${reference.list}/${reference.level}`
    const restarts = list.overridden.has(reference.level) && !this.#begun.has(restart)
    this.#begun.add(restart)
    const current = counts[reference.level]
    counts[reference.level] = current === undefined || restarts ? level.start : current + 1
    for (let deeper = reference.level + 1; deeper < 9; deeper++) {
      const after = list.levels.get(deeper)?.restartAfter
      // lvlRestart 0: the level never restarts; n: only a level up to n restarts it.
      if (after !== undefined && (after === 0 || reference.level >= after)) continue
      delete counts[deeper]
    }
    for (let outer = 0; outer < reference.level; outer++) counts[outer] ??= list.levels.get(outer)?.start ?? 1
    return counts
  }

  #referenceOf(properties: XmlElement | undefined): Reference | undefined {
    const own = findChild(properties, 'w:numPr')
    const style = findValue(properties, 'w:pStyle') ?? this.#defaultStyle
    const inherited = style === undefined ? undefined : this.#byStyle.get(style)
    const list = findValue(own, 'w:numId') ?? inherited?.list
    // numId 0 takes the numbering of the style away.
    if (list === undefined || list === '0') return undefined
    return { list, level: Number(findValue(own, 'w:ilvl') ?? inherited?.level ?? 0) }
  }

  #readStyles(styles: XmlElement | undefined): string | undefined {
    const byId = new Map<string, XmlElement>()
    let defaultStyle: string | undefined
    for (const style of childrenOf(styles, 'w:style')) {
      const id = style.attributes['w:styleId'] ?? ''
      byId.set(id, style)
      const isDefault = ['1', 'true', 'on'].includes(style.attributes['w:default'] ?? '')
      if (isDefault && style.attributes['w:type'] === 'paragraph') defaultStyle = id
    }
    for (const id of byId.keys()) {
      let list: string | undefined
      let level: string | undefined
      let style = byId.get(id)
      for (let depth = 0; style !== undefined && depth < 20; depth++) {
        const numbered = findChild(findChild(style, 'w:pPr'), 'w:numPr')
        list ??= findValue(numbered, 'w:numId')
        level ??= findValue(numbered, 'w:ilvl')
        style = byId.get(findValue(style, 'w:basedOn') ?? '')
      }
      if (list !== undefined) this.#byStyle.set(id, { list, level: Number(level ?? this.#levelOfStyle(list, id)) })
    }
    return defaultStyle
  }

  #levelOfStyle(list: string, style: string): number {
    for (const [index, level] of this.#lists.get(list)?.levels ?? []) if (level.style === style) return index
    return 0
  }
}

function readLevels(abstract: XmlElement | undefined): Map<number, Level> {
  const levels = new Map<number, Level>()
  for (const level of childrenOf(abstract, 'w:lvl')) levels.set(Number(level.attributes['w:ilvl']), readLevel(level))
  return levels
}

function readLevel(level: XmlElement): Level {
  const alternate = findChild(findChild(level, 'mc:AlternateContent'), 'mc:Choice')
  const restart = findValue(level, 'w:lvlRestart')
  return {
    start: Number(findValue(level, 'w:start') ?? 0),
    format: findValue(level, 'w:numFmt') ?? findValue(alternate, 'w:numFmt') ?? 'decimal',
    text: findValue(level, 'w:lvlText') ?? '',
    suffix: findValue(level, 'w:suff') ?? 'tab',
    restartAfter: restart === undefined ? undefined : Number(restart),
    plain: isOn(findChild(level, 'w:isLgl')),
    style: findValue(level, 'w:pStyle'),
  }
}

function isOn(element: XmlElement | undefined): boolean {
  return element !== undefined && !['0', 'false', 'off'].includes(element.attributes['w:val'] ?? '1')
}
