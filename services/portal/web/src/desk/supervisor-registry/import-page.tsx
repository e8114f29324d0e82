import { Button, Progress, Steps } from 'antd'
import { type DragEvent, useRef, useState } from 'react'
import { ErrorState } from '../../kit/states.tsx'
import { DownloadOutlined, InboxOutlined } from '../kit/icons.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { Panel } from '../kit/panel.tsx'
import { useSearchState } from '../kit/use-search-state.ts'
import { ImportPreview } from './import-preview.tsx'
import { ImportProgress } from './import-progress.tsx'
import { PastImports } from './past-imports.tsx'
import { type ImportKind, useImport } from './use-import.ts'
import './import.css'

export const SchoolImport = () => <ImportPage kind="schools" thing="学校" />
export const SupervisorImport = () => <ImportPage kind="supervisors" thing="督学" />

/** Bytes of a table that is taken. */
const LARGEST = 20 * 1024 * 1024

interface ImportPageProps {
  readonly kind: ImportKind
  /** 学校 · 督学 */
  readonly thing: string
}

/** From an Excel table into the registry: take the template, have the filled table looked at, import it. */
function ImportPage({ kind, thing }: ImportPageProps) {
  const [{ job }, setSearch] = useSearchState()
  const [file, setFile] = useState<File>()
  const { check, start, saveErrors, saveTemplate, share } = useImport(kind)
  const take = (next: File) => {
    setFile(next)
    start.reset()
    saveErrors.reset()
    check.mutate(next)
  }
  const again = () => {
    check.reset()
    start.reset()
    saveErrors.reset()
    setFile(undefined)
    setSearch({ job: undefined })
  }
  const bring = () => {
    if (file === undefined || check.data === undefined) return
    start.mutate({ file, hash: check.data.fileHash }, { onSuccess: ({ id }) => setSearch({ job: id }) })
  }
  const step = job !== undefined ? 2 : check.data === undefined ? 0 : 1
  const errorFile = {
    isBusy: saveErrors.isPending,
    problem: saveErrors.error,
    save: file === undefined ? undefined : () => saveErrors.mutate(file),
  }
  return (
    <>
      <PageHead crumbs={[{ title: '督学库' }, { title: thing, to: `/${kind}` }]} title={`批量导入${thing}`} />
      <Steps
        size="small"
        style={{ maxWidth: 640, marginBottom: 20 }}
        current={step}
        items={[{ title: '填写并上传表格' }, { title: '查看检查结果' }, { title: '导入' }]}
      />
      {job !== undefined ? (
        <ImportProgress id={job} kind={kind} thing={thing} errorFile={errorFile} onAgain={again} />
      ) : check.data !== undefined ? (
        <ImportPreview
          check={check.data}
          thing={thing}
          errorFile={errorFile}
          isStarting={start.isPending}
          problem={start.error}
          onStart={bring}
          onAgain={again}
        />
      ) : (
        <div style={{ maxWidth: 1080 }}>
          {check.isError && (
            <Panel>
              <ErrorState error={check.error} onRetry={() => file !== undefined && check.mutate(file)} />
            </Panel>
          )}
          <Panel title="第一步：下载模板">
            <p>
              模板带有下拉选项和填写说明，责任区等选项取自本室现有设置。用自己的表格也可以，表头与模板一致即可，列的顺序不限。
            </p>
            <div className="form-actions">
              <Button
                icon={<DownloadOutlined />}
                loading={saveTemplate.isPending}
                onClick={() => saveTemplate.mutate(`${thing}导入模板.xlsx`)}
              >
                {saveTemplate.isError ? '没有取到，重新下载' : '下载模板'}
              </Button>
            </div>
          </Panel>
          <Panel title="第二步：上传填好的表格">
            <TableDrop isBusy={check.isPending} share={share} onTake={take} />
          </Panel>
          <PastImports kind={kind} thing={thing} />
        </div>
      )}
    </>
  )
}

interface TableDropProps {
  readonly isBusy: boolean
  /** Of the file sent, 0 to 1. */
  readonly share: number
  readonly onTake: (file: File) => void
}

function TableDrop({ isBusy, share, onTake }: TableDropProps) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [refused, setRefused] = useState<string>()
  const take = (file: File | undefined) => {
    if (file === undefined) return
    const isOld = /\.xls$/i.test(file.name)
    if (isOld || !/\.(?:xlsx|csv)$/i.test(file.name)) {
      const why = isOld ? '是旧版 Excel 文件' : '不是 Excel（.xlsx）或 CSV 表格'
      setRefused(`“${file.name}”${why}。请在 Excel 中另存为“Excel 工作簿（.xlsx）”后再上传。`)
      return
    }
    if (file.size > LARGEST) {
      setRefused(`“${file.name}”超过 20 MB。请删去图片，或拆分成几个文件分别导入。`)
      return
    }
    setRefused(undefined)
    onTake(file)
  }
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  return (
    <>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way beside the button */}
      <div
        className={over ? 'table-drop is-over' : 'table-drop'}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <InboxOutlined style={{ fontSize: 40, color: 'var(--ink-3)' }} />
        <p>把填好的表格拖到这里，或者</p>
        <input
          ref={input}
          type="file"
          hidden
          aria-label="表格文件"
          accept=".xlsx,.csv"
          onChange={(event) => {
            take(event.target.files?.[0])
            event.target.value = ''
          }}
        />
        <Button type="primary" disabled={isBusy} onClick={() => input.current?.click()}>
          选择表格
        </Button>
        <p className="quiet">支持 .xlsx 和 .csv，最多 5 万行。上传后先逐行检查，确认之前不保存任何内容。</p>
        {isBusy && (
          <div className="table-drop-share">
            <Progress percent={Math.round(share * 100)} aria-label="上传进度" />
            <p role="status">{share < 1 ? '正在上传' : '已上传，正在逐行检查'}</p>
          </div>
        )}
      </div>
      {refused !== undefined && (
        <p role="alert" className="table-drop-refused">
          {refused}
        </p>
      )}
    </>
  )
}
