import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useRights } from '../../app/app-context.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { count, moment } from '../../words/format.ts'
import { checklistStates } from '../../words/labels.ts'
import { PageHead } from '../kit/page-head.tsx'
import { DataTable } from '../kit/table/data-table.tsx'

/** The checklists of the office. */
export function ChecklistList() {
  const rights = useRights()
  const draft = rights.can('checklist.manage') ? (
    <Link to="/checklists/new">
      <Button type="primary">起草清单</Button>
    </Link>
  ) : undefined
  return (
    <>
      <PageHead crumbs={[{ title: '督导检查' }]} title="督查清单" actions={draft} />
      <DataTable
        name="checklists"
        past="checklists"
        path="/api/inspections/checklists"
        caption="督查清单"
        rowKey={(checklist) => checklist.checklistId}
        rowTo={(checklist) => `/checklists/${checklist.checklistId}`}
        empty={
          <EmptyState title="这里将列出督查清单" action={draft}>
            清单规定进校督查要看的条目。督导室起草并发布后，督学在手机上逐条填写。
          </EmptyState>
        }
        columns={[
          { key: 'title', title: '名称', render: (checklist) => checklist.title, isTitle: true },
          {
            key: 'topics',
            title: '主题',
            render: (checklist) =>
              [...new Set(checklist.items.flatMap(({ group }) => (group === null ? [] : [group])))].join('、') || '—',
          },
          {
            key: 'items',
            title: '条目',
            render: (checklist) => count((checklist.draft ?? checklist).items.length),
            width: 90,
            align: 'right',
          },
          {
            key: 'state',
            title: '状态',
            render: (checklist) =>
              checklist.draft !== null && checklist.state === 'published' ? '修订中' : checklistStates[checklist.state],
            width: 110,
          },
          {
            key: 'publishedAt',
            title: '发布时间',
            render: (checklist) => (checklist.origin === 'office' ? moment(checklist.publishedAt) : '随系统提供'),
            width: 190,
          },
        ]}
      />
    </>
  )
}
