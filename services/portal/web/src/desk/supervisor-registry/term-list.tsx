import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { count, day, today } from '../../words/format.ts'
import { employments, optionsOf, supervisorCategories, termStates } from '../../words/labels.ts'
import { PageHead } from '../kit/page-head.tsx'
import { DataTable } from '../kit/table/data-table.tsx'
import { AppointAction } from './appoint-action.tsx'
import { termLamps } from './supervisor-list.tsx'

const dueStates = { 'near-end': termStates['near-end'], ended: termStates.ended } as const

/** Whose term nears its end or is over, with the next term as the rules propose it. */
export function TermList() {
  return (
    <>
      <PageHead crumbs={[{ title: '督学库' }]} title="到期选聘" />
      <DataTable
        name="terms"
        past="terms"
        path="/api/supervisor-registry/terms"
        caption="到期选聘"
        rowKey={(one) => one.supervisorId}
        rowTo={(one) => `/supervisors/${one.supervisorId}`}
        filters={[
          { kind: 'select', key: 'termState', label: '任期', options: optionsOf(dueStates) },
          { kind: 'select', key: 'category', label: '类别', options: optionsOf(supervisorCategories) },
        ]}
        empty={
          <EmptyState title="没有将到期或届满的督学">
            任期届满前九十天起会列在这里，届满后不再安排新任务，可在此办理续聘。
          </EmptyState>
        }
        columns={[
          { key: 'name', title: '姓名', render: (one) => one.name, isTitle: true },
          {
            key: 'category',
            title: '类别',
            width: 140,
            render: (one) => `${supervisorCategories[one.category]} · ${employments[one.employment]}`,
          },
          {
            key: 'state',
            title: '任期',
            width: 140,
            text: (one) => dueStates[one.termState],
            render: (one) => <StateLamp kind={termLamps[one.termState]}>{dueStates[one.termState]}</StateLamp>,
          },
          { key: 'termTo', title: '任期至', render: (one) => day(one.termTo), width: 140 },
          {
            key: 'left',
            title: '剩余',
            width: 110,
            render: (one) => (one.daysLeft >= 0 ? `${one.daysLeft} 天` : `已过 ${-one.daysLeft} 天`),
          },
          {
            key: 'terms',
            title: '连续任职',
            width: 120,
            render: (one) =>
              one.employment === 'part-time'
                ? `${one.consecutiveTerms} 届，上限 ${one.limit} 届`
                : `${one.consecutiveTerms} 届`,
          },
          {
            key: 'schools',
            title: '负责学校',
            width: 100,
            align: 'right',
            render: (one) => `${count(one.schools)} 所`,
          },
          {
            key: 'next',
            title: '下一届',
            width: 250,
            render: (one) =>
              one.renewable ? `${day(one.nextFrom)} 至 ${day(one.nextTo)}` : '连续任期已满，应另选他人',
          },
          {
            key: 'actions',
            title: '办理',
            width: 90,
            text: () => '',
            render: (one) =>
              one.renewable ? (
                <AppointAction
                  kind="link"
                  label="续聘"
                  supervisorId={one.supervisorId}
                  version={one.version}
                  termFrom={one.nextFrom}
                  termTo={one.nextTo}
                  decidedOn={today()}
                />
              ) : null,
          },
        ]}
      />
    </>
  )
}
