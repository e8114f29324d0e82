import { ruleAt } from '@dulian/dated-rules'
import {
  AlignmentType,
  BorderStyle,
  Document,
  DocumentGridType,
  Footer,
  FrameAnchorType,
  HorizontalPositionAlign,
  type IFontAttributesProperties,
  type IParagraphOptions,
  type IRunOptions,
  LineRuleType,
  Packer,
  PageNumber,
  Paragraph,
  TabStopType,
  TextRun,
  VerticalPositionAlign,
} from 'docx'
import type { OfficialLetter } from './letter.ts'
import { type LetterForm, letterForm, pitchOf, twips } from './letter-form.ts'
import { type LetterPreview, letterPreview } from './letter-preview.ts'

export const wordMediaType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

const TWIPS_PER_POINT = 20
/** Where no date is printed yet, a draft leaves this much room for one. */
const DRAFT_DATE = '　　年　　月　　日'
const DRAFT_NUMBER = '（文号待取得）'

/** The letter as a Word file (.docx) in the form that holds on its day. */
export async function letterFile(letter: OfficialLetter): Promise<Uint8Array> {
  const { value: form } = ruleAt(letterForm, letter.date ?? '9999-12-31')
  const preview = letterPreview(letter)
  const { margin, page } = form
  const footerHeight = form.pageNumberDrop + (form.sizes.pageNumber * 25.4) / 72
  const document = new Document({
    title: preview.title.join(''),
    creator: letter.issuer,
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: {
        document: {
          run: { size: form.sizes.body * 2, font: fontOf(form.fonts.body) },
          paragraph: { spacing: { before: 0, after: 0 } },
        },
      },
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: twips(page.width), height: twips(page.height) },
            margin: {
              top: twips(margin.top),
              bottom: twips(margin.bottom),
              left: twips(margin.left),
              right: twips(margin.right),
              header: twips(15),
              footer: twips(margin.bottom - footerHeight),
            },
          },
          grid: gridOf(form),
        },
        footers: { default: pageNumberFooter(form, 'odd'), even: pageNumberFooter(form, 'even') },
        children: [
          ...head(preview, form),
          ...body(preview, form),
          ...signature(preview, form),
          ...imprint(preview, form),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}

function gridOf(form: LetterForm) {
  const pitch = pitchOf(form)
  return {
    type: DocumentGridType.LINES_AND_CHARS,
    linePitch: Math.round(pitch.line * TWIPS_PER_POINT),
    // Word keeps what is added to each character of the document's size, in 1/4096 pt.
    charSpace: Math.round((pitch.character - form.sizes.body) * 4096),
  }
}

function fontOf(name: string): IFontAttributesProperties {
  return { ascii: name, hAnsi: name, eastAsia: name, cs: name }
}

function run(text: string, font: string, size: number, more: Partial<IRunOptions> = {}): TextRun {
  return new TextRun({ text, font: fontOf(font), size: size * 2, ...more })
}

/** 版头: masthead, number, red rule. */
function head(preview: LetterPreview, form: LetterForm): Paragraph[] {
  const line = linePitch(form)
  const width = twips(form.page.width - form.margin.left - form.margin.right)
  const paragraphs: Paragraph[] = []
  if (preview.urgency !== null) {
    paragraphs.push(new Paragraph({ children: [run(preview.urgency, form.fonts.firstLevel, form.sizes.body)] }))
  }
  paragraphs.push(
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: {
        before: Math.max(0, twips(form.mastheadDrop) - paragraphs.length * line),
        // Off the grid, so that its top edge stays where the standard puts it.
        line: Math.round(mastheadSize(preview, form) * 1.2 * TWIPS_PER_POINT),
        lineRule: LineRuleType.EXACT,
      },
      children: [run(preview.masthead, form.fonts.masthead, mastheadSize(preview, form), { color: form.red })],
    }),
  )
  const numberRun = run(preview.documentNumber ?? DRAFT_NUMBER, form.fonts.body, form.sizes.body)
  paragraphs.push(
    new Paragraph({
      spacing: { before: 2 * line },
      border: {
        bottom: {
          style: BorderStyle.SINGLE,
          size: 12,
          color: form.red,
          space: Math.round((form.redRuleDrop * 72) / 25.4),
        },
      },
      ...(preview.signer === null
        ? { alignment: AlignmentType.CENTER, children: [numberRun] }
        : {
            tabStops: [{ type: TabStopType.RIGHT, position: width - form.sizes.body * TWIPS_PER_POINT }],
            indent: { left: form.sizes.body * TWIPS_PER_POINT },
            children: [
              numberRun,
              run('\t签发人：', form.fonts.body, form.sizes.body),
              run(preview.signer, form.fonts.secondLevel, form.sizes.body),
            ],
          }),
    }),
  )
  return paragraphs
}

function mastheadSize({ masthead }: LetterPreview, form: LetterForm): number {
  const width = ((form.page.width - form.margin.left - form.margin.right) * 72) / 25.4
  return Math.min(form.sizes.largestMasthead, Math.floor(width / masthead.length))
}

