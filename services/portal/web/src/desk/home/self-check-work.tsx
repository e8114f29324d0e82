import { useRead } from '../../app/use-read.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { day, month as monthText, today } from '../../words/format.ts'
import { selfCheckStates } from '../../words/labels.ts'
import { WorkList } from './work-list.tsx'

/** Self-checks that the school still has to hand in. */
export function SelfCheckWork() {
  const list = useRead('/api/inspections/self-checks', { query: { limit: 12 } })
  const open = list.data?.body.items.filter(({ state }) => state !== 'submitted')
  return (
    <WorkList
      title="待提交的学校自查"
      to="/self-checks"
      nothing="没有待提交的自查。每月初系统会开启当月的自查。"
      error={list.error}
      onRetry={() => void list.refetch()}
      more={(open?.length ?? 0) > 6}
      rows={open?.slice(0, 6).map((check) => ({
        key: check.selfCheckId,
        to: `/self-checks/${check.selfCheckId}`,
        title: `${monthText(check.period)}自查`,
        note: `${check.checklistTitle} · ${day(check.dueOn)}前提交`,
        mark: (
          <StateLamp kind={check.dueOn < today() ? 'overdue' : 'due-soon'}>{selfCheckStates[check.state]}</StateLamp>
        ),
      }))}
    />
  )
}
