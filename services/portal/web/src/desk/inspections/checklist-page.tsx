import { useParams } from '@tanstack/react-router'
import { Tag } from 'antd'
import { useRights } from '../../app/app-context.tsx'
import { useThing } from '../../app/use-read.ts'
import { moment } from '../../words/format.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { QueryView } from '../kit/query-view.tsx'
import { NextStep, RecordPage } from '../kit/record-page.tsx'
import './answer-table.css'

/** One checklist as it stands. */
export function ChecklistPage() {
  const { checklistId = '' } = useParams({ strict: false }) as { checklistId?: string }
  const rights = useRights()
  const query = useThing('/api/inspections/checklists/{id}', { path: { id: checklistId } })
  return (
    <QueryView query={query}>
      {(checklist, view) => (
        <RecordPage
          crumbs={[{ title: '督导检查' }, { title: '督查清单', to: '/checklists' }]}
          title={checklist.title}
          state={<Tag>{checklist.state === 'published' ? '已发布' : '草稿'}</Tag>}
          nextStep={
            checklist.state === 'published' ? undefined : (
              <NextStep who="督导室" what="检查条目后发布" mine={rights.can('checklist.manage')}>
                <ActionDialog
                  kind="primary"
                  label="发布清单"
                  permission="checklist.manage"
                  path="/api/inspections/checklists/{id}/publish"
                  version={checklist.version}
                  lead="发布后可用于安排督查；已发布的清单不能再改，需要修改时另起一版。"
                  toInput={() => ({ params: { path: { id: checklist.checklistId } }, body: {} })}
                  doneMessage="清单已发布"
                />
              </NextStep>
            )
          }
          facts={[
            { label: '条目', value: `${checklist.items.length} 条` },
            { label: '发布时间', value: moment(checklist.publishedAt) },
          ]}
          tabs={[
            {
              key: 'items',
              label: '条目',
              children: (
                <table className="answer-table">
                  <thead>
                    <tr>
                      <th scope="col" style={{ width: 70 }}>
                        编号
                      </th>
                      <th scope="col">条目</th>
                      <th scope="col">依据</th>
                      <th scope="col">怎么看</th>
                    </tr>
                  </thead>
                  <tbody>
                    {checklist.items.map((item) => (
                      <tr key={item.code}>
                        <td className="tabular">{item.code}</td>
                        <td>{item.title}</td>
                        <td>{item.clause ?? '—'}</td>
                        <td>{item.prompt ?? '—'}</td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              ),
            },
          ]}
          view={view}
        />
      )}
    </QueryView>
  )
}
