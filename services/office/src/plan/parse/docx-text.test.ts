import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AlignmentType, Document, LevelFormat, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx'
import { strToU8, zipSync } from 'fflate'
import { formatNumber } from './docx-numbering.ts'
import { readDocx } from './docx-text.ts'
import { parsePlan } from './parse-plan.ts'
import type { ParsedItem } from './parsed-plan.ts'
import { lostCharacters } from './round-trip.ts'

const namespaces =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'

function docx(body: string, parts: Record<string, string> = {}): Uint8Array {
  const files: Record<string, Uint8Array> = {
    'word/document.xml': strToU8(
      `<?xml version="1.0" encoding="UTF-8"?><w:document ${namespaces}><w:body>${body}</w:body></w:document>`,
    ),
  }
  for (const [name, xml] of Object.entries(parts)) files[`word/${name}.xml`] = strToU8(xml)
  return zipSync(files)
}

function textOf(bytes: Uint8Array): string {
  const read = readDocx(bytes)
  assert.ok('text' in read, JSON.stringify(read))
  return read.text
}

const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`
const paragraph = (inner: string, properties = '') => `<w:p><w:pPr>${properties}</w:pPr>${inner}</w:p>`
const numbered = (list: number, level: number, text: string) =>
  paragraph(run(text), `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr>`)
const level = (index: number, format: string, text: string, more = '') =>
  `<w:lvl w:ilvl="${index}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${text}"/></w:lvl>`

test('[G5] a Word plan gives its runs joined, breaks and tabs kept and entities decoded', () => {
  const body =
    paragraph(run('云岭区') + run('2026年工作要点')) +
    paragraph(`${run('A&amp;B&#x4e00;')}<w:r><w:tab/><w:br/><w:noBreakHyphen/></w:r>${run(' 尾 ')}`)
  assert.equal(textOf(docx(body)), '云岭区2026年工作要点\nA&B一\t\n- 尾 ')
})

test('[G5] automatic numbers of a Word plan are computed and printed before their paragraphs', () => {
  const numbering = `<w:numbering ${namespaces}>
    <w:abstractNum w:abstractNumId="7">${level(0, 'chineseCountingThousand', '%1、')}${level(1, 'chineseCounting', '（%2）', '<w:suff w:val="nothing"/>')}${level(2, 'decimalFullWidth', '%3．')}</w:abstractNum>
    <w:abstractNum w:abstractNumId="8">${level(0, 'decimal', '%1.')}${level(1, 'decimal', '%1.%2', '<w:isLgl/>')}</w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>
    <w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>
    <w:num w:numId="3"><w:abstractNumId w:val="8"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
  </w:numbering>`
  const body = [
    numbered(1, 0, '甲'),
    numbered(1, 1, '乙'),
    numbered(1, 1, '丙'),
    numbered(1, 2, '丁'),
    numbered(1, 0, '戊'),
    numbered(1, 1, '己'),
    numbered(2, 0, '庚'),
    numbered(2, 1, '辛'),
    numbered(2, 0, '壬'),
    numbered(3, 0, '癸'),
    numbered(3, 0, '子'),
  ].join('')
  assert.deepEqual(textOf(docx(body, { numbering })).split('\n'), [
    '一、 甲',
    '（一）乙',
    '（二）丙',
    '１． 丁',
    '二、 戊',
    '（一）己',
    '1. 庚',
    '1.1 辛',
    '2. 壬',
    '1. 癸',
    '2. 子',
  ])
})

test('[G5] numbers that come from a paragraph style are printed, and numId 0 takes them away', () => {
  const numbering = `<w:numbering ${namespaces}><w:abstractNum w:abstractNumId="1">${level(0, 'chineseCounting', '第%1条', '')}</w:abstractNum><w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num></w:numbering>`
  const styles = `<w:styles ${namespaces}><w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="4"/></w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Article"><w:basedOn w:val="Base"/></w:style></w:styles>`
  const style = '<w:pStyle w:val="Article"/>'
  const body =
    paragraph(run('甲'), style) +
    paragraph(run('无号'), `${style}<w:numPr><w:numId w:val="0"/></w:numPr>`) +
    paragraph(run('乙'), style)
  assert.equal(textOf(docx(body, { numbering, styles })), '第一条 甲\n无号\n第二条 乙')
})

