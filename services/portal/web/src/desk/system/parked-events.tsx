import { App, Button, Table } from 'antd'
import type { ParkedEvent, ServiceName } from '../../api/types.ts'
import { useRights } from '../../app/app-context.tsx'
import { useCommand } from '../../app/use-command.ts'
import { count, moment } from '../../words/format.ts'
import { subscriptionName } from '../../words/labels.ts'
import { Panel } from '../kit/panel.tsx'

interface Parked {
  readonly subscription: string
  readonly event: ParkedEvent
}

/** Events that a subscription could not take; the rest goes on without them. */
export function ParkedEvents({ service, parked }: { service: ServiceName; parked: readonly Parked[] }) {
  return (
    <Panel title={`停放的事件（${parked.length}）`} flush>
      {parked.length === 0 ? (
        <p className="quiet" style={{ padding: '16px 20px' }}>
          没有停放的事件。处理失败的事件会停在这里，其余事件照常处理。
        </p>
      ) : (
        <Table<Parked>
          size="middle"
          pagination={false}
          rowKey={(row) => `${row.subscription}-${row.event.eventId}`}
          dataSource={[...parked]}
          columns={[
            { title: '订阅', render: (_, row) => subscriptionName(row.subscription) },
            { title: '事件', render: (_, row) => <code>{row.event.type}</code> },
            { title: '原因', render: (_, row) => row.event.error },
            { title: '次数', width: 70, align: 'right', render: (_, row) => count(row.event.attempts) },
            { title: '停放时间', width: 180, render: (_, row) => moment(row.event.parkedAt) },
            { title: '处理', width: 160, render: (_, row) => <ParkedActions service={service} row={row} /> },
          ]}
        />
      )}
    </Panel>
  )
}

function ParkedActions({ service, row }: { service: ServiceName; row: Parked }) {
  const rights = useRights()
  const { message, modal } = App.useApp()
  const replay = useCommand(`/api/${service}/system/subscriptions/{name}/replay`)
  const skip = useCommand(`/api/${service}/system/subscriptions/{name}/skip`)
  if (!rights.can('system.operate')) return <span className="quiet">由系统管理员处理</span>
  const input = { params: { path: { name: row.subscription } }, body: { eventId: row.event.eventId } }
  return (
    <>
      <Button
        type="link"
        size="small"
        loading={replay.isPending}
        onClick={() =>
          replay.mutate(input, {
            onSuccess: () => void message.success('已重新处理'),
            onError: (problem) => void message.error(problem.detail),
          })
        }
      >
        重新处理
      </Button>
      <Button
        type="link"
        size="small"
        danger
        onClick={() =>
          modal.confirm({
            title: '跳过这条事件？',
            content: '跳过后这条事件不再处理，相关内容可能缺失。跳过会记入操作记录。',
            okText: '跳过',
            okButtonProps: { danger: true },
            onOk: () =>
              skip
                .mutateAsync(input)
                .catch((problem: { detail?: string }) => void message.error(problem.detail ?? '没有成功')),
          })
        }
      >
        跳过
      </Button>
    </>
  )
}
