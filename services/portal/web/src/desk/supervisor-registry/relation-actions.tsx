import { Form, Input, Select } from 'antd'
import type { Relation } from '../../api/types.ts'
import { today } from '../../words/format.ts'
import { optionsOf, relationKinds } from '../../words/labels.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { DayField } from '../kit/form/day-field.tsx'
import { SchoolPick, SupervisorPick } from '../kit/pick/picks.tsx'
import { RemoteSelect } from '../kit/pick/remote-select.tsx'

export type RelationValues = {
  supervisorId?: string
  kind: Relation['kind']
  schoolId: string
  description: string
  relativeName?: string
  from?: string
  to?: string
}

function bodyOf({ supervisorId: _, relativeName, from, to, ...values }: RelationValues) {
  return {
    ...values,
    ...(relativeName === undefined || relativeName === '' ? {} : { relativeName }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }
}

function RelationFields({ own }: { own: boolean }) {
  return (
    <>
      <Form.Item name="kind" label="类别" rules={[{ required: true, message: '请选择类别' }]}>
        <Select options={optionsOf(relationKinds)} placeholder="请选择" />
      </Form.Item>
      <Form.Item name="schoolId" label="学校" rules={[{ required: true, message: '请选择学校' }]}>
        {own ? (
          <RemoteSelect
            path="/api/supervisor-registry/relations/schools"
            searches
            idOf={(school) => school.schoolId}
            labelOf={(school) => school.name}
          />
        ) : (
          <SchoolPick />
        )}
      </Form.Item>
      <Form.Item
        name="description"
        label="情况说明"
        rules={[{ required: true, whitespace: true }]}
        extra="安排被拒绝时会显示这句话，请不要写亲属姓名"
      >
        <Input maxLength={100} placeholder="如 配偶任该校校长" />
      </Form.Item>
      <Form.Item name="relativeName" label="亲属姓名" extra="近亲属任职时填写，只供督导室核实，不对外提供">
        <Input maxLength={100} style={{ maxWidth: 240 }} />
      </Form.Item>
      <Form.Item name="from" label="开始日期" extra="不清楚可以不填">
        <DayField />
      </Form.Item>
      <Form.Item name="to" label="结束日期" extra="曾任职单位应填写离任日期；仍然存在的关系不填">
        <DayField />
      </Form.Item>
    </>
  )
}

/** The office registers a tie, of this supervisor or of one to be chosen. */
export function RegisterRelationAction({ supervisorId }: { supervisorId?: string }) {
  return (
    <ActionDialog<'/api/supervisor-registry/supervisors/{id}/relations', RelationValues>
      kind="primary"
      label="登记回避关系"
      permission="relation.manage"
      path="/api/supervisor-registry/supervisors/{id}/relations"
      initial={{ kind: 'kinship' }}
      toInput={(values) => ({
        params: { path: { id: supervisorId ?? values.supervisorId ?? '' } },
        body: bodyOf(values),
      })}
      doneMessage="回避关系已登记"
    >
      {supervisorId === undefined && (
        <Form.Item name="supervisorId" label="督学" rules={[{ required: true, message: '请选择督学' }]}>
          <SupervisorPick />
        </Form.Item>
      )}
      <RelationFields own={false} />
    </ActionDialog>
  )
}

export function DeclareRelationAction({ supervisorId }: { supervisorId: string }) {
  return (
    <ActionDialog<'/api/supervisor-registry/supervisors/{id}/relations/declare', RelationValues>
      kind="primary"
      label="申报回避关系"
      permission="relation.declare"
      lead="申报后立即生效：不会再安排您负责这所学校。关系结束或申报有误时，请联系督导室办理。"
      path="/api/supervisor-registry/supervisors/{id}/relations/declare"
      initial={{ kind: 'kinship' }}
      toInput={(values) => ({ params: { path: { id: supervisorId } }, body: bodyOf(values) })}
      doneMessage="回避关系已申报"
    >
      <RelationFields own />
    </ActionDialog>
  )
}

const pathOf = ({ supervisorId, factId }: Relation) => ({ path: { id: supervisorId, factId } })

export function ContestRelationAction({ relation }: { relation: Relation }) {
  if (relation.standing === 'contested' || relation.standing === 'withdrawn') return null
  return (
    <ActionDialog<'/api/supervisor-registry/supervisors/{id}/relations/{factId}/contest', { statement: string }>
      kind="link"
      label="提出异议"
      permission="relation.declare"
      path="/api/supervisor-registry/supervisors/{id}/relations/{factId}/contest"
      lead="督导室核实或撤销之前，这项回避关系仍然有效。"
      toInput={(values) => ({ params: pathOf(relation), body: values })}
      doneMessage="异议已提交"
    >
      <Form.Item name="statement" label="理由" rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
      </Form.Item>
    </ActionDialog>
  )
}

/** What the office can do with a tie. */
export function RelationOfficeActions({ relation }: { relation: Relation }) {
  if (relation.standing === 'withdrawn') return null
  return (
    <>
      {relation.standing !== 'verified' && (
        <ActionDialog<'/api/supervisor-registry/supervisors/{id}/relations/{factId}/verify', { note?: string }>
          kind="link"
          label="核实"
          permission="relation.manage"
          path="/api/supervisor-registry/supervisors/{id}/relations/{factId}/verify"
          toInput={({ note }) => ({
            params: pathOf(relation),
            body: note === undefined || note === '' ? {} : { note },
          })}
          doneMessage="已核实"
        >
          <Form.Item name="note" label="核实情况">
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
          </Form.Item>
        </ActionDialog>
      )}
      {relation.to === null && (
        <ActionDialog<'/api/supervisor-registry/supervisors/{id}/relations/{factId}/end', { to: string }>
          kind="link"
          label="结束"
          permission="relation.manage"
          path="/api/supervisor-registry/supervisors/{id}/relations/{factId}/end"
          lead="现任职单位结束后，按曾任职单位继续回避规定的年限。"
          initial={{ to: today() }}
          toInput={(values) => ({ params: pathOf(relation), body: values })}
          doneMessage="已登记结束"
        >
          <Form.Item name="to" label="最后一天" rules={[{ required: true }]}>
            <DayField />
          </Form.Item>
        </ActionDialog>
      )}
      <ActionDialog<'/api/supervisor-registry/supervisors/{id}/relations/{factId}/withdraw', { reason: string }>
        kind="link"
        label="撤销"
        permission="relation.manage"
        path="/api/supervisor-registry/supervisors/{id}/relations/{factId}/withdraw"
        lead="只用于误登：撤销后视为从未有过。关系已经不存在的，请办理“结束”。"
        toInput={(values) => ({ params: pathOf(relation), body: values })}
        doneMessage="已撤销"
      >
        <Form.Item name="reason" label="撤销原因" rules={[{ required: true, whitespace: true }]}>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
        </Form.Item>
      </ActionDialog>
    </>
  )
}
