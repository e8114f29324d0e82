import { Link, useParams } from '@tanstack/react-router'
import { App, Button, Form, Input } from 'antd'
import type { Bulletin } from '../../api/types.ts'
import { useMe, useRights } from '../../app/app-context.tsx'
import { useCommand } from '../../app/use-command.ts'
import { useThing } from '../../app/use-read.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { day, month as monthText } from '../../words/format.ts'
import { bulletinStates } from '../../words/labels.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { LetterPaper, SaveMadeFile } from '../kit/letter-paper.tsx'
import { QueryView } from '../kit/query-view.tsx'
import { LETTER_TAB, NextStep, RecordPage } from '../kit/record-page.tsx'

/** One bulletin: the letter as it reads, who is missing in it, and the way to its number. */
export function BulletinPage() {
  const { bulletinId = '' } = useParams({ strict: false }) as { bulletinId?: string }
  const query = useThing('/api/inspections/bulletins/{id}', { path: { id: bulletinId } })
  return (
    <QueryView query={query}>
      {(bulletin, view) => (
        <RecordPage
          crumbs={[{ title: '督导检查' }, { title: '督导通报', to: '/bulletins' }]}
          title={bulletin.documentNumber ?? `${monthText(bulletin.period)}督导通报`}
          state={
            <StateLamp strong kind={bulletin.state === 'issued' ? 'on-time' : 'information'}>
              {bulletinStates[bulletin.state]}
            </StateLamp>
          }
          actions={
            <>
              <SaveMadeFile
                url={`/api/inspections/bulletins/${bulletin.bulletinId}/letter`}
                name={`${bulletin.title}.docx`}
              >
                下载公文文档
              </SaveMadeFile>
              <Button onClick={() => window.print()}>打印</Button>
            </>
          }
          nextStep={<BulletinNextStep bulletin={bulletin} />}
          facts={[
            { label: '月份', value: monthText(bulletin.period) },
            { label: '文号', value: bulletin.documentNumber ?? `印发时取得，现为 ${bulletin.nextNumber ?? '—'}` },
            { label: '起草', value: `${day(bulletin.draftedOn)} ${bulletin.draftedBy}` },
            { label: '签发人', value: bulletin.approver ?? '—' },
            {
              label: '印发',
              value: bulletin.issuedOn === null ? '—' : `${day(bulletin.issuedOn)} ${bulletin.issuedBy ?? ''}`,
            },
            { label: '已汇入', value: `${bulletin.zones} 个责任区` },
            ...(bulletin.missing.length === 0
              ? []
              : [
                  {
                    label: '未提交汇总',
                    value: `${bulletin.missing.map(({ zoneName }) => zoneName).join('、')}：${bulletin.wording.missingReason ?? '尚未说明原因'}`,
                    wide: true,
                  },
                ]),
          ]}
          tabs={[
            {
              key: LETTER_TAB,
              label: '正文',
              children: (
                <div style={{ maxWidth: 760 }}>
                  <LetterPaper letter={bulletin.letter} label="督导通报正文" />
                </div>
              ),
            },
          ]}
          view={view}
        />
      )}
    </QueryView>
  )
}

function BulletinNextStep({ bulletin }: { bulletin: Bulletin }) {
  const me = useMe()
  const rights = useRights()
  const { message } = App.useApp()
  const redraw = useCommand('/api/inspections/bulletins')
  if (bulletin.state === 'issued' || !rights.can('bulletin.manage')) return undefined
  const changed = bulletin.changed.length > 0
  const unexplained = bulletin.missing.length > 0 && bulletin.wording.missingReason === null
  const what = changed
    ? `${bulletin.changed.join('、')}的汇总有变化，请重新汇入`
    : unexplained
      ? '有责任区未提交汇总，请催交或在通报中说明原因'
      : '核对正文，由负责人签发后印发'
  const again = () =>
    redraw.mutateAsync({ body: { period: bulletin.period } }).then(
      () => void message.success('已重新汇入各责任区汇总'),
      (refused: Error) => void message.error(refused.message),
    )
  return (
    <NextStep who="督导室" what={what} mine>
      <Button loading={redraw.isPending} type={changed ? 'primary' : 'default'} onClick={() => void again()}>
        重新汇入汇总
      </Button>
      <Link to={`/bulletins/${bulletin.bulletinId}/form`}>
        <Button>修改通报</Button>
      </Link>
      <ActionDialog<'/api/inspections/bulletins/{id}/issue', { approver: string }>
        label="印发通报"
        kind={changed ? 'default' : 'primary'}
        permission="bulletin.manage"
        path="/api/inspections/bulletins/{id}/issue"
        version={bulletin.version}
        lead={`印发后取得文号 ${bulletin.nextNumber ?? ''}，正文不能再改，各学校和责任区都能看到。`}
        initial={{ approver: me.name }}
        toInput={(values) => ({ params: { path: { id: bulletin.bulletinId } }, body: values })}
        submitLabel="印发"
        doneMessage="通报已印发"
      >
        <Form.Item name="approver" label="签发人" rules={[{ required: true, whitespace: true }]}>
          <Input maxLength={50} />
        </Form.Item>
      </ActionDialog>
    </NextStep>
  )
}
