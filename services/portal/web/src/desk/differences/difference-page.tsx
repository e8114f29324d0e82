import { Link } from '@tanstack/react-router'
import { Button, DatePicker, Table, Tag } from 'antd'
import dayjs from 'dayjs'
import type { AnswerOf } from '../../api/client.ts'
import { useRead } from '../../app/use-read.ts'
import { AsOfLine } from '../../kit/as-of-line.tsx'
import { EmptyState, ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { count, day as dayText, today } from '../../words/format.ts'
import { word } from '../../words/labels.ts'
import { PageHead } from '../kit/page-head.tsx'
import type { DifferenceList } from '../kit/past/look-back-control.tsx'
import { useExport } from '../kit/table/use-export.ts'
import { useSearchState } from '../kit/use-search-state.ts'
import { type DifferenceSource, differenceLists, differencePaths, isDifferenceList } from './difference-lists.ts'
import '../kit/past/past.css'

type Difference = AnswerOf<'/api/supervisor-registry/schools/differences'>['items'][number]

const kinds: Readonly<Record<Difference['kind'], string>> = {
  added: '当时不在列，实际应在列',
  removed: '当时在列，实际不应在列',
  changed: '内容有更正',
}

/** Row by row: what was known of a day at its end, what was so by today's knowledge, and what corrected it. */
export function DifferencePage() {
  const [{ list, day = today() }, setSearch] = useSearchState()
  if (!isDifferenceList(list)) {
    return <EmptyState title="没有这个列表">请从列表上的“回看某一天”进入，再点“差异”。</EmptyState>
  }
  return <Differences list={list} day={day} onDay={(next) => setSearch({ day: next })} />
}

function Differences({ list, day, onDay }: { list: DifferenceList; day: string; onDay: (day: string) => void }) {
  const source = differenceLists[list]
  const answer = useRead(differencePaths[list], { query: { day } })
  const items = answer.data?.body.items ?? []
  const total = answer.data?.body.total ?? 0
  const line = `${dayText(day)} 当时所知与当日实情的差异`
  const { mayExport, exporting, exportList } = useExport()
  const exportRows = () =>
    void exportList({
      list: `${list}-differences`,
      title: `${source.title}差异`,
      fileName: `${source.title}-差异-${day}`,
      head: ['对象', '差异', '项目', '当时所知', '当日实情', '更正或补录', '记录日期'],
      rows: items.flatMap((item) => rowsOf(item, source)),
      line,
    })
  return (
    <>
      <PageHead
        crumbs={[{ title: source.crumb }, { title: source.title, to: source.to }]}
        title={`${source.title}：差异`}
        actions={
          <>
            <DatePicker
              aria-label="哪一天"
              style={{ width: 158 }}
              allowClear={false}
              format="YYYY年M月D日"
              maxDate={dayjs(today())}
              value={dayjs(day)}
              onChange={(next) => next !== null && onDay(next.format('YYYY-MM-DD'))}
            />
            {mayExport && (
              <Button disabled={items.length === 0} loading={exporting} onClick={exportRows}>
                导出
              </Button>
            )}
            <Button onClick={() => window.print()}>打印</Button>
          </>
        }
      />
      <p className="look-back-note" role="note">
        <strong>{line}</strong>
        <span>
          当日之后才记录、而当日已经成立的事实列在下面。
          <Link to={source.to} search={{ asOf: day } as never}>
            看当时所知
          </Link>{' '}
          <Link to={source.to} search={{ validOn: day } as never}>
            看当日实情
          </Link>
        </span>
      </p>
      {answer.isError && answer.data === undefined && (
        <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />
      )}
      {answer.isPending && <SkeletonLines lines={6} />}
      {answer.data !== undefined && items.length === 0 && (
        <div className="panel">
          <EmptyState title="没有差异">那一天当时所知的，与按今日所知的当日实情一致。</EmptyState>
        </div>
      )}
      {items.length > 0 && (
        <div className="list-panel">
          <Table<Difference>
            size="middle"
            pagination={false}
            rowKey={(item) => item.thingId}
            dataSource={[...items]}
            columns={[
              {
                key: 'name',
                title: '对象',
                render: (_value: unknown, item: Difference) => (
                  <>
                    {source.record === undefined ? (
                      item.name
                    ) : (
                      <Link to={source.record(item.thingId)}>{item.name}</Link>
                    )}{' '}
                    <Tag>{kinds[item.kind]}</Tag>
                  </>
                ),
              },
              {
                key: 'fields',
                title: '当时所知 → 当日实情',
                render: (_value: unknown, item: Difference) => <Fields item={item} source={source} />,
              },
              {
                key: 'corrections',
                title: '更正或补录',
                width: 320,
                render: (_value: unknown, item: Difference) => (
                  <ul className="difference-list">
                    {item.corrections.map((correction) => (
                      <li key={`${correction.event}-${correction.recordedOn}-${correction.validFrom}`}>
                        {correctionText(correction)}
                      </li>
                    ))}
                  </ul>
                ),
              },
            ]}
          />
        </div>
      )}
      {items.length > 0 && (
        <div className="list-foot">
          <span className="tabular">
            共 {count(total)} 项{total > items.length ? `，列出前 ${count(items.length)} 项` : ''}
          </span>
          <AsOfLine view={answer.data?.view} />
        </div>
      )}
    </>
  )
}

function Fields({ item, source }: { item: Difference; source: DifferenceSource }) {
  const shown = item.kind === 'changed' ? item.fields : item.fields.filter((field) => shownValue(field, item) !== null)
  return (
    <ul className="difference-list">
      {shown.map((field) => (
        <li key={field.field}>
          {field.title}：
          {item.kind !== 'added' && <span className="difference-known">{text(field.field, field.known, source)}</span>}
          {item.kind === 'changed' && ' → '}
          {item.kind !== 'removed' && <strong>{text(field.field, field.valid, source)}</strong>}
        </li>
      ))}
    </ul>
  )
}

type Field = Difference['fields'][number]

function shownValue(field: Field, item: Difference): string | null {
  return item.kind === 'removed' ? field.known : field.valid
}

/** A value in the office's words: coded ones by their table, days as days. */
function text(field: string, value: string | null, source: DifferenceSource): string {
  if (value === null || value === '') return '—'
  const words = source.words[field]
  if (words !== undefined) return word(words, value)
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? dayText(value) : value
}

function correctionText({ title, recordedOn, validFrom }: Difference['corrections'][number]): string {
  return `${title}：${dayText(recordedOn)}记录，自${dayText(validFrom)}起`
}

function rowsOf(item: Difference, source: DifferenceSource): string[][] {
  const corrections = item.corrections.map(correctionText).join('；')
  const recorded = item.corrections.map(({ recordedOn }) => recordedOn).join('；')
  const fields = item.fields.length === 0 ? [undefined] : item.fields
  return fields.map((field) => [
    item.name,
    kinds[item.kind],
    field?.title ?? '',
    field === undefined ? '' : text(field.field, field.known, source),
    field === undefined ? '' : text(field.field, field.valid, source),
    corrections,
    recorded,
  ])
}