/** 主体: title, recipients, text, attachments. */
function body(preview: LetterPreview, form: LetterForm): Paragraph[] {
  const line = linePitch(form)
  const { fonts, sizes } = form
  const paragraphs = preview.title.map(
    (text, place) =>
      new Paragraph({
        alignment: AlignmentType.CENTER,
        spacing: {
          ...(place === 0 ? { before: 2 * line } : {}),
          line: Math.round(sizes.title * 1.5 * TWIPS_PER_POINT),
          lineRule: LineRuleType.EXACT,
        },
        keepNext: true,
        children: [run(text, fonts.title, sizes.title)],
      }),
  )
  if (preview.recipients !== null) {
    paragraphs.push(
      new Paragraph({ spacing: { before: line }, children: [run(preview.recipients, fonts.body, sizes.body)] }),
    )
  }
  for (const { level, marker, text, body: rest } of preview.paragraphs) {
    const font = level === 1 ? fonts.firstLevel : level === 2 ? fonts.secondLevel : fonts.body
    const heading = run(`${marker}${text}`, level === 0 ? fonts.body : font, sizes.body)
    const children = rest === '' ? [heading] : [heading, run(rest, fonts.body, sizes.body)]
    paragraphs.push(new Paragraph({ indent: firstLine(form), keepNext: level > 0 && rest === '', children }))
  }
  preview.attachments.forEach((text, place) => {
    const options: IParagraphOptions = {
      ...(place === 0 ? { spacing: { before: line } } : {}),
      // The names stand below each other, behind 附件：.
      indent: place === 0 ? firstLine(form) : { left: characters(5, form) },
      children: [run(text, fonts.body, sizes.body)],
    }
    paragraphs.push(new Paragraph(options))
  })
  return paragraphs
}

/** 署名 centred over the date, the date four characters from the right edge. */
function signature(preview: LetterPreview, form: LetterForm): Paragraph[] {
  const { fonts, sizes } = form
  const date = preview.date ?? DRAFT_DATE
  const overhang = (widthOf(preview.signatory) - widthOf(date)) / 2
  const dateIndent = Math.max(form.dateIndent, overhang)
  const right = (indent: number, text: string, before: number): Paragraph =>
    new Paragraph({
      alignment: AlignmentType.RIGHT,
      indent: { right: characters(indent, form) },
      spacing: { before },
      keepNext: before > 0,
      children: [run(text, fonts.body, sizes.body)],
    })
  const lines = [right(dateIndent - overhang, preview.signatory, 2 * linePitch(form)), right(dateIndent, date, 0)]
  if (preview.remark === null) return lines
  return [...lines, new Paragraph({ indent: firstLine(form), children: [run(preview.remark, fonts.body, sizes.body)] })]
}

/** 版记 at the foot of the last page: rules, copies, who printed it when. */
function imprint(preview: LetterPreview, form: LetterForm): Paragraph[] {
  if (preview.imprint === null && preview.copies === null) return []
  const { fonts, sizes } = form
  const width = twips(form.page.width - form.margin.left - form.margin.right)
  const one = sizes.imprint * TWIPS_PER_POINT
  const rule = (millimetres: number) => ({
    style: BorderStyle.SINGLE,
    size: Math.round((millimetres * 72 * 8) / 25.4),
    color: '000000',
    space: 1,
  })
  const outer = rule(form.imprintRules.outer)
  const inner = rule(form.imprintRules.inner)
  const rows: IParagraphOptions[] = []
  if (preview.copies !== null) {
    rows.push({ indent: { left: one, right: one }, children: [run(preview.copies, fonts.body, sizes.imprint)] })
  }
  if (preview.imprint !== null) {
    const { printedBy, printedOn } = preview.imprint
    rows.push({
      indent: { left: one, right: one },
      tabStops: [{ type: TabStopType.RIGHT, position: width - one }],
      children: [run(`${printedBy}\t${printedOn}`, fonts.body, sizes.imprint)],
    })
  }
  return rows.map(
    (options, place) =>
      new Paragraph({
        ...options,
        border: {
          top: place === 0 ? outer : inner,
          ...(place === rows.length - 1 ? { bottom: outer } : {}),
        },
        frame: {
          type: 'alignment',
          width,
          anchor: { horizontal: FrameAnchorType.MARGIN, vertical: FrameAnchorType.MARGIN },
          alignment: { x: HorizontalPositionAlign.LEFT, y: VerticalPositionAlign.BOTTOM },
        },
      }),
  )
}

/** “— 1 —”, one character from the outer edge. */
function pageNumberFooter(form: LetterForm, side: 'odd' | 'even'): Footer {
  const { fonts, sizes } = form
  const one = sizes.pageNumber * TWIPS_PER_POINT
  return new Footer({
    children: [
      new Paragraph({
        alignment: side === 'odd' ? AlignmentType.RIGHT : AlignmentType.LEFT,
        indent: side === 'odd' ? { right: one } : { left: one },
        children: [
          new TextRun({
            font: fontOf(fonts.pageNumber),
            size: sizes.pageNumber * 2,
            children: ['— ', PageNumber.CURRENT, ' —'],
          }),
        ],
      }),
    ],
  })
}

function linePitch(form: LetterForm): number {
  return Math.round(pitchOf(form).line * TWIPS_PER_POINT)
}

function characters(count: number, form: LetterForm): number {
  return Math.round(count * form.sizes.body * TWIPS_PER_POINT)
}

function firstLine(form: LetterForm) {
  return { firstLine: characters(form.indent, form), firstLineChars: form.indent * 100 }
}

/** In full characters: digits and letters are half as wide. */
function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character < '\u0100' ? 0.5 : 1), 0)
}
