import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ruleAt } from '@dulian/dated-rules'
import { strFromU8, unzipSync } from 'fflate'
import type { OfficialLetter } from './letter.ts'
import { letterFile } from './letter-file.ts'
import { letterForm } from './letter-form.ts'
import { chineseNumeral, letterPreview } from './letter-preview.ts'

const letter: OfficialLetter = {
  issuer: '示例区人民政府教育督导室',
  documentNumber: '示教督〔2026〕3号',
  title: '关于2026年3月经常性督导情况的通报',
  recipients: ['各中小学', '各幼儿园'],
  paragraphs: [
    { level: 0, text: '现将有关情况通报如下。' },
    { level: 1, text: '基本情况' },
    { level: 2, text: '城区责任区', body: '本月开展自查12所。' },
    { level: 3, text: '安全管理。', body: '总体平稳。' },
    { level: 3, text: '课程开设。' },
    { level: 1, text: '下一步要求' },
    { level: 2, text: '抓好整改' },
  ],
  attachments: ['学校自查完成情况', '问题清单'],
  signatory: '示例区人民政府教育督导室',
  date: '2026-04-03',
  copies: ['区政府办公室', '区教委'],
  printedBy: '示例区人民政府教育督导室',
  printedOn: '2026-04-03',
}

async function partsOf(given: OfficialLetter): Promise<Record<string, string>> {
  const files = unzipSync(await letterFile(given))
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]))
}
async function documentOf(given: OfficialLetter): Promise<string> {
  return (await partsOf(given))['word/document.xml'] ?? ''
}
/** The paragraph that says so, as XML. */
function paragraphWith(xml: string, text: string): string {
  const found = xml.split('<w:p>').find((part) => part.includes(text))
  assert.ok(found, text)
  return found
}

test('[N12] the page is A4 with the margins and the 22 × 28 grid of GB/T 9704-2012', async () => {
  const rule = ruleAt(letterForm, '2026-04-03')
  assert.equal(rule.confidence, 'high')
  assert.match(rule.source, /GB\/T 9704-2012/)
  const xml = await documentOf(letter)
  assert.match(xml, /<w:pgSz w:w="11906" w:h="16838"/)
  const margins = /<w:pgMar [^>]*>/.exec(xml)?.[0] ?? ''
  for (const [side, twips] of [
    ['top', 2098],
    ['right', 1474],
    ['bottom', 1984],
    ['left', 1587],
  ]) {
    assert.ok(margins.includes(`w:${side}="${twips}"`), `${side}: ${margins}`)
  }
  assert.match(xml, /<w:docGrid w:type="linesAndChars" w:linePitch="580" w:charSpace="-\d+"/)
})

test('[N12] the body is 仿宋 16 pt with two characters indent, the title 小标宋 22 pt and centred', async () => {
  const xml = await documentOf(letter)
  const text = paragraphWith(xml, '现将有关情况通报如下。')
  assert.ok(text.includes('w:firstLineChars="200"') && text.includes('w:eastAsia="仿宋_GB2312"'), text)
  assert.ok(text.includes('<w:sz w:val="32"/>'))
  const title = paragraphWith(xml, '经常性督导情况的通报')
  assert.ok(title.includes('w:eastAsia="方正小标宋简体"') && title.includes('<w:sz w:val="44"/>'), title)
  assert.ok(title.includes('<w:jc w:val="center"/>'))
})

test('[N12] levels are numbered and set in 黑体, 楷体 and 仿宋, the text running on in 仿宋', async () => {
  const xml = await documentOf(letter)
  assert.ok(paragraphWith(xml, '一、基本情况').includes('w:eastAsia="黑体"'))
  const second = paragraphWith(xml, '（一）城区责任区')
  assert.ok(second.includes('w:eastAsia="楷体_GB2312"') && second.includes('w:eastAsia="仿宋_GB2312"'))
  assert.ok(paragraphWith(xml, '2.课程开设。').includes('w:eastAsia="仿宋_GB2312"'))
  assert.ok(xml.includes('二、下一步要求') && xml.includes('（一）抓好整改'))
})

