import { EmptyState } from '../../kit/states.tsx'
import { day } from '../../words/format.ts'
import { PageHead } from '../kit/page-head.tsx'
import { DataTable } from '../kit/table/data-table.tsx'

/** Every numbered 督办通知. */
export function NoticeList() {
  return (
    <>
      <PageHead crumbs={[{ title: '整改问责' }]} title="督办通知" />
      <DataTable
        name="notices"
        past="notices"
        path="/api/rectification/notices"
        caption="督办通知"
        rowKey={(notice) => notice.noticeId}
        rowTo={(notice) => `/notices/${notice.noticeId}`}
        empty={
          <EmptyState title="这里将列出督办通知">
            问题逾期后，在问题页面“发督办通知”，取得文号并给出新的期限。
          </EmptyState>
        }
        columns={[
          { key: 'number', title: '文号', render: (notice) => notice.documentNumber, isTitle: true, width: 220 },
          { key: 'problem', title: '问题', render: (notice) => `${notice.problemNumber} ${notice.title}` },
          { key: 'school', title: '学校', render: (notice) => notice.schoolName, width: 200 },
          { key: 'level', title: '督办级别', render: (notice) => notice.levelName, width: 110 },
          { key: 'issued', title: '发出日期', render: (notice) => day(notice.issuedOn), width: 160 },
          {
            key: 'received',
            title: '签收',
            render: (notice) => (notice.receivedOn === null ? '未签收' : day(notice.receivedOn)),
            width: 150,
          },
          { key: 'due', title: '新的期限', render: (notice) => day(notice.newDueOn), width: 160 },
        ]}
      />
    </>
  )
}
