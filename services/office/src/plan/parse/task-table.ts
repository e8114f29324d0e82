import { type NamedBody, readBodyNames } from './body-names.ts'
import type { Candidate } from './markers.ts'
import type { Reading } from './reading.ts'

type Column = 'number' | 'lead' | 'cooperating' | 'responsible' | 'other'
type Cell = { start: number; end: number }

/** A row of a 任务分工 table: its number is its marker, its columns name the bodies. */
export type TaskRow = { marker: Candidate; end: number; bodies: NamedBody[] }

/**
 * Rows of tables whose cells are parted by tabs and whose head names a task and somebody responsible. Other tables
 * stay running text.
 */
export function findTaskRows(reading: Reading): TaskRow[] {
  const rows: TaskRow[] = []
  let columns: Column[] | undefined
  for (let i = 0; i < reading.lines.length; i++) {
    const line = reading.lines[i]
    if (line === undefined) break
    const raw = reading.source.slice(line.from, line.to)
    if (!raw.includes('\t')) {
      columns = undefined
      continue
    }
    const cells = readCells(reading, i)
    const texts = cells.map((cell) => reading.text.slice(cell.start, cell.end))
    const head = readHead(texts)
    if (head !== undefined) {
      columns = head
      continue
    }
    const number = columns?.indexOf('number') ?? -1
    const first = cells[number]
    const value = Number(/^(\d{1,3})[.、]?$/.exec(texts[number] ?? '')?.[1])
    if (columns === undefined || first === undefined || number !== 0 || !(value > 0)) continue
    const bodies: NamedBody[] = []
    columns.forEach((column, index) => {
      const cell = cells[index]
      if (cell === undefined || column === 'number' || column === 'other') return
      bodies.push(...readBodyNames(reading, cell.start, cell.end, column))
    })
    rows.push({
      marker: {
        start: first.start,
        end: first.end,
        family: 'row',
        variant: '',
        value,
        path: [value],
        atLineStart: true,
      },
      end: line.end,
      bodies,
    })
  }
  return rows
}

function readCells(reading: Reading, index: number): Cell[] {
  const line = reading.lines[index]
  if (line === undefined) return []
  const cells: Cell[] = []
  let start = line.start
  let position = line.start
  for (let offset = line.from; offset <= line.to; offset++) {
    while (position < line.end && reading.sourceAt(position) < offset) position++
    if (offset < line.to && reading.source.charAt(offset) !== '\t') continue
    if (offset === line.to) position = line.end
    cells.push({ start, end: position })
    start = position
  }
  return cells
}

function readHead(texts: readonly string[]): Column[] | undefined {
  if (texts.some((text) => text.length > 14)) return undefined
  const columns = texts.map((text): Column => {
    if (/^(?:序号|编号)$/.test(text)) return 'number'
    if (/^(?:牵头|主办|主责)/.test(text)) return 'lead'
    if (/^(?:配合|协办|协同|参与)/.test(text)) return 'cooperating'
    if (/^(?:责任|承办|实施|落实|负责)(?:单位|部门|科室|主体)/.test(text)) return 'responsible'
    return 'other'
  })
  const namesTask = texts.some((text) => /任务|工作|事项|内容|措施|项目/.test(text))
  const namesBody = columns.some((column) => column === 'lead' || column === 'responsible')
  return namesTask && namesBody ? columns : undefined
}
