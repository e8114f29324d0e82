import { Link } from '@tanstack/react-router'
import { App, Button } from 'antd'
import type { RoutineMonth } from '../../api/types.ts'
import { useRights } from '../../app/app-context.tsx'
import { useCommand } from '../../app/use-command.ts'
import { useRead } from '../../app/use-read.ts'
import { AsOfLine } from '../../kit/as-of-line.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { count, day, month as monthText, percent } from '../../words/format.ts'
import { zoneSummaryStates } from '../../words/labels.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { Panel } from '../kit/panel.tsx'
import { searchOf, useLookBack } from '../kit/past/use-look-back.ts'
import { QueryView } from '../kit/query-view.tsx'
import { TileRow } from '../kit/tile-row.tsx'
import '../inspections/answer-table.css'
import { MonthPick, useMonth } from './month-pick.tsx'
import { RoutinePast } from './routine-past.tsx'
import './routine.css'

/** 经常性督导 of a month: how far each of the four steps is, and who is missing in it. */
export function RoutinePage() {
  const period = useMonth()
  const past = useLookBack()
  const query = useRead('/api/inspections/routine', { query: { period, ...past?.query } })
  return (
    <>
      <PageHead
        crumbs={[{ title: '督导检查' }]}
        title={`${monthText(period)}经常性督导`}
        looks={
          <>
            <MonthPick />
            <Button onClick={() => window.print()}>打印</Button>
          </>
        }
        actions={<OpenSelfChecks period={period} />}
      />
      <RoutinePast more={{ 'zone-summaries': '汇总差异', bulletins: '通报差异' }} />
      <QueryView query={query}>
        {(routine, view) => (
          <>
            <Steps routine={routine} />
            <Zones routine={routine} />
            <Missing title="未提交自查" rows={routine.withoutSelfCheck} done="每所学校和机构都已提交自查。" />
            <Missing title="未进校督查" rows={routine.withoutVisit} done="每所学校都已进校督查。" />
            <AsOfLine view={view} />
          </>
        )}
      </QueryView>
    </>
  )
}

function OpenSelfChecks({ period }: { period: string }) {
  return (
    <ActionDialog<'/api/inspections/self-checks/open', Record<string, never>>
      label="开启学校自查"
      permission="bulletin.manage"
      path="/api/inspections/self-checks/open"
      lead={`向全部在办学校、幼儿园和校外培训机构开启${monthText(period)}的自查；已经开启的不会重复。系统每天也会自动补开。`}
      toInput={() => ({ body: { period } })}
      submitLabel="开启"
      doneMessage="已开启"
    />
  )
}

function Steps({ routine }: { routine: RoutineMonth }) {
  const { counts, zones, bulletin, period } = routine
  const past = searchOf(useLookBack())
  const ofZones = zones.filter(({ zoneId }) => zoneId !== null)
  const handedIn = ofZones.filter(({ summary }) => summary === 'submitted').length
  const share = (done: number, all: number): string => (all === 0 ? '' : `完成 ${percent(done / all)}`)
  return (
    <TileRow
      tiles={[
        {
          label: '一、学校自查',
          value: counts.selfChecks,
          unit: `/ ${counts.schools} 所`,
          to: '/self-checks',
          search: { period, ...past },
          lamp: counts.selfChecks === counts.schools ? 'on-time' : 'due-soon',
          note: share(counts.selfChecks, counts.schools),
        },
        {
          label: '二、责任督学督查',
          value: counts.visited,
          unit: `/ ${counts.toVisit} 所`,
          to: '/visits',
          search: { month: period, state: 'recorded', ...past },
          lamp: counts.visited === counts.toVisit ? 'on-time' : 'due-soon',
          note: share(counts.visited, counts.toVisit),
        },
        {
          label: '三、责任区汇总',
          value: handedIn,
          unit: `/ ${ofZones.length} 个`,
          to: '/zone-summaries',
          search: { period, ...past },
          lamp: handedIn === ofZones.length ? 'on-time' : 'due-soon',
          note: share(handedIn, ofZones.length),
        },
        {
          label: '四、督导室通报',
          value: bulletin?.state === 'issued' ? '已印发' : bulletin === null ? '未起草' : '起草中',
          to: bulletin === null ? '/bulletins' : `/bulletins/${bulletin.bulletinId}`,
          ...(bulletin === null ? { search: past } : {}),
          lamp: bulletin?.state === 'issued' ? 'on-time' : 'information',
          ...(bulletin?.documentNumber == null ? {} : { note: bulletin.documentNumber }),
        },
      ]}
    />
  )
}

