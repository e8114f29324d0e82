import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useRights } from '../../app/app-context.tsx'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { day, month as monthText } from '../../words/format.ts'
import { bulletinStates, optionsOf } from '../../words/labels.ts'
import { PageHead } from '../kit/page-head.tsx'
import { DataTable } from '../kit/table/data-table.tsx'

/** 督导通报 by month. */
export function BulletinList() {
  const rights = useRights()
  const office = rights.can('bulletin.manage')
  const begin = office ? (
    <Link to="/routine">
      <Button type="primary">查看本月进度</Button>
    </Link>
  ) : undefined
  return (
    <>
      <PageHead crumbs={[{ title: '督导检查' }]} title="督导通报" actions={begin} />
      <DataTable
        name="bulletins"
        past="bulletins"
        path="/api/inspections/bulletins"
        caption="督导通报"
        rowKey={(bulletin) => bulletin.bulletinId}
        rowTo={(bulletin) => `/bulletins/${bulletin.bulletinId}`}
        filters={[
          { kind: 'month', key: 'period', label: '月份' },
          ...(office
            ? [{ kind: 'select', key: 'state', label: '状态', options: optionsOf(bulletinStates) } as const]
            : []),
        ]}
        empty={
          <EmptyState title="这里将列出督导通报" action={begin}>
            各责任区提交汇总后，督导室在“经常性督导”中起草通报，印发后各学校都能看到。
          </EmptyState>
        }
        columns={[
          { key: 'title', title: '通报', render: (bulletin) => bulletin.title, isTitle: true },
          { key: 'number', title: '文号', render: (bulletin) => bulletin.documentNumber ?? '—', width: 200 },
          { key: 'period', title: '月份', render: (bulletin) => monthText(bulletin.period), width: 120 },
          { key: 'zones', title: '责任区', render: (bulletin) => `${bulletin.zones} 个`, width: 100 },
          { key: 'approver', title: '签发人', render: (bulletin) => bulletin.approver ?? '—', width: 140 },
          { key: 'issuedOn', title: '印发日期', render: (bulletin) => day(bulletin.issuedOn), width: 150 },
          {
            key: 'state',
            title: '状态',
            width: 120,
            text: (bulletin) => bulletinStates[bulletin.state],
            render: (bulletin) => (
              <StateLamp kind={bulletin.state === 'issued' ? 'on-time' : 'information'}>
                {bulletinStates[bulletin.state]}
              </StateLamp>
            ),
          },
        ]}
      />
    </>
  )
}
