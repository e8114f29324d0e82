import { unzipSync } from 'fflate'
import { DocxNumbering } from './docx-numbering.ts'
import { childrenOf, findChild, parseXml, type XmlElement } from './docx-xml.ts'

/** Most bytes one part, and all parts that are read, may unpack to. */
const partLimit = 24 * 1024 * 1024

export type DocxRefusal = 'too-large' | 'not-a-document' | 'damaged'

/**
 * The text of a .docx as it is printed: paragraphs, line breaks and tabs, automatic numbers, tables cell by cell (the
 * rows of a 任务分工 table each on one line, cells parted by tabs), text boxes behind their paragraph, foot- and endnotes
 * at the end. Deleted revisions and field codes are not printed, inserted ones and field results are.
 */
export function readDocx(bytes: Uint8Array): { text: string } | { refused: DocxRefusal } {
  const parts = unpack(bytes)
  if (typeof parts === 'string') return { refused: parts }
  const main = mainPart(parts)
  const document = parseXml(parts.get(main) ?? '')
  const body = findChild(document, 'w:body')
  if (document?.name !== 'w:document' || body === undefined) {
    return { refused: parts.has(main) ? 'damaged' : 'not-a-document' }
  }
  const folder = main.slice(0, main.lastIndexOf('/') + 1)
  const part = (name: string) => {
    const xml = parts.get(`${folder}${name}.xml`)
    return xml === undefined ? undefined : parseXml(xml)
  }
  const writer = new DocxWriter(new DocxNumbering(part('numbering'), part('styles')))
  writer.blocks(body)
  writer.notes(part('footnotes'), 'w:footnote')
  writer.notes(part('endnotes'), 'w:endnote')
  return { text: writer.lines.join('\n') }
}

const wanted = /^_rels\/\.rels$|^word\/(?:document\d*|numbering|styles|footnotes|endnotes)\.xml$/

function unpack(bytes: Uint8Array): Map<string, string> | DocxRefusal {
  let total = 0
  let tooLarge = false
  try {
    const files = unzipSync(bytes, {
      filter: (file) => {
        const name = file.name.replaceAll('\\', '/')
        if (!wanted.test(name)) return false
        total += file.originalSize
        if (file.originalSize > partLimit || total > 2 * partLimit) tooLarge = true
        return !tooLarge
      },
    })
    if (tooLarge) return 'too-large'
    const parts = new Map<string, string>()
    for (const [name, content] of Object.entries(files)) parts.set(name.replaceAll('\\', '/'), decodeXml(content))
    return parts
  } catch {
    return tooLarge ? 'too-large' : 'damaged'
  }
}

function decodeXml(content: Uint8Array): string {
  const encoding = content[0] === 0xff && content[1] === 0xfe ? 'utf-16le' : content[0] === 0xfe ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding).decode(content)
}

