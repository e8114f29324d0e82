import { Link } from '@tanstack/react-router'
import { Button, Checkbox } from 'antd'
import { useState } from 'react'
import type { LedgerSchool } from '../../api/types.ts'
import { useApi, useRights } from '../../app/app-context.tsx'
import { usePages } from '../../app/use-read.ts'
import { AsOfLine } from '../../kit/as-of-line.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState, ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { count, day, today } from '../../words/format.ts'
import { answers as answerWords, ledgerStates } from '../../words/labels.ts'
import type { LampKind } from '../../words/lamps.ts'
import { PageHead } from '../kit/page-head.tsx'
import { LookBackControl, LookBackNote, NothingThen } from '../kit/past/look-back-control.tsx'
import { useLookBack } from '../kit/past/use-look-back.ts'
import { SchoolPick, SupervisorPick, ZonePick } from '../kit/pick/picks.tsx'
import { readAll } from '../kit/table/read-all.ts'
import { useExport } from '../kit/table/use-export.ts'
import { useSearchState } from '../kit/use-search-state.ts'
import './answer-table.css'

type Line = LedgerSchool['lines'][number]

const findingLamps: Record<Line['findings'][number]['state'], LampKind> = {
  proposed: 'information',
  confirmed: 'information',
  open: 'due-soon',
  dismissed: 'closed',
  cancelled: 'on-time',
  rebounded: 'due-soon',
}

/** 督导台账: every school, every item, and what became of what was found. */
export function LedgerPage() {
  const rights = useRights()
  const [search, setSearch] = useSearchState()
  const past = useLookBack()
  const unsettled = search.unsettled === 'true'
  const { schoolId, zoneId, supervisorId } = search
  const asked = {
    ...(unsettled ? { unsettled: 'true', limit: 100 } : { limit: 10 }),
    ...(schoolId === undefined ? {} : { schoolId }),
    ...(zoneId === undefined ? {} : { zoneId }),
    ...(supervisorId === undefined ? {} : { supervisorId }),
    ...past?.query,
  }
  const pages = usePages('/api/inspections/ledger', asked)
  const schools = joined(pages.data?.pages.flatMap((page) => page.body.items) ?? [])
  const wide = rights.scope('visit.read') === 'office'
  return (
    <>
      <PageHead
        crumbs={[{ title: '督导检查' }]}
        title="督导台账"
        looks={
          <>
            <ExportAll asked={asked} />
            <Button onClick={() => window.print()}>打印</Button>
          </>
        }
      />
      <search className="filter-bar no-print" aria-label="筛选" style={{ marginBottom: 12 }}>
        <Checkbox
          checked={unsettled}
          onChange={(event) => setSearch({ unsettled: event.target.checked ? 'true' : undefined })}
        >
          只看未了结的条目
        </Checkbox>
        <SchoolPick
          placeholder="学校"
          width={220}
          value={schoolId}
          onChange={(value) => setSearch({ schoolId: value })}
        />
        {wide && (
          <>
            <ZonePick
              placeholder="责任区"
              width={160}
              value={zoneId}
              onChange={(value) => setSearch({ zoneId: value })}
            />
            <SupervisorPick
              placeholder="督学"
              width={180}
              value={supervisorId}
              onChange={(value) => setSearch({ supervisorId: value })}
            />
          </>
        )}
        <LookBackControl list="ledger" />
      </search>
      <LookBackNote />
      {pages.isError && pages.data === undefined && (
        <ErrorState error={pages.error} onRetry={() => void pages.refetch()} />
      )}
      {pages.isPending && <SkeletonLines lines={8} />}
      {pages.data !== undefined && schools.length === 0 && (
        <div className="panel">
          {past !== undefined ? (
            <NothingThen />
          ) : (
            <EmptyState title={unsettled ? '没有未了结的条目' : '还没有学校'}>
              {unsettled ? '发现的问题都已销号或说明不采纳的理由。' : '学校在督学库中登记后，会逐校逐项列入台账。'}
            </EmptyState>
          )}
        </div>
      )}
      {schools.map((school) => (
        <SchoolLines key={school.schoolId} school={school} />
      ))}
      {schools.length > 0 && (
        <div className="list-foot">
          <span className="tabular">已显示 {count(schools.length)} 所学校</span>
          {pages.hasNextPage && (
            <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
              加载更多
            </Button>
          )}
          <AsOfLine view={pages.data?.pages.slice(-1)[0]?.view} />
        </div>
      )}
    </>
  )
}

