import assert from 'node:assert/strict'
import { test } from 'node:test'
import { csvOf } from './csv.ts'

test('a list is exported with a mark for Chinese text, quoted where a cell holds commas, quotes or line breaks', () => {
  assert.equal(
    csvOf(
      ['学校', '说明'],
      [
        ['示例小学', '一，"二"'],
        ['甲,乙', '上\n下'],
      ],
      '示例区教育督导室　导出人：某人',
    ),
    '\ufeff学校,说明\r\n示例小学,"一，""二"""\r\n"甲,乙","上\n下"\r\n\r\n示例区教育督导室　导出人：某人\r\n',
  )
})

test('a cell that a spreadsheet would take for a formula is exported as text, a negative number as a number', () => {
  assert.equal(
    csvOf(['值'], [['=1+1'], ['@x'], ['-5'], ['-5+cmd']], '=某人'),
    "\ufeff值\r\n'=1+1\r\n'@x\r\n-5\r\n'-5+cmd\r\n\r\n'=某人\r\n",
  )
})