function mainPart(parts: Map<string, string>): string {
  const relations = parseXml(parts.get('_rels/.rels') ?? '')
  const relation = childrenOf(relations, 'Relationship').find((one) => one.attributes.Type?.endsWith('/officeDocument'))
  const target = relation?.attributes.Target?.replace(/^\//, '') ?? ''
  return parts.has(target) ? target : 'word/document.xml'
}

const notPrinted = new Set([
  'w:del',
  'w:moveFrom',
  'w:instrText',
  'w:delText',
  'w:delInstrText',
  'w:pPr',
  'w:rPr',
  'w:rt',
  'w:sectPr',
  'w:tblPr',
  'w:tblGrid',
  'w:trPr',
  'w:tcPr',
  'w:sdtPr',
  'w:sdtEndPr',
])

class DocxWriter {
  readonly lines: string[] = []
  readonly #numbering: DocxNumbering
  /** Open fields, true while their code (not their result) is read; a field may span paragraphs. */
  #fields: boolean[] = []

  constructor(numbering: DocxNumbering) {
    this.#numbering = numbering
  }

  blocks(container: XmlElement): void {
    for (const child of childrenOf(container)) {
      if (notPrinted.has(child.name)) continue
      if (child.name === 'w:p') this.lines.push(...this.#paragraph(child))
      else if (child.name === 'w:tbl') this.#table(child)
      else if (child.name === 'mc:AlternateContent') this.blocks(chosen(child))
      else this.blocks(child)
    }
  }

  notes(part: XmlElement | undefined, name: string): void {
    let number = 0
    for (const note of childrenOf(part, name)) {
      // Separators are notes of a special type.
      if (note.attributes['w:type'] !== undefined && note.attributes['w:type'] !== 'normal') continue
      const writer = new DocxWriter(this.#numbering)
      writer.blocks(note)
      const text = writer.lines.map((line) => line.trim()).filter((line) => line !== '')
      number++
      if (text.length > 0) this.lines.push(`[${number}] ${text.join(' ')}`)
    }
  }

  #paragraph(paragraph: XmlElement): string[] {
    const boxes: XmlElement[] = []
    const own = this.#inline(paragraph, boxes)
    const isDeleted = findChild(findChild(findChild(paragraph, 'w:pPr'), 'w:rPr'), 'w:del') !== undefined
    // A paragraph whose mark and text are deleted is not there and takes no number.
    const marker = isDeleted && own === '' ? '' : this.#numbering.marker(findChild(paragraph, 'w:pPr'))
    const lines = (marker + own).split('\n')
    for (const box of boxes) {
      const writer = new DocxWriter(this.#numbering)
      writer.blocks(box)
      lines.push(...writer.lines)
    }
    return lines
  }

  #inline(element: XmlElement, boxes: XmlElement[]): string {
    let text = ''
    for (const child of childrenOf(element)) {
      if (notPrinted.has(child.name)) continue
      switch (child.name) {
        case 'w:fldChar':
          this.#field(child.attributes['w:fldCharType'])
          break
        case 'w:txbxContent':
          boxes.push(child)
          break
        case 'mc:AlternateContent':
          text += this.#inline(chosen(child), boxes)
          break
        default:
          text += this.#fields.includes(true) ? this.#skipped(child, boxes) : this.#character(child, boxes)
      }
    }
    return text
  }

  /** Inside a field's code only the field's own signs count. */
  #skipped(child: XmlElement, boxes: XmlElement[]): string {
    return child.name === 'w:t' ? '' : this.#inline(child, boxes)
  }

  #character(child: XmlElement, boxes: XmlElement[]): string {
    switch (child.name) {
      case 'w:t':
      case 'm:t':
        return child.children.filter((part) => typeof part === 'string').join('')
      case 'w:tab':
      case 'w:ptab':
        return '\t'
      case 'w:br':
      case 'w:cr':
        return '\n'
      case 'w:noBreakHyphen':
        return '-'
      case 'w:sym':
        return symbol(child.attributes['w:char'])
      default:
        return this.#inline(child, boxes)
    }
  }

  #field(sign: string | undefined): void {
    if (sign === 'begin') this.#fields.push(true)
    else if (sign === 'separate' && this.#fields.length > 0) this.#fields[this.#fields.length - 1] = false
    else if (sign === 'end') this.#fields.pop()
  }

  #table(table: XmlElement): void {
    const rows = rowsOf(table).map((row) => cellsOf(row).map((cell) => this.#cell(cell)))
    const head = rows[0]?.map((cell) => cell.join('').replaceAll(/\s/g, '')) ?? []
    const isTaskTable =
      head.length > 2 &&
      head.some((text) => /任务|任務|工作|事项|事項|内容|內容|措施|项目|項目/.test(text)) &&
      head.some((text) => /(?:牵头|牽頭|责任|責任|主办|落实|落實)(?:单位|單位|部门|部門|科室)?/.test(text))
    for (const cells of rows) {
      if (isTaskTable) this.lines.push(cells.map((cell) => cell.join('\v').replaceAll(/[\t\n]/g, ' ')).join('\t'))
      else for (const cell of cells) this.lines.push(...cell)
    }
  }

  #cell(cell: XmlElement): string[] {
    const writer = new DocxWriter(this.#numbering)
    writer.blocks(cell)
    return writer.lines
  }
}

function chosen(alternatives: XmlElement): XmlElement {
  return findChild(alternatives, 'mc:Choice') ?? findChild(alternatives, 'mc:Fallback') ?? alternatives
}

/** Rows and cells may be wrapped in content controls and insertions. */
function rowsOf(element: XmlElement): XmlElement[] {
  return childrenOf(element).flatMap((child) => {
    if (child.name === 'w:tr') return findChild(findChild(child, 'w:trPr'), 'w:del') === undefined ? [child] : []
    return notPrinted.has(child.name) ? [] : rowsOf(child)
  })
}

function cellsOf(element: XmlElement): XmlElement[] {
  return childrenOf(element).flatMap((child) => {
    if (child.name === 'w:tc') return [child]
    return notPrinted.has(child.name) ? [] : cellsOf(child)
  })
}

/** Symbols of the private area have no text of their own. */
function symbol(code: string | undefined): string {
  const value = Number.parseInt(code ?? '', 16)
  return value > 0x20 && value < 0xd800 ? String.fromCharCode(value) : ''
}