function SchoolLines({ school }: { school: LedgerSchool }) {
  const open = school.lines.filter((line) => line.unsettled).length
  return (
    <section className="panel" style={{ marginBottom: 12 }}>
      <div className="panel-title">
        <h2>
          <Link to={`/schools/${school.schoolId}`}>{school.schoolName}</Link>
        </h2>
        <span className="quiet">
          {school.zoneName ?? '未划责任区'} · {count(school.lines.length)} 项，未了结 {count(open)} 项
        </span>
      </div>
      <div className="panel-body">
        <table className="answer-table">
          <thead>
            <tr>
              <th scope="col" style={{ width: 70 }}>
                编号
              </th>
              <th scope="col">条目</th>
              <th scope="col" style={{ width: 180 }}>
                清单
              </th>
              <th scope="col" style={{ width: 190 }}>
                最近督查
              </th>
              <th scope="col" style={{ width: 220 }}>
                办理情况
              </th>
            </tr>
          </thead>
          <tbody>
            {school.lines.map((line) => (
              <tr key={`${line.checklistId}.${line.itemCode}`}>
                <td className="tabular">{line.itemCode}</td>
                <td>
                  {line.itemTitle}
                  {line.itemGroup !== null && <p className="quiet">{line.itemGroup}</p>}
                </td>
                <td className="quiet">{line.checklistTitle}</td>
                <td>{line.visitId === null ? '还没有看过' : <LastSeen line={line} />}</td>
                <td>
                  {line.findings.length === 0
                    ? '—'
                    : line.findings.map((finding) => <Settled key={finding.findingId} finding={finding} />)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

function LastSeen({ line }: { line: Line }) {
  return (
    <Link to={`/visits/${line.visitId ?? ''}`}>
      {day(line.visitedOn)} 答“{line.answer === null ? '—' : answerWords[line.answer]}”
    </Link>
  )
}

function Settled({ finding }: { finding: Line['findings'][number] }) {
  return (
    <p>
      <StateLamp kind={findingLamps[finding.state]}>{ledgerStates[finding.state]}</StateLamp>{' '}
      {finding.problemId !== null && <Link to={`/problems/${finding.problemId}`}>查看问题</Link>}
    </p>
  )
}

/** Reads every page of what is shown, not only what is on screen, and saves one line per school and item. */
function ExportAll({ asked }: { asked: Readonly<Record<string, string | number>> }) {
  const api = useApi()
  const [at, setAt] = useState(0)
  const past = useLookBack()
  const { mayExport, exporting, exportList } = useExport()
  if (!mayExport) return null
  const rows = async () =>
    (await readAll(api, '/api/inspections/ledger', asked, setAt)).flatMap((school) =>
      school.lines.map((line) => [
        school.zoneName ?? '',
        school.schoolName,
        line.checklistTitle,
        line.itemGroup ?? '',
        line.itemCode,
        line.itemTitle,
        line.visitedOn ?? '',
        line.answer === null ? '' : answerWords[line.answer],
        line.unsettled ? '未了结' : line.findings.length > 0 ? '已了结' : '',
        line.findings.map(({ state }) => ledgerStates[state]).join('、'),
      ]),
    )
  const head = ['责任区', '学校', '清单', '分组', '编号', '条目', '最近督查', '结果', '是否了结', '办理情况']
  const list = {
    list: 'ledger',
    title: '督导台账',
    fileName: `督导台账-${past === undefined ? today() : past.line}`,
    ...(past === undefined ? {} : { line: past.line }),
    head,
    rows,
  }
  return (
    <Button loading={exporting} onClick={() => void exportList(list).finally(() => setAt(0))}>
      {at === 0 ? '导出' : `已读 ${count(at)} 所`}
    </Button>
  )
}

/** A school's unsettled lines may go on on the next page: shown as one. */
function joined(schools: readonly LedgerSchool[]): LedgerSchool[] {
  const bySchool = new Map<string, LedgerSchool>()
  for (const school of schools) {
    const known = bySchool.get(school.schoolId)
    bySchool.set(school.schoolId, known === undefined ? school : { ...known, lines: [...known.lines, ...school.lines] })
  }
  return [...bySchool.values()]
}
