import type { OwnSession } from '../../api/types.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { moment } from '../../words/format.ts'
import { sessionStates } from '../../words/labels.ts'
import { PageHead } from '../kit/page-head.tsx'
import { DataTable } from '../kit/table/data-table.tsx'
import { AskedButton } from './asked-button.tsx'
import { useAction } from './use-action.ts'

/** Where I am signed in, and a way to end it there. */
export function MySessions() {
  return (
    <>
      <PageHead crumbs={[{ title: '本人' }]} title="我的会话" />
      <DataTable
        name="my-sessions"
        path="/auth/sessions"
        caption="我的会话"
        rowKey={(session) => session.sessionId}
        empty={
          <EmptyState title="没有登录会话">
            用单位账号登录后，每次登录都列在这里，可以收回别处的登录。演示身份没有登录会话。
          </EmptyState>
        }
        columns={[
          {
            key: 'device',
            title: '设备',
            text: ({ device }) => device,
            render: ({ device, current }) => (current ? <strong>{device}（本次登录）</strong> : device),
          },
          { key: 'ip', title: '网络地址', render: ({ ip }) => ip, width: 160 },
          { key: 'beganAt', title: '登录时间', render: ({ beganAt }) => moment(beganAt), width: 180 },
          { key: 'seenAt', title: '最近使用（精确到一小时）', render: ({ seenAt }) => moment(seenAt), width: 200 },
          {
            key: 'state',
            title: '状态',
            width: 210,
            text: ({ state }) => sessionStates[state],
            render: ({ state }) => (
              <StateLamp kind={state === 'open' ? 'on-time' : 'closed'}>{sessionStates[state]}</StateLamp>
            ),
          },
          {
            key: 'actions',
            title: '办理',
            width: 100,
            text: () => '',
            render: (session) => <RevokeOwn session={session} />,
          },
        ]}
      />
    </>
  )
}

function RevokeOwn({ session }: { session: OwnSession }) {
  const revoke = useAction('/auth/sessions/{id}/revoke', '这次登录已收回')
  if (session.state !== 'open' || session.current) return null
  return (
    <AskedButton
      label="收回"
      question={`收回“${session.device}”上的登录？`}
      consequence="该设备立即退出登录，没有提交的内容仍保存在那台设备上。"
      isPending={revoke.isPending}
      onAgreed={() => revoke.run({ params: { path: { id: session.sessionId } } })}
    />
  )
}
