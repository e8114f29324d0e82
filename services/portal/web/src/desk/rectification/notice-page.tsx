import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useThing } from '../../app/use-read.ts'
import { day } from '../../words/format.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { LetterPaper, SaveMadeFile } from '../kit/letter-paper.tsx'
import { QueryView } from '../kit/query-view.tsx'
import { LETTER_TAB, RecordPage } from '../kit/record-page.tsx'

/** One 督办通知 as issued: on paper, as a Word file, and whether the school has acknowledged it. */
export function NoticePage() {
  const { noticeId = '' } = useParams({ strict: false }) as { noticeId?: string }
  const query = useThing('/api/rectification/notices/{id}', { path: { id: noticeId } })
  return (
    <QueryView query={query}>
      {(notice, view) => (
        <RecordPage
          crumbs={[{ title: '整改问责' }, { title: '督办通知', to: '/notices' }]}
          title={notice.documentNumber}
          actions={
            <>
              {notice.receivedOn === null && (
                <ActionDialog<'/api/rectification/notices/{id}/receive', Record<string, never>>
                  kind="primary"
                  label="签收"
                  permission="problem.report"
                  thing={notice}
                  path="/api/rectification/notices/{id}/receive"
                  lead="签收后，督导室可以看到本校已收到这份督办通知。"
                  toInput={() => ({ params: { path: { id: noticeId } } })}
                  doneMessage="已签收"
                />
              )}
              <SaveMadeFile
                url={`/api/rectification/notices/${noticeId}/letter.docx`}
                name={`督办通知 ${notice.documentNumber}.docx`}
              >
                下载公文文档
              </SaveMadeFile>
              <Button onClick={() => window.print()}>打印</Button>
            </>
          }
          facts={[
            { label: '督办级别', value: notice.levelName },
            { label: '学校', value: notice.schoolName },
            {
              label: '问题',
              value: (
                <Link to={`/problems/${notice.problemId}`}>
                  {notice.problemNumber} {notice.title}
                </Link>
              ),
            },
            { label: '整改决定', value: notice.decisionNumber ?? '—' },
            { label: '逾期', value: `${notice.workingDaysOverdue} 个工作日` },
            { label: '新的期限', value: day(notice.newDueOn) },
            { label: '发出日期', value: day(notice.issuedOn) },
            {
              label: '签收',
              value: notice.receivedOn === null ? '未签收' : `${day(notice.receivedOn)} ${notice.receivedBy ?? ''}`,
            },
          ]}
          tabs={[{ key: LETTER_TAB, label: '正文', children: <NoticeLetter noticeId={noticeId} /> }]}
          view={view}
        />
      )}
    </QueryView>
  )
}

function NoticeLetter({ noticeId }: { noticeId: string }) {
  const letter = useThing('/api/rectification/notices/{id}/letter', { path: { id: noticeId } })
  return <QueryView query={letter}>{(lines) => <LetterPaper letter={lines} label="督办通知正文" />}</QueryView>
}
