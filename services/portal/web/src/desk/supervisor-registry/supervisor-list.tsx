import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { Supervisor } from '../../api/types.ts'
import { useRights } from '../../app/app-context.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { count, day } from '../../words/format.ts'
import { employments, optionsOf, paperStates, supervisorCategories, termStates } from '../../words/labels.ts'
import type { LampKind } from '../../words/lamps.ts'
import { PageHead } from '../kit/page-head.tsx'
import { DataTable } from '../kit/table/data-table.tsx'
import { paperLamps } from './paper-lamps.ts'

export const termLamps: Record<Supervisor['termState'], LampKind> = {
  none: 'information',
  running: 'on-time',
  'near-end': 'due-soon',
  ended: 'closed',
}

/** The people who supervise. */
export function SupervisorList() {
  const rights = useRights()
  const register = rights.can('registry.manage') ? (
    <>
      <Link to="/supervisors/import">
        <Button>批量导入</Button>
      </Link>
      <Link to="/supervisors/new">
        <Button type="primary">登记督学</Button>
      </Link>
    </>
  ) : undefined
  return (
    <>
      <PageHead crumbs={[{ title: '督学库' }]} title="督学" actions={register} />
      <DataTable
        name="supervisors"
        past="supervisors"
        path="/api/supervisor-registry/supervisors"
        caption="督学"
        rowKey={(supervisor) => supervisor.supervisorId}
        rowTo={(supervisor) => `/supervisors/${supervisor.supervisorId}`}
        filters={[
          { kind: 'search', key: 'q', label: '姓名或单位' },
          { kind: 'select', key: 'category', label: '类别', options: optionsOf(supervisorCategories) },
          { kind: 'select', key: 'employment', label: '专兼职', options: optionsOf(employments) },
          { kind: 'select', key: 'termState', label: '任期', options: optionsOf(termStates) },
        ]}
        empty={
          <EmptyState title="没有符合条件的督学" action={register}>
            督学由督导室登记，聘任后发督学证，再安排到学校挂牌。
          </EmptyState>
        }
        columns={[
          { key: 'name', title: '姓名', render: (one) => one.name, isTitle: true, width: 120 },
          { key: 'category', title: '类别', render: (one) => supervisorCategories[one.category], width: 100 },
          { key: 'employment', title: '专兼职', render: (one) => employments[one.employment], width: 80 },
          { key: 'homeUnit', title: '所在单位', render: (one) => one.homeUnit },
          { key: 'field', title: '专长', render: (one) => one.field },
          {
            key: 'schools',
            title: '负责学校',
            render: (one) => `${count(one.schools)} 所`,
            width: 100,
            align: 'right',
          },
          {
            key: 'term',
            title: '任期',
            width: 130,
            text: (one) => termStates[one.termState],
            render: (one) => <StateLamp kind={termLamps[one.termState]}>{termStates[one.termState]}</StateLamp>,
          },
          { key: 'termTo', title: '任期至', render: (one) => day(one.termTo), width: 150 },
          { key: 'phone', title: '电话', render: (one) => one.phoneMasked ?? '—', width: 130, optional: true },
          {
            key: 'certificate',
            title: '督学证号',
            render: (one) => one.certificateNumber ?? '—',
            width: 170,
            optional: true,
          },
          {
            key: 'certificateState',
            title: '督学证',
            width: 110,
            text: (one) => (one.certificateState === 'none' ? '未颁发' : paperStates[one.certificateState]),
            render: (one) =>
              one.certificateState === 'none' ? (
                '未颁发'
              ) : (
                <StateLamp kind={paperLamps[one.certificateState]}>{paperStates[one.certificateState]}</StateLamp>
              ),
          },
        ]}
      />
    </>
  )
}
