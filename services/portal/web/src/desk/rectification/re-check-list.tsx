import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { day } from '../../words/format.ts'
import { effects, optionsOf, reCheckStates, severities } from '../../words/labels.ts'
import type { LampKind } from '../../words/lamps.ts'
import { PageHead } from '../kit/page-head.tsx'
import { SchoolPick, ZonePick } from '../kit/pick/picks.tsx'
import { DataTable } from '../kit/table/data-table.tsx'

const lampOf: Record<keyof typeof reCheckStates, LampKind> = {
  waiting: 'information',
  due: 'due-soon',
  overdue: 'overdue',
  done: 'on-time',
}

/** 回头看: what was cancelled and has to be looked at again, the most pressing first. */
export function ReCheckList() {
  return (
    <>
      <PageHead crumbs={[{ title: '整改问责' }]} title="回头看" />
      <DataTable
        name="re-checks"
        past="problems"
        path="/api/rectification/problems"
        caption="回头看"
        fixed={{ open: 'false', sort: 're-check' }}
        defaults={{ effect: 'unconfirmed' }}
        rowKey={(problem) => problem.problemId}
        rowTo={(problem) => `/problems/${problem.problemId}`}
        filters={[
          { kind: 'search', key: 'q', label: '问题、编号' },
          { kind: 'select', key: 'reCheck', label: '回头看', options: optionsOf(reCheckStates) },
          { kind: 'select', key: 'effect', label: '整改成效', options: optionsOf(effects) },
          { kind: 'pick', key: 'zoneId', label: '责任区', render: (props) => <ZonePick {...props} width={140} /> },
          { kind: 'pick', key: 'schoolId', label: '学校', render: (props) => <SchoolPick {...props} width={170} /> },
        ]}
        empty={
          <EmptyState title="没有需要回头看的问题">
            问题销号后会自动安排回头看，到时间由责任督学复查；复查通过、成效确认以前，问题一直列在这里。
          </EmptyState>
        }
        columns={[
          { key: 'number', title: '编号', render: (problem) => problem.number, width: 126 },
          { key: 'title', title: '问题', render: (problem) => problem.title, isTitle: true },
          { key: 'school', title: '学校', render: (problem) => problem.schoolName, width: 180 },
          { key: 'severity', title: '程度', render: (problem) => severities[problem.severity], width: 64 },
          {
            key: 'reCheck',
            title: '回头看',
            width: 120,
            text: (problem) => (problem.reCheck === null ? '—' : reCheckStates[problem.reCheck.state]),
            render: (problem) =>
              problem.reCheck === null ? (
                '—'
              ) : (
                <StateLamp kind={lampOf[problem.reCheck.state]}>{reCheckStates[problem.reCheck.state]}</StateLamp>
              ),
          },
          { key: 'from', title: '开始', render: (problem) => day(problem.reCheck?.from), width: 140 },
          { key: 'dueOn', title: '截止', render: (problem) => day(problem.reCheck?.dueOn), width: 140 },
          {
            key: 'effect',
            title: '整改成效',
            render: (problem) => (problem.effect === null ? '—' : effects[problem.effect]),
            width: 110,
          },
          { key: 'supervisor', title: '责任督学', render: (problem) => problem.supervisorName ?? '—', width: 110 },
          {
            key: 'cancelledOn',
            title: '销号日期',
            render: (problem) => day(problem.cancelledOn),
            width: 140,
            optional: true,
          },
        ]}
      />
    </>
  )
}
