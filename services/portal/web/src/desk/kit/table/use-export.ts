import { App } from 'antd'
import { useRef, useState } from 'react'
import { ActionKey } from '../../../api/idempotency-key.ts'
import { asProblem } from '../../../api/problem.ts'
import { useApi, useMe, useRights } from '../../../app/app-context.tsx'
import { csvOf, saveText } from './csv.ts'

type Rows = readonly (readonly string[])[]

export interface ExportedList {
  /** Names the list in the audit trail. */
  readonly list: string
  readonly title: string
  /** Without its ending. */
  readonly fileName: string
  readonly head: readonly string[]
  /** At hand, or yet to be read. */
  readonly rows: Rows | (() => Promise<Rows>)
  /** The conditions it was narrowed by, for people. */
  readonly filters?: string
  /** Which past day the rows are of; the first line of the file. */
  readonly line?: string
}

/** Takes a list out as a file: put on record first, then saved with the mark of who took it and when. */
export function useExport() {
  const api = useApi()
  const me = useMe()
  const rights = useRights()
  const { message } = App.useApp()
  const key = useRef(new ActionKey())
  const [exporting, setExporting] = useState(false)

  async function exportList(wanted: ExportedList): Promise<void> {
    const { list, title, fileName, head, filters = '', line } = wanted
    setExporting(true)
    try {
      const rows = typeof wanted.rows === 'function' ? await wanted.rows() : wanted.rows
      const body = { list, title, rows: rows.length, columns: [...head], filters: filters.slice(0, 1_000) }
      const { watermark } = await api.post(
        '/api/audit/exports',
        { body },
        { idempotencyKey: key.current.keyFor([body]) },
      )
      key.current.done()
      const mark = `${me.officeName}　${watermark}`
      const text = line === undefined ? csvOf(head, rows, mark) : csvOf([line], [head, ...rows], mark)
      saveText(`${fileName}.csv`, text, 'text/csv;charset=utf-8')
      void message.success('已导出，这次导出已记入审计记录')
    } catch (error) {
      const { title: what, detail } = asProblem(error)
      void message.error(`没有导出。${what}：${detail}`)
    } finally {
      setExporting(false)
    }
  }

  return { mayExport: rights.can('data.export'), exporting, exportList }
}
