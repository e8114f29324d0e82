import { Button, DatePicker, Form, Input, Select } from 'antd'
import dayjs from 'dayjs'
import type { Activity } from '../../api/types.ts'
import { useRead } from '../../app/use-read.ts'
import { EmptyState, ErrorState } from '../../kit/states.tsx'
import { count, day, today } from '../../words/format.ts'
import { activityKinds, optionsOf } from '../../words/labels.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { DayField } from '../kit/form/day-field.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { Panel } from '../kit/panel.tsx'
import { LookBackControl, LookBackNote, NothingThen } from '../kit/past/look-back-control.tsx'
import { useLookBack } from '../kit/past/use-look-back.ts'
import { RemoteSelect } from '../kit/pick/remote-select.tsx'
import { DataTable } from '../kit/table/data-table.tsx'
import type { PickProps } from '../kit/table/list-definition.ts'
import { useSearchState } from '../kit/use-search-state.ts'

/** What each government supervisor took part in, year by year. */
export function ActivityPage() {
  const [search, setSearch] = useSearchState()
  const past = useLookBack()
  const year = search.year ?? (past?.day ?? today()).slice(0, 4)
  return (
    <>
      <PageHead
        crumbs={[{ title: '督学库' }]}
        title={`${year}年政府督学履职情况`}
        looks={
          <>
            <DatePicker
              picker="year"
              aria-label="年份"
              allowClear={false}
              format="YYYY年"
              value={dayjs(`${year}-01-01`)}
              onChange={(next) => next !== null && setSearch({ year: next.format('YYYY') })}
            />
            <Button onClick={() => window.print()}>打印</Button>
          </>
        }
        actions={<RecordActivityAction />}
      />
      <div className="filter-bar no-print" style={{ marginBottom: 12 }}>
        <LookBackControl list="activities" />
      </div>
      <LookBackNote />
      <Sheet year={year} />
      <DataTable
        name="activities"
        past="activities"
        hasPastAbove
        path="/api/supervisor-registry/activities"
        caption={`${year}年政府督学履职活动`}
        fixed={{ year }}
        rowKey={(one) => one.activityId}
        filters={[
          {
            kind: 'pick',
            key: 'supervisorId',
            label: '政府督学',
            render: (props: PickProps) => <GovernmentPick {...props} width={200} />,
          },
          { kind: 'select', key: 'kind', label: '类别', options: optionsOf(activityKinds) },
        ]}
        empty={<EmptyState title="这一年还没有活动">参与重大督导活动、调研指导、资政建议后，由督导室登记。</EmptyState>}
        columns={[
          { key: 'on', title: '日期', render: (one) => day(one.on), width: 140 },
          { key: 'name', title: '政府督学', render: (one) => one.supervisorName, width: 120 },
          { key: 'kind', title: '类别', render: (one) => activityKinds[one.kind], width: 130 },
          { key: 'title', title: '事项', render: (one) => one.title, width: 220 },
          { key: 'text', title: '内容', render: (one) => one.text },
          {
            key: 'actions',
            title: '办理',
            width: 80,
            text: () => '',
            render: (one) => <StrikeAction activity={one} />,
          },
        ]}
      />
    </>
  )
}

function GovernmentPick(props: PickProps & { width?: number; id?: string }) {
  return (
    <RemoteSelect
      {...props}
      path="/api/supervisor-registry/supervisors"
      query={{ category: 'government' }}
      searches
      idOf={(one) => one.supervisorId}
      labelOf={(one) => `${one.name}（${one.homeUnit}）`}
    />
  )
}

