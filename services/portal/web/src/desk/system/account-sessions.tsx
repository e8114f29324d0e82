import { Form, Input, Table } from 'antd'
import type { AnswerOf } from '../../api/client.ts'
import { useRead } from '../../app/use-read.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState, ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { moment } from '../../words/format.ts'
import { sessionStates } from '../../words/labels.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'

type Session = AnswerOf<'/api/supervisor-registry/accounts/{id}/sessions'>['items'][number]

/** Where the person is or was signed in. */
export function AccountSessions({ accountId }: { accountId: string }) {
  const read = useRead('/api/supervisor-registry/accounts/{id}/sessions', { path: { id: accountId } })
  if (read.isError) return <ErrorState error={read.error} onRetry={() => void read.refetch()} />
  if (read.data === undefined) return <SkeletonLines lines={3} />
  const { items } = read.data.body
  if (items.length === 0) return <EmptyState title="还没有登录过">此人登录后，会列出设备、网络地址和时间。</EmptyState>
  return (
    <Table<Session>
      size="middle"
      pagination={false}
      rowKey={(session) => session.sessionId}
      dataSource={[...items]}
      columns={[
        { title: '设备', render: (_, session) => session.device },
        { title: '网络地址', width: 140, render: (_, session) => session.ip },
        { title: '登录时间', width: 170, render: (_, session) => moment(session.beganAt) },
        {
          title: '状态',
          width: 200,
          render: (_, { state, reason }) => (
            <StateLamp kind={state === 'open' ? 'on-time' : 'closed'}>
              {reason === null ? sessionStates[state] : `${sessionStates[state]}：${reason}`}
            </StateLamp>
          ),
        },
        {
          title: '办理',
          width: 90,
          render: (_, session) => session.state === 'open' && <RevokeSession accountId={accountId} session={session} />,
        },
      ]}
    />
  )
}

function RevokeSession({ accountId, session }: { accountId: string; session: Session }) {
  return (
    <ActionDialog<'/api/supervisor-registry/accounts/{id}/sessions/{sessionId}/revoke', { reason: string }>
      kind="link"
      label="收回"
      danger
      permission="account.manage"
      path="/api/supervisor-registry/accounts/{id}/sessions/{sessionId}/revoke"
      title={`收回“${session.device}”上的登录`}
      lead="该设备立即退出登录。"
      submitLabel="收回登录"
      toInput={(body) => ({ params: { path: { id: accountId, sessionId: session.sessionId } }, body })}
      doneMessage="这次登录已收回"
    >
      <Form.Item name="reason" label="原因" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={200} placeholder="如 设备遗失" />
      </Form.Item>
    </ActionDialog>
  )
}