test('[N12] the masthead is red, the number stands in 〔〕 above a red rule', async () => {
  const xml = await documentOf(letter)
  const masthead = paragraphWith(xml, '示例区人民政府教育督导室文件')
  assert.ok(masthead.includes('<w:color w:val="FF0000"/>') && masthead.includes('w:before="1984"'), masthead)
  const number = paragraphWith(xml, '示教督〔2026〕3号')
  assert.match(number, /<w:bottom [^>]*w:color="FF0000"[^>]*>/)
  assert.ok(number.includes('w:space="11"'), 'the rule is 4 mm below')
  assert.ok(!/第3号|〔2026〕0/.test(xml))
})

test('[N12] name and date stand right, the date four characters in and without a padded zero', async () => {
  const xml = await documentOf(letter)
  assert.ok(paragraphWith(xml, '2026年4月3日').includes('w:right="1280"'), 'four characters of 16 pt')
  assert.ok(!xml.includes('04月') && !xml.includes('03日'))
})

test('[N12] attachments, copies and the printing office have their places; pages are numbered on the outer side', async () => {
  const parts = await partsOf(letter)
  const xml = parts['word/document.xml'] ?? ''
  assert.ok(xml.includes('附件：1.学校自查完成情况') && xml.includes('2.问题清单'))
  const copies = paragraphWith(xml, '抄送：区政府办公室，区教委。')
  assert.ok(copies.includes('<w:sz w:val="28"/>') && copies.includes('<w:framePr'), copies)
  assert.ok(xml.includes('2026年4月3日印发'))
  const footers = Object.entries(parts).filter(([name]) => /word\/footer\d+\.xml/.test(name))
  assert.equal(footers.length, 2)
  for (const [, footer] of footers) assert.ok(footer.includes('— ') && footer.includes('w:eastAsia="宋体"'))
  assert.ok((parts['word/settings.xml'] ?? '').includes('<w:evenAndOddHeaders'))
  assert.ok(!Object.keys(parts).some((name) => /font.*\.(odttf|ttf)$/i.test(name)), 'no font is shipped')
})

test('a draft has neither number nor date, and says so; a long masthead stays on one line', async () => {
  const draft = { ...letter, documentNumber: null, date: null, copies: [], attachments: [] }
  const xml = await documentOf(draft)
  assert.ok(xml.includes('文号待取得') && !xml.includes('附件：') && !xml.includes('抄送'))
  assert.deepEqual([letterPreview(draft).documentNumber, letterPreview(draft).date], [null, null])
  const long = await documentOf({ ...letter, issuer: '示例市示例区人民政府教育督导委员会办公室' })
  const size = Number(/<w:sz w:val="(\d+)"\/>/.exec(paragraphWith(long, '委员会办公室文件'))?.[1])
  assert.ok((size / 2) * 22 <= 443, String(size))
})

test('the preview reads as the file does; a letter to a higher office names its signer', async () => {
  const preview = letterPreview({ ...letter, signer: '示例主任', attachments: ['统计表'] })
  assert.equal(preview.recipients, '各中小学、各幼儿园：')
  assert.deepEqual(preview.attachments, ['附件：统计表'])
  assert.deepEqual(
    preview.paragraphs.map(({ marker }) => marker),
    ['', '一、', '（一）', '1.', '2.', '二、', '（一）'],
  )
  const xml = await documentOf({ ...letter, signer: '示例主任' })
  assert.ok(paragraphWith(xml, '签发人：').includes('w:eastAsia="楷体_GB2312"'))
  assert.deepEqual([10, 11, 20, 35, 100, 102, 110].map(chineseNumeral), [
    '十',
    '十一',
    '二十',
    '三十五',
    '一百',
    '一百零二',
    '一百一十',
  ])
})