/** Everybody's year in a line, those without any activity included. */
function Sheet({ year }: { year: string }) {
  const [, setSearch] = useSearchState()
  const past = useLookBack()
  const sheet = useRead('/api/supervisor-registry/activities/sheet', { query: { year, ...past?.query } })
  if (sheet.isError) return <ErrorState error={sheet.error} onRetry={() => void sheet.refetch()} />
  const items = sheet.data?.body.items ?? []
  if (sheet.data !== undefined && items.length === 0)
    return (
      <Panel title="年度一览">
        {past !== undefined ? (
          <NothingThen />
        ) : (
          <EmptyState title="督学库里还没有政府督学">登记督学时选择“政府督学”，就会列入年度一览。</EmptyState>
        )}
      </Panel>
    )
  return (
    <section className="panel sheet-panel">
      <div className="panel-title">
        <h2>年度一览</h2>
      </div>
      <table className="plain-table" aria-label={`${year}年政府督学年度一览`}>
        <thead>
          <tr>
            <th scope="col">政府督学</th>
            <th scope="col">所在单位</th>
            <th scope="col">重大督导活动</th>
            <th scope="col">调研指导</th>
            <th scope="col">资政建议</th>
            <th scope="col">合计</th>
            <th scope="col">最近一次</th>
          </tr>
        </thead>
        <tbody>
          {items.map((line) => (
            <tr key={line.supervisorId}>
              <th scope="row">
                <Button type="link" size="small" onClick={() => setSearch({ supervisorId: line.supervisorId })}>
                  {line.name}
                </Button>
              </th>
              <td>{line.homeUnit}</td>
              <td className="tabular">{count(line.majorSupervision)} 次</td>
              <td className="tabular">{count(line.guidanceResearch)} 次</td>
              <td className="tabular">{count(line.policyAdvice)} 件</td>
              <td className="tabular">{count(line.total)}</td>
              <td>{line.lastOn === null ? '本年尚无活动' : day(line.lastOn)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function RecordActivityAction() {
  return (
    <ActionDialog<
      '/api/supervisor-registry/supervisors/{id}/activities',
      { supervisorId: string; on: string; kind: Activity['kind']; title: string; text: string }
    >
      kind="primary"
      label="登记活动"
      permission="registry.manage"
      path="/api/supervisor-registry/supervisors/{id}/activities"
      draft="activity-new"
      initial={{ on: today(), kind: 'major-supervision' }}
      toInput={({ supervisorId, ...body }) => ({ params: { path: { id: supervisorId } }, body })}
      doneMessage="活动已登记"
    >
      <Form.Item name="supervisorId" label="政府督学" rules={[{ required: true, message: '请选择政府督学' }]}>
        <GovernmentField />
      </Form.Item>
      <Form.Item name="on" label="日期" rules={[{ required: true }]}>
        <DayField to={today()} />
      </Form.Item>
      <Form.Item name="kind" label="类别" rules={[{ required: true }]}>
        <Select options={optionsOf(activityKinds)} />
      </Form.Item>
      <Form.Item name="title" label="事项" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} placeholder="如 春季开学专项督导" />
      </Form.Item>
      <Form.Item name="text" label="内容" rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={2000} />
      </Form.Item>
    </ActionDialog>
  )
}

/** The pick as a field of a form, which hands value and change in by itself. */
function GovernmentField(props: { value?: string; onChange?: (value: string | undefined) => void; id?: string }) {
  return (
    <RemoteSelect
      {...props}
      path="/api/supervisor-registry/supervisors"
      query={{ category: 'government', status: 'appointed' }}
      searches
      idOf={(one) => one.supervisorId}
      labelOf={(one) => `${one.name}（${one.homeUnit}）`}
    />
  )
}

function StrikeAction({ activity }: { activity: Activity }) {
  return (
    <ActionDialog<'/api/supervisor-registry/supervisors/{id}/activities/{activityId}/strike', { reason: string }>
      kind="link"
      label="撤销"
      permission="registry.manage"
      path="/api/supervisor-registry/supervisors/{id}/activities/{activityId}/strike"
      title="撤销误登的活动"
      toInput={({ reason }) => ({
        params: { path: { id: activity.supervisorId, activityId: activity.activityId } },
        body: { on: activity.on, reason },
      })}
      doneMessage="已撤销"
    >
      <Form.Item name="reason" label="撤销原因" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={200} />
      </Form.Item>
    </ActionDialog>
  )
}