test('[G5] deleted revisions and field codes are not printed, insertions and field results are', () => {
  const body =
    paragraph(
      `${run('保留')}<w:del><w:r><w:delText>删去</w:delText></w:r></w:del><w:ins>${run('插入')}</w:ins><w:moveFrom>${run('移走')}</w:moveFrom><w:moveTo>${run('移来')}</w:moveTo>`,
    ) +
    paragraph(
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${run('结果')}<w:r><w:fldChar w:fldCharType="end"/></w:r>${run('之后')}`,
    ) +
    paragraph(`<w:fldSimple w:instr="PAGE">${run('7')}</w:fldSimple>`)
  assert.equal(textOf(docx(body)), '保留插入移来\n结果之后\n7')
})

test('[G5] text boxes are read once, behind their paragraph, and notes stand at the end', () => {
  const box = `<w:txbxContent>${paragraph(run('框内'))}</w:txbxContent>`
  const body = paragraph(
    `${run('框外')}<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>${box}</w:drawing></mc:Choice><mc:Fallback><w:pict>${box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>`,
  )
  const footnotes = `<w:footnotes ${namespaces}><w:footnote w:type="separator" w:id="-1">${paragraph('')}</w:footnote><w:footnote w:id="1">${paragraph(run('脚注文字'))}</w:footnote></w:footnotes>`
  assert.equal(textOf(docx(body, { footnotes })), '框外\n框内\n[1] 脚注文字')
})

test('[G4] a 任务分工 table in Word becomes one item per row with its lead and cooperating bodies', () => {
  const cell = (...texts: string[]) => `<w:tc>${texts.map((text) => paragraph(run(text))).join('')}</w:tc>`
  const row = (...cells: string[]) => `<w:tr>${cells.join('')}</w:tr>`
  const body =
    paragraph(run('云岭区2026年教育督导任务分工表')) +
    `<w:tbl>${row(cell('序号'), cell('工作任务'), cell('牵头单位'), cell('配合单位'))}${row(cell('1'), cell('开展专项督导'), cell('区教委'), cell('区财政局', '区公安局'))}${row(cell('2'), cell('培训督学'), cell('区政府教育督导室'), cell(''))}</w:tbl>`
  const text = textOf(docx(body))
  const plan = parsePlan(text)
  // Two paragraphs of one cell are two names.
  assert.deepEqual(
    plan.items.map((item) => [item.marker, ...item.bodies.map((body) => `${body.role} ${body.name}`)]),
    [
      ['1', 'lead 区教委', 'cooperating 区财政局', 'cooperating 区公安局'],
      ['2', 'lead 区政府教育督导室'],
    ],
  )
  assert.equal(lostCharacters(text, plan), '')
})

test('[G5] a plan written by a Word library with automatic numbers parses into its items', async () => {
  const file = new Document({
    numbering: {
      config: [
        {
          reference: 'plan',
          levels: [
            { level: 0, format: LevelFormat.CHINESE_COUNTING, text: '%1、', alignment: AlignmentType.LEFT },
            { level: 1, format: LevelFormat.CHINESE_COUNTING, text: '（%2）', alignment: AlignmentType.LEFT },
          ],
        },
      ],
    },
    sections: [
      {
        children: [
          new Paragraph({ children: [new TextRun('云岭区2026年教育督导工作要点')] }),
          new Paragraph({ text: '总体要求：坚持问题导向。' }),
          new Paragraph({ text: '抓实督政', numbering: { reference: 'plan', level: 0 } }),
          new Paragraph({ text: '开展自评。3月底前完成。', numbering: { reference: 'plan', level: 1 } }),
          new Paragraph({ text: '迎接核查。全年不少于2次。', numbering: { reference: 'plan', level: 1 } }),
          new Paragraph({ text: '抓实督学', numbering: { reference: 'plan', level: 0 } }),
          new Table({
            rows: [new TableRow({ children: [new TableCell({ children: [new Paragraph('表内文字。')] })] })],
          }),
        ],
      },
    ],
  })
  const text = textOf(new Uint8Array(await Packer.toBuffer(file)))
  const plan = parsePlan(text)
  const outline = (items: readonly ParsedItem[]): unknown[] =>
    items.map((item) => [item.marker, item.heading, outline(item.children)])
  assert.deepEqual(outline(plan.items), [
    [
      '一、',
      '抓实督政',
      [
        ['（一）', '开展自评。', []],
        ['（二）', '迎接核查。', []],
      ],
    ],
    ['二、', '抓实督学', []],
  ])
  assert.equal(plan.items[1]?.text, '表内文字。')
  assert.equal(plan.items[0]?.children[0]?.dates[0]?.to, '2026-03-31')
})

test('[G5] Word numbering formats print as Word prints them', () => {
  const printed = [
    'chineseCounting',
    'ideographDigital',
    'chineseLegalSimplified',
    'ideographTraditional',
    'decimalEnclosedCircle',
    'decimalZero',
    'upperRoman',
    'lowerLetter',
    'decimal',
  ].map((format) => formatNumber(12, format))
  assert.deepEqual(printed, ['十二', '一二', '拾贰', '乙', '⑫', '12', 'XII', 'l', '12'])
  assert.equal(formatNumber(105, 'chineseCounting'), '一百零五')
  assert.equal(formatNumber(28, 'lowerLetter'), 'bb')
})

test('[G5] a zip bomb, a damaged archive and another archive are refused, each by its name', () => {
  const bomb = docx(paragraph(run(' '.repeat(30 * 1024 * 1024))))
  assert.ok(bomb.length < 200_000)
  assert.deepEqual(readDocx(bomb), { refused: 'too-large' })
  assert.deepEqual(readDocx(docx('<w:p/>').slice(0, 80)), { refused: 'damaged' })
  assert.deepEqual(readDocx(zipSync({ 'xl/workbook.xml': strToU8('<x/>') })), { refused: 'not-a-document' })
  assert.deepEqual(readDocx(zipSync({ 'word/document.xml': strToU8('<!DOCTYPE a><w:document/>') })), {
    refused: 'damaged',
  })
  assert.deepEqual(readDocx(zipSync({ 'word/document.xml': strToU8('<a>'.repeat(3000)) })), { refused: 'damaged' })
})
