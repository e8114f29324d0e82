import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { moment } from '../../words/format.ts'
import { accountStates, optionsOf, roleNames } from '../../words/labels.ts'
import { PageHead } from '../kit/page-head.tsx'
import { DataTable } from '../kit/table/data-table.tsx'

/** Who may sign in, and as what. */
export function AccountList() {
  const create = (
    <Link to="/accounts/new">
      <Button type="primary">建立账号</Button>
    </Link>
  )
  return (
    <>
      <PageHead crumbs={[{ title: '系统与交换' }]} title="账号与角色" actions={create} />
      <DataTable
        name="accounts"
        path="/api/supervisor-registry/accounts"
        caption="账号与角色"
        rowKey={(account) => account.accountId}
        rowTo={(account) => `/accounts/${account.accountId}`}
        filters={[
          { kind: 'search', key: 'q', label: '姓名或统一身份标识' },
          { kind: 'select', key: 'role', label: '角色', options: optionsOf(roleNames) },
          { kind: 'select', key: 'state', label: '状态', options: optionsOf(accountStates) },
        ]}
        empty={
          <EmptyState title="没有符合条件的账号" action={create}>
            账号把单位统一身份认证中的一个人与本室对应起来，建立后授予角色，此人即可登录。
          </EmptyState>
        }
        columns={[
          { key: 'name', title: '姓名', render: (account) => account.name, isTitle: true, width: 140 },
          { key: 'subject', title: '统一身份标识', render: (account) => account.subject, width: 220 },
          {
            key: 'roles',
            title: '角色',
            render: (account) => account.roles.map(({ title }) => title).join('、') || '还没有角色',
          },
          {
            key: 'state',
            title: '状态',
            width: 110,
            text: (account) => accountStates[account.state],
            render: (account) => (
              <StateLamp kind={account.state === 'enabled' ? 'on-time' : 'closed'}>
                {accountStates[account.state]}
              </StateLamp>
            ),
          },
          { key: 'linkedAt', title: '建立时间', render: (account) => moment(account.linkedAt), width: 180 },
        ]}
      />
    </>
  )
}
