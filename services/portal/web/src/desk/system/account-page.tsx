import { useParams } from '@tanstack/react-router'
import { Form, Input } from 'antd'
import type { Account } from '../../api/types.ts'
import { useMe } from '../../app/app-context.tsx'
import { useThing } from '../../app/use-read.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { Timeline } from '../../kit/timeline.tsx'
import { moment } from '../../words/format.ts'
import { accountStates } from '../../words/labels.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { QueryView } from '../kit/query-view.tsx'
import { NextStep, RecordPage } from '../kit/record-page.tsx'
import { AccountRoles, GrantRole } from './account-roles.tsx'
import { AccountSessions } from './account-sessions.tsx'

/** One account: what the person may do, where they are signed in, and who changed it. */
export function AccountPage() {
  const { accountId = '' } = useParams({ strict: false }) as { accountId?: string }
  const query = useThing('/api/supervisor-registry/accounts/{id}', { path: { id: accountId } })
  return (
    <QueryView query={query}>
      {(account, view) => (
        <RecordPage
          crumbs={[{ title: '系统与交换' }, { title: '账号与角色', to: '/accounts' }]}
          title={account.name}
          state={
            <StateLamp strong kind={account.state === 'enabled' ? 'on-time' : 'closed'}>
              {accountStates[account.state]}
            </StateLamp>
          }
          actions={<AccountActions account={account} />}
          nextStep={
            account.state === 'enabled' && account.roles.length === 0 ? (
              <NextStep who="账号管理人" what="授予角色，此人才能登录" mine />
            ) : undefined
          }
          facts={[
            { label: '统一身份标识', value: account.subject },
            { label: '签发者', value: account.issuer },
            { label: '建立时间', value: moment(account.linkedAt) },
          ]}
          tabs={[
            { key: 'roles', label: '角色', children: <AccountRoles account={account} /> },
            { key: 'sessions', label: '登录会话', children: <AccountSessions accountId={account.accountId} /> },
          ]}
          timelineTitle="变更记录"
          timeline={<Timeline entries={account.history} newestFirst />}
          view={view}
        />
      )}
    </QueryView>
  )
}

/** One's own account is another manager's business. */
function AccountActions({ account }: { account: Account }) {
  const me = useMe()
  if (me.subject === account.accountId) return <span className="quiet">本人的账号由另一位账号管理人办理</span>
  const params = { path: { id: account.accountId } }
  if (account.state === 'disabled') {
    return (
      <ActionDialog<'/api/supervisor-registry/accounts/{id}/enable', Record<string, never>>
        kind="primary"
        label="恢复账号"
        permission="account.manage"
        path="/api/supervisor-registry/accounts/{id}/enable"
        version={account.version}
        lead="恢复后，此人可以登录，原有角色继续有效。"
        toInput={() => ({ params })}
        doneMessage="账号已恢复"
      />
    )
  }
  return (
    <>
      <ActionDialog<'/api/supervisor-registry/accounts/{id}/disable', { reason: string }>
        label="停用账号"
        danger
        permission="account.manage"
        path="/api/supervisor-registry/accounts/{id}/disable"
        version={account.version}
        lead="停用后，此人的全部登录立即失效，也不能再登录；角色保留，恢复后继续有效。"
        toInput={(body) => ({ params, body })}
        doneMessage="账号已停用"
      >
        <Form.Item name="reason" label="原因" rules={[{ required: true, whitespace: true }]}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 4 }} maxLength={200} placeholder="如 调离本室" />
        </Form.Item>
      </ActionDialog>
      <GrantRole account={account} />
    </>
  )
}
