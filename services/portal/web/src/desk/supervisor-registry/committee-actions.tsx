import { Form, Input, Select } from 'antd'
import type { Committee, CommitteeSeat, MemberBody } from '../../api/types.ts'
import { today } from '../../words/format.ts'
import { optionsOf, seatRoles } from '../../words/labels.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { DayField } from '../kit/form/day-field.tsx'
import { SupervisorPick } from '../kit/pick/picks.tsx'

const leaveFields = (
  <>
    <Form.Item name="to" label="最后一天" rules={[{ required: true }]}>
      <DayField />
    </Form.Item>
    <Form.Item name="reason" label="原因" rules={[{ required: true, whitespace: true }]}>
      <Input maxLength={200} placeholder="如 工作变动" />
    </Form.Item>
  </>
)

export function SeatBodiesAction() {
  return (
    <ActionDialog<'/api/supervisor-registry/committee/bodies', { names: string; from: string }>
      label="登记成员单位"
      permission="committee.manage"
      path="/api/supervisor-registry/committee/bodies"
      lead="可一次粘贴全部成员单位，每行一个。"
      initial={{ from: today() }}
      toInput={({ names, from }) => ({
        body: {
          names: names
            .split(/[\n、；;]/)
            .map((name) => name.trim())
            .filter((name) => name !== ''),
          from,
        },
      })}
      doneMessage="成员单位已登记"
    >
      <Form.Item name="names" label="单位名称" rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea autoSize={{ minRows: 4, maxRows: 12 }} maxLength={3000} />
      </Form.Item>
      <Form.Item name="from" label="起始日期" rules={[{ required: true }]}>
        <DayField />
      </Form.Item>
    </ActionDialog>
  )
}

type SeatValues = {
  role: CommitteeSeat['role']
  bodyId?: string
  supervisorId?: string
  personName?: string
  personTitle: string
  from: string
}

/** Somebody takes a seat: a new one, or that of somebody who leaves it. */
export function SeatAction({ committee, replaces }: { committee: Committee; replaces?: CommitteeSeat }) {
  const isChief = (role: unknown) => role === 'chief-supervisor' || role === 'deputy-chief-supervisor'
  return (
    <ActionDialog<'/api/supervisor-registry/committee/seats', SeatValues>
      kind={replaces === undefined ? 'primary' : 'link'}
      label={replaces === undefined ? '任命' : '更换'}
      permission="committee.manage"
      path="/api/supervisor-registry/committee/seats"
      version={committee.version}
      lead="更换时原任职人员任职到前一天，经历全部保留。"
      initial={{
        from: today(),
        ...(replaces === undefined
          ? { role: 'director' }
          : { role: replaces.role, ...(replaces.bodyId === null ? {} : { bodyId: replaces.bodyId }) }),
      }}
      toInput={({ bodyId, supervisorId, personName, ...values }) => ({
        body: {
          ...values,
          ...(replaces === undefined ? {} : { seatId: replaces.seatId }),
          ...(bodyId === undefined ? {} : { bodyId }),
          ...(supervisorId === undefined ? {} : { supervisorId }),
          ...(personName === undefined || personName === '' ? {} : { personName }),
        },
      })}
      doneMessage="任职已登记"
    >
      <Form.Item name="role" label="职务" rules={[{ required: true }]}>
        <Select options={optionsOf(seatRoles)} disabled={replaces !== undefined} />
      </Form.Item>
      <Form.Item noStyle dependencies={['role']}>
        {({ getFieldValue }) =>
          isChief(getFieldValue('role')) ? (
            <Form.Item
              name="supervisorId"
              label="政府督学"
              rules={[{ required: true, message: '请选择督学' }]}
              extra="总督学、副总督学由在任期内的政府督学担任"
            >
              <SupervisorPick />
            </Form.Item>
          ) : (
            <>
              {getFieldValue('role') === 'member' && (
                <Form.Item name="bodyId" label="成员单位" rules={[{ required: true, message: '请选择成员单位' }]}>
                  <Select
                    disabled={replaces !== undefined}
                    placeholder="请选择"
                    options={committee.bodies.map((body) => ({ value: body.bodyId, label: body.name }))}
                  />
                </Form.Item>
              )}
              <Form.Item name="personName" label="姓名" rules={[{ required: true, whitespace: true }]}>
                <Input maxLength={50} style={{ maxWidth: 240 }} />
              </Form.Item>
            </>
          )
        }
      </Form.Item>
      <Form.Item name="personTitle" label="现任职务" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} placeholder="如 副区长" />
      </Form.Item>
      <Form.Item name="from" label="起始日期" rules={[{ required: true }]}>
        <DayField />
      </Form.Item>
    </ActionDialog>
  )
}

