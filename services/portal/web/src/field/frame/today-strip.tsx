import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMe, useRights } from '../../app/app-context.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { addDays, count, today } from '../../words/format.ts'
import { type LampKind, lampOfTask } from '../../words/lamps.ts'
import { useFieldRead } from '../store/use-field-read.ts'
import './today-strip.css'

interface Work {
  readonly key: string
  readonly to: string
  readonly label: string
  readonly number: number
  readonly lamp: LampKind
}

/** 今日工作 on the phone: what is late, due or waiting, each one tap from where it is done; kept for when there is no network. */
export function TodayStrip() {
  const works = [...useProblemWork(), ...useVisitWork(), ...useSelfCheckWork(), ...useTaskWork()]
  const waiting = works.filter(({ number }) => number > 0)
  return (
    <nav className="today-strip" aria-label="今日工作">
      {waiting.length === 0 ? (
        <p className="quiet">今天没有逾期、临期的工作。</p>
      ) : (
        <ul>
          {waiting.map(
            ({ key, to, label, number, lamp }): ReactNode => (
              <li key={key}>
                <Link to={to}>
                  <StateLamp kind={lamp}>{`${label} ${count(number)}`}</StateLamp>
                </Link>
              </li>
            ),
          )}
        </ul>
      )}
    </nav>
  )
}

function useProblemWork(): Work[] {
  const me = useMe()
  const rights = useRights()
  const query = useFieldRead(
    me.subject,
    '/api/rectification/problems',
    { query: { limit: 100, sort: 'due' } },
    rights.can('problem.read'),
  )
  const problems = query.data?.body.items ?? []
  const open = problems.filter(({ state }) => state !== 'cancelled')
  const number = (waits: (problem: (typeof problems)[number]) => boolean) => problems.filter(waits).length
  const to = '/problems'
  const late: Work = {
    key: 'late',
    to,
    label: '问题逾期',
    number: open.filter(({ overdue }) => overdue).length,
    lamp: 'overdue',
  }
  const due: Work = {
    key: 'due',
    to,
    label: '问题临期',
    number: open.filter(({ lamp }) => lamp === 'due-soon').length,
    lamp: 'due-soon',
  }
  if (rights.can('problem.report')) {
    const returned = number(({ state }) => state === 'returned')
    const demanded = number(({ state }) => state === 'demanded')
    return [
      late,
      due,
      { key: 'returned', to, label: '退回整改', number: returned, lamp: 'due-soon' },
      { key: 'demanded', to, label: '待整改', number: demanded, lamp: 'information' },
    ]
  }
  if (rights.can('problem.verify')) {
    const reported = number(({ state }) => state === 'reported')
    const again = number(({ reCheck }) => reCheck?.state === 'due' || reCheck?.state === 'overdue')
    return [
      late,
      due,
      { key: 'reported', to, label: '待核查', number: reported, lamp: 'information' },
      {
        key: 'again',
        to,
        label: '回头看',
        number: again,
        lamp: number(({ reCheck }) => reCheck?.state === 'overdue') > 0 ? 'overdue' : 'information',
      },
    ]
  }
  const asked = number(({ askedBody }) => askedBody !== null && askedBody === me.body)
  return [late, due, { key: 'asked', to, label: '待回复', number: asked, lamp: 'information' }]
}

function useVisitWork(): Work[] {
  const me = useMe()
  const may = useRights().can('visit.record')
  const schools = useFieldRead(me.subject, '/api/inspections/my-schools', {}, may)
  const left = schools.data?.body.items.filter(({ visitedThisMonth }) => !visitedThisMonth).length ?? 0
  const isClosing = addDays(today(), 7).slice(0, 7) !== today().slice(0, 7)
  return [{ key: 'visits', to: '/', label: '本月未走访', number: left, lamp: isClosing ? 'due-soon' : 'information' }]
}

function useSelfCheckWork(): Work[] {
  const me = useMe()
  const may = useRights().can('self-check.submit')
  const checks = useFieldRead(me.subject, '/api/inspections/self-checks', { query: { limit: 6 } }, may)
  const open = checks.data?.body.items.filter(({ state }) => state !== 'submitted') ?? []
  const lamp = open.some(({ dueOn }) => dueOn < today()) ? 'overdue' : 'due-soon'
  return [{ key: 'self-checks', to: '/tasks', label: '待提交自查', number: open.length, lamp }]
}

function useTaskWork(): Work[] {
  const me = useMe()
  const rights = useRights()
  // Everybody reads the plan; only those who report on it have work in it.
  const may = rights.can('task.report')
  const tasks = useFieldRead(me.subject, '/api/office/tasks', { query: { limit: 100 } }, may)
  const open = tasks.data?.body.items.filter(({ state }) => state !== 'completed') ?? []
  const marked = (lamp: LampKind) => open.filter((task) => lampOfTask(task, today()) === lamp).length
  return [
    { key: 'tasks-late', to: '/tasks', label: '任务逾期', number: marked('overdue'), lamp: 'overdue' },
    { key: 'tasks-due', to: '/tasks', label: '任务临期', number: marked('due-soon'), lamp: 'due-soon' },
  ]
}
