import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPlanFileProblem, readPlanFile } from './read-plan-file.ts'

const text = '一、加强督导。\r\n二、落实整改。'

function codeOf(bytes: Uint8Array): string {
  const read = readPlanFile(bytes, '要点.doc')
  assert.ok(isPlanFileProblem(read))
  assert.match(read.detail, /[\u4e00-\u9fff]/)
  assert.equal(read.fileName, '要点.doc')
  return read.code
}

test('[G5] text files are read in UTF-8, UTF-16 and GB18030, with or without a byte order mark', () => {
  const utf16 = Buffer.from(text, 'utf16le')
  const swapped = Buffer.from(utf16).swap16()
  // "督导" in GBK.
  const gbk = Buffer.from([0xb6, 0xbd, 0xb5, 0xbc, 0xa3, 0xba, 0xd2, 0xbb, 0xca, 0xc7])
  assert.equal(readPlanFile(Buffer.from(text), 'a.txt'), text)
  assert.equal(readPlanFile(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]), 'a.txt'), text)
  assert.equal(readPlanFile(utf16, 'a.txt'), text)
  assert.equal(readPlanFile(Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), 'a.txt'), text)
  assert.equal(readPlanFile(Buffer.concat([Buffer.from([0xfe, 0xff]), swapped]), 'a.txt'), text)
  assert.equal(readPlanFile(gbk, 'a.txt'), '督导：一是')
})

test('[G5] a file that is no plan is refused with a code and Chinese advice', () => {
  assert.equal(codeOf(new Uint8Array()), 'PLAN_FILE_EMPTY')
  assert.equal(codeOf(Buffer.from(' \n\u3000')), 'PLAN_FILE_EMPTY')
  assert.equal(codeOf(Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1])), 'PLAN_FILE_OLD_WORD')
  assert.equal(codeOf(Buffer.from('%PDF-1.7')), 'PLAN_FILE_IS_PDF')
  assert.equal(codeOf(Buffer.from('{\\rtf1 督导}')), 'PLAN_FILE_NOT_A_DOCUMENT')
  assert.equal(codeOf(Buffer.from('<html>督导</html>')), 'PLAN_FILE_NOT_A_DOCUMENT')
  assert.equal(
    codeOf(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 2, 3, 4, 0xff, 0xff])),
    'PLAN_FILE_NOT_A_DOCUMENT',
  )
  assert.equal(codeOf(Buffer.from('PK\u0003\u0004 not really')), 'PLAN_FILE_DAMAGED')
  assert.equal(codeOf(new Uint8Array(20 * 1024 * 1024 + 1)), 'PLAN_FILE_TOO_LARGE')
})