export function VacateSeatAction({ committee, seat }: { committee: Committee; seat: CommitteeSeat }) {
  return (
    <ActionDialog<'/api/supervisor-registry/committee/seats/vacate', { to: string; reason: string }>
      kind="link"
      label="免去"
      permission="committee.manage"
      path="/api/supervisor-registry/committee/seats/vacate"
      version={committee.version}
      title={`免去${seat.personName}的${seatRoles[seat.role]}`}
      initial={{ to: today() }}
      toInput={(values) => ({ body: { ...values, seatId: seat.seatId } })}
      doneMessage="已免去"
    >
      {leaveFields}
    </ActionDialog>
  )
}

interface BodyActionProps {
  readonly committee: Committee
  readonly body: MemberBody
}

export function LiaisonAction({ committee, body }: BodyActionProps) {
  return (
    <ActionDialog<
      '/api/supervisor-registry/committee/bodies/{bodyId}/liaison',
      { personName: string; section: string; phone: string; from: string }
    >
      kind="link"
      label={body.liaisonName === null ? '确定联络员' : '更换联络员'}
      permission="committee.manage"
      path="/api/supervisor-registry/committee/bodies/{bodyId}/liaison"
      version={committee.version}
      title={`${body.name}的联络员`}
      initial={{ from: today() }}
      toInput={(values) => ({ params: { path: { bodyId: body.bodyId } }, body: values })}
      doneMessage="联络员已确定"
    >
      <Form.Item name="personName" label="姓名" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={50} style={{ maxWidth: 240 }} />
      </Form.Item>
      <Form.Item name="section" label="具体科室" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="phone"
        label="电话"
        rules={[
          { required: true, whitespace: true },
          { pattern: /^\+?[0-9][0-9 -]{4,18}$/, message: '电话应为数字，可含空格和连字符' },
        ]}
        extra="只用于工作联系，页面上隐去中间四位"
      >
        <Input maxLength={20} inputMode="tel" style={{ maxWidth: 240 }} />
      </Form.Item>
      <Form.Item name="from" label="起始日期" rules={[{ required: true }]}>
        <DayField />
      </Form.Item>
    </ActionDialog>
  )
}

export function EndLiaisonAction({ committee, body }: BodyActionProps) {
  if (body.liaisonName === null) return null
  return (
    <ActionDialog<'/api/supervisor-registry/committee/bodies/{bodyId}/liaison/end', { to: string; reason: string }>
      kind="link"
      label="结束联络"
      permission="committee.manage"
      path="/api/supervisor-registry/committee/bodies/{bodyId}/liaison/end"
      version={committee.version}
      title={`结束${body.liaisonName}的联络工作`}
      initial={{ to: today() }}
      toInput={(values) => ({ params: { path: { bodyId: body.bodyId } }, body: values })}
      doneMessage="已结束"
    >
      {leaveFields}
    </ActionDialog>
  )
}

export function RenameBodyAction({ committee, body }: BodyActionProps) {
  return (
    <ActionDialog<'/api/supervisor-registry/committee/bodies/{bodyId}/rename', { name: string; from: string }>
      kind="link"
      label="更名"
      permission="committee.manage"
      path="/api/supervisor-registry/committee/bodies/{bodyId}/rename"
      version={committee.version}
      title={`${body.name}更名`}
      initial={{ name: body.name, from: today() }}
      toInput={(values) => ({ params: { path: { bodyId: body.bodyId } }, body: values })}
      doneMessage="已更名"
    >
      <Form.Item name="name" label="新名称" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="from" label="起始日期" rules={[{ required: true }]}>
        <DayField />
      </Form.Item>
    </ActionDialog>
  )
}

export function LeaveBodyAction({ committee, body }: BodyActionProps) {
  return (
    <ActionDialog<'/api/supervisor-registry/committee/bodies/{bodyId}/leave', { to: string; reason: string }>
      kind="link"
      label="退出"
      danger
      permission="committee.manage"
      path="/api/supervisor-registry/committee/bodies/{bodyId}/leave"
      version={committee.version}
      title={`${body.name}退出委员会`}
      lead="其委员和联络员的任职同日结束，历史全部保留。"
      submitLabel="确认退出"
      initial={{ to: today() }}
      toInput={(values) => ({ params: { path: { bodyId: body.bodyId } }, body: values })}
      doneMessage="已登记退出"
    >
      {leaveFields}
    </ActionDialog>
  )
}
