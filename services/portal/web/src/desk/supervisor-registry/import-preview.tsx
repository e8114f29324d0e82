import { Button } from 'antd'
import type { ImportCheck } from '../../api/types.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState, ErrorState } from '../../kit/states.tsx'
import { count } from '../../words/format.ts'
import { importOutcomes } from '../../words/labels.ts'
import { Facts } from '../kit/facts.tsx'
import { DownloadOutlined } from '../kit/icons.tsx'
import { Panel } from '../kit/panel.tsx'

/** Getting the wrong rows back as a table; only while the file is still in this window. */
export interface ErrorFile {
  readonly isBusy: boolean
  readonly problem: Error | null
  readonly save: (() => void) | undefined
}

interface ImportPreviewProps {
  readonly check: ImportCheck
  readonly thing: string
  readonly errorFile: ErrorFile
  readonly isStarting: boolean
  readonly problem: Error | null
  readonly onStart: () => void
  readonly onAgain: () => void
}

/** What the table would do, and what is wrong in it, before anything is stored. */
export function ImportPreview(props: ImportPreviewProps) {
  const { check, thing, errorFile, isStarting, problem, onStart, onAgain } = props
  const useful = check.created + check.changed
  return (
    <>
      {problem !== null && (
        <Panel>
          <ErrorState error={problem} onRetry={onStart} />
        </Panel>
      )}
      <Panel
        title={check.fileName}
        extra={
          <div className="form-actions" style={{ paddingTop: 0 }}>
            <Button onClick={onAgain}>换一个文件</Button>
            {check.refused > 0 && <SaveErrors errorFile={errorFile} />}
            <Button type="primary" disabled={useful === 0} loading={isStarting} onClick={onStart}>
              {check.refused > 0 ? `导入可用的 ${count(useful)} 行` : `导入 ${count(useful)} 行`}
            </Button>
          </div>
        }
      >
        <Facts
          items={[
            { label: '工作表', value: check.sheet },
            { label: '共', value: `${count(check.rows)} 行` },
            { label: '新建', value: `${count(check.created)} 行` },
            { label: '更正', value: `${count(check.changed)} 行` },
            { label: '没有变化', value: `${count(check.unchanged)} 行` },
            {
              label: '有问题',
              value: (
                <StateLamp kind={check.refused > 0 ? 'overdue' : 'on-time'}>{`${count(check.refused)} 行`}</StateLamp>
              ),
            },
            ...(check.ignored.length === 0
              ? []
              : [{ label: '没有读取的列', value: check.ignored.join('、'), wide: true }]),
          ]}
        />
        {errorFile.problem !== null && <ErrorState error={errorFile.problem} onRetry={errorFile.save} />}
      </Panel>
      <ProblemTable problems={check.problems} more={check.moreProblems} />
      {check.lines.length > 0 ? (
        <Panel
          title={check.lines.length < useful ? `将要保存的内容（前 ${check.lines.length} 行）` : '将要保存的内容'}
          flush
        >
          <section className="import-table" aria-label="将要保存的内容">
            <table className="plain-table">
              <thead>
                <tr>
                  <th scope="col">行</th>
                  <th scope="col">{thing}</th>
                  <th scope="col">处理</th>
                  <th scope="col">变化和提示</th>
                </tr>
              </thead>
              <tbody>
                {check.lines.map(({ row, title, outcome, changes, note }) => (
                  <tr key={row}>
                    <td className="tabular">{row}</td>
                    <td>{title}</td>
                    <td>{importOutcomes[outcome]}</td>
                    <td>{[...changes, ...(note === null ? [] : [`请留意：${note}`])].join('；') || '—'}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </Panel>
      ) : (
        <Panel>
          <EmptyState title={check.refused > 0 ? '没有可以导入的行' : '没有需要保存的内容'}>
            {check.refused > 0
              ? '请按上面的说明改正，或下载错误清单改正后重新上传。'
              : '表格里的内容与现有登记完全一致，同一份文件重复上传不会产生两份。'}
          </EmptyState>
        </Panel>
      )}
    </>
  )
}

export function SaveErrors({ errorFile }: { readonly errorFile: ErrorFile }) {
  if (errorFile.save === undefined) return null
  return (
    <Button icon={<DownloadOutlined />} loading={errorFile.isBusy} onClick={errorFile.save}>
      下载错误清单
    </Button>
  )
}

interface ProblemTableProps {
  readonly problems: ImportCheck['problems']
  readonly more: number
}

/** Each cell at fault: where, what it holds, why it is refused, what to do. */
export function ProblemTable({ problems, more }: ProblemTableProps) {
  if (problems.length === 0) return null
  return (
    <Panel title={`需要改正（${count(problems.length + more)} 处）`} flush>
      <section className="import-table" aria-label="需要改正">
        <table className="plain-table">
          <thead>
            <tr>
              <th scope="col">行</th>
              <th scope="col">列</th>
              <th scope="col">填写的内容</th>
              <th scope="col">原因</th>
              <th scope="col">怎么办</th>
            </tr>
          </thead>
          <tbody>
            {problems.map(({ row, column, value, code, reason, advice }) => (
              <tr key={`${row} ${column ?? ''} ${code}`}>
                <td className="tabular">{row}</td>
                <td>{column ?? '整行'}</td>
                <td>{value === '' ? '（空）' : value}</td>
                <td>{reason}</td>
                <td>{advice}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {more > 0 && <p className="quiet">另有 {count(more)} 处没有列出，都在错误清单里。</p>}
      </section>
    </Panel>
  )
}
