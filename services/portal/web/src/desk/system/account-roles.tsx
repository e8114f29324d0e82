import { Form, Input, Select } from 'antd'
import type { Account, Role } from '../../api/types.ts'
import { useMe, useRights } from '../../app/app-context.tsx'
import { useRead } from '../../app/use-read.ts'
import { EmptyState } from '../../kit/states.tsx'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { SchoolPick, SupervisorPick, ZonePick } from '../kit/pick/picks.tsx'

type GrantValues = { role: Role; zoneId?: string; schoolId?: string; supervisorId?: string; body?: string }

/** What the person may act as, each with how far it reaches. */
export function AccountRoles({ account }: { account: Account }) {
  const mayGrant = useGrantable()
  if (account.roles.length === 0)
    return <EmptyState title="还没有角色">授予角色后，此人登录即有相应权限，立即生效。</EmptyState>
  return (
    <ul className="stack">
      {account.roles.map(({ role, title, zoneName, schoolName, body, supervisorName }) => {
        const reach = [zoneName, schoolName, body, supervisorName].filter((part) => part !== null).join('、')
        return (
          <li key={role} className="stack-row">
            <span>
              <strong>{title}</strong>
              {reach !== '' && <span className="quiet aside">{reach}</span>}
            </span>
            {mayGrant.some((one) => one.role === role) && (
              <RevokeRole account={account} role={role as Role} title={title} />
            )}
          </li>
        )
      })}
    </ul>
  )
}

function useGrantable() {
  return useRead('/api/supervisor-registry/roles', {}).data?.body.items ?? []
}

/** Gives a role; what it reaches is asked for as the role needs it. */
export function GrantRole({ account }: { account: Account }) {
  const rights = useRights()
  const isReader = rights.can('registry.read')
  // Zones, schools and supervisors are chosen from the registry: who may not read it cannot choose.
  const roles = useGrantable().filter(({ needs }) => isReader || needs.every((need) => need === 'body'))
  return (
    <ActionDialog<'/api/supervisor-registry/accounts/{id}/roles', GrantValues>
      kind="primary"
      label="授予角色"
      permission="account.manage"
      path="/api/supervisor-registry/accounts/{id}/roles"
      version={account.version}
      title={`授予${account.name}角色`}
      toInput={(values) => ({ params: { path: { id: account.accountId } }, body: values })}
      doneMessage="角色已授予，立即生效"
    >
      <Form.Item name="role" label="角色" rules={[{ required: true, message: '请选择角色' }]}>
        <Select placeholder="请选择" options={roles.map(({ role, title }) => ({ value: role, label: title }))} />
      </Form.Item>
      <Form.Item noStyle shouldUpdate={(before: GrantValues, after: GrantValues) => before.role !== after.role}>
        {(form) => {
          const chosen = roles.find(({ role }) => role === form.getFieldValue('role'))
          return <ReachFields needs={chosen?.needs ?? []} />
        }}
      </Form.Item>
    </ActionDialog>
  )
}

function ReachFields({ needs }: { needs: readonly ('zone' | 'school' | 'body' | 'supervisor')[] }) {
  return (
    <>
      {needs.includes('zone') && (
        <Form.Item name="zoneId" label="责任区" rules={[{ required: true, message: '请选择责任区' }]}>
          <ZonePick />
        </Form.Item>
      )}
      {needs.includes('school') && (
        <Form.Item name="schoolId" label="学校" rules={[{ required: true, message: '请选择学校' }]}>
          <SchoolPick />
        </Form.Item>
      )}
      {needs.includes('supervisor') && (
        <Form.Item name="supervisorId" label="督学" rules={[{ required: true, message: '请选择督学' }]}>
          <SupervisorPick />
        </Form.Item>
      )}
      {needs.includes('body') && (
        <Form.Item
          name="body"
          label="成员单位"
          rules={[{ required: true, whitespace: true, message: '请填写成员单位' }]}
          extra="与计划任务中的责任单位名称一致"
        >
          <Input maxLength={100} placeholder="如 区财政局" />
        </Form.Item>
      )}
    </>
  )
}

function RevokeRole({ account, role, title }: { account: Account; role: Role; title: string }) {
  const me = useMe()
  return (
    <ActionDialog<'/api/supervisor-registry/accounts/{id}/roles/revoke', { reason: string }>
      kind="link"
      label="收回"
      danger
      permission="account.manage"
      path="/api/supervisor-registry/accounts/{id}/roles/revoke"
      version={account.version}
      title={`收回${account.name}的“${title}”`}
      lead={me.subject === account.accountId ? '这是您本人的角色，收回后您不能自己恢复。' : '收回后立即生效。'}
      submitLabel="收回角色"
      toInput={({ reason }) => ({ params: { path: { id: account.accountId } }, body: { role, reason } })}
      doneMessage="角色已收回，立即生效"
    >
      <Form.Item name="reason" label="原因" rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 4 }} maxLength={200} placeholder="如 岗位调整" />
      </Form.Item>
    </ActionDialog>
  )
}