function Zones({ routine }: { routine: RoutineMonth }) {
  const rights = useRights()
  const { message } = App.useApp()
  const draft = useCommand('/api/inspections/bulletins')
  const { period, zones, bulletin, dueOn } = routine
  // Nothing is done to a month that is shown as it was.
  const acts = useLookBack() === undefined
  const begin = () =>
    draft.mutateAsync({ body: { period } }).then(
      () => void message.success('通报已起草，可以在“督导通报”中修改和印发'),
      (refused: Error) => void message.error(refused.message),
    )
  return (
    <Panel
      title="各责任区"
      extra={
        <span className="no-print">
          {dueOn !== null && <span className="quiet">自查截止 {day(dueOn)} </span>}
          {acts && rights.can('zone-summary.submit') && (
            <Link to="/zone-summaries/new" search={{ period } as never}>
              <Button type="primary">填写责任区汇总</Button>
            </Link>
          )}
          {acts && rights.can('bulletin.manage') && bulletin === null && (
            <Button type="primary" loading={draft.isPending} onClick={() => void begin()}>
              起草督导通报
            </Button>
          )}
        </span>
      }
    >
      {zones.length === 0 ? (
        <EmptyState title="这个月没有学校">学校在督学库中登记并划入责任区后，会列在这里。</EmptyState>
      ) : (
        <table className="answer-table routine-table">
          <thead>
            <tr>
              <th scope="col">责任区</th>
              <th scope="col">自查</th>
              <th scope="col">进校督查</th>
              <th scope="col">督查次数</th>
              <th scope="col">发现问题</th>
              <th scope="col">转入整改</th>
              <th scope="col">未销号</th>
              <th scope="col">汇总</th>
            </tr>
          </thead>
          <tbody>
            {zones.map(({ zoneId, zoneName, counts, summary, summaryId }) => (
              <tr key={zoneId ?? 'none'}>
                <th scope="row">{zoneName}</th>
                <td>{`${counts.selfChecks} / ${counts.schools}`}</td>
                <td>{`${counts.visited} / ${counts.toVisit}`}</td>
                <td>{count(counts.visits)}</td>
                <td>{count(counts.findings)}</td>
                <td>{count(counts.confirmed)}</td>
                <td>{count(counts.openProblems)}</td>
                <td>
                  <StateLamp
                    kind={summary === 'submitted' ? 'on-time' : summary === 'returned' ? 'overdue' : 'due-soon'}
                  >
                    {zoneId === null ? '无责任区' : zoneSummaryStates[summary]}
                  </StateLamp>
                  {summaryId !== null && <Link to={`/zone-summaries/${summaryId}`}> 查看</Link>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Panel>
  )
}

function Missing({ title, rows, done }: { title: string; rows: RoutineMonth['withoutVisit']; done: string }) {
  return (
    <Panel title={`${title}（${rows.length}）`}>
      {rows.length === 0 ? (
        <p className="quiet">{done}</p>
      ) : (
        <ul className="routine-missing">
          {rows.map((row) => (
            <li key={row.schoolId}>
              {row.selfCheckId !== null ? (
                <Link to={`/self-checks/${row.selfCheckId}`}>{row.name}</Link>
              ) : (
                <Link to={`/schools/${row.schoolId}`}>{row.name}</Link>
              )}
              <span className="quiet">
                {row.zoneName ?? '未划责任区'} · {row.supervisorName ?? '未挂牌'}
                {row.selfCheck === 'not-opened' && ' · 自查尚未开启'}
                {row.selfCheck === 'returned' && ' · 自查已退回'}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
