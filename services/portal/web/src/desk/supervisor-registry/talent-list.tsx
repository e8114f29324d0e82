import { Form, Input, Select } from 'antd'
import type { Talent } from '../../api/types.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { count, day, today } from '../../words/format.ts'
import { optionsOf, talentAims, talentOutcomes, talentStates } from '../../words/labels.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { DayField } from '../kit/form/day-field.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { SupervisorPick } from '../kit/pick/picks.tsx'
import { DataTable } from '../kit/table/data-table.tsx'

type TalentValues = Pick<Talent, 'name' | 'homeUnit' | 'field' | 'aim' | 'recommendedBy' | 'plan'> & {
  supervisorId?: string
  on: string
}

/** Who is being prepared for which office. */
export function TalentList() {
  const list = (
    <ActionDialog<'/api/supervisor-registry/talents', TalentValues>
      kind="primary"
      label="列入名单"
      permission="registry.manage"
      path="/api/supervisor-registry/talents"
      draft="talent-new"
      initial={{ on: today(), aim: 'school-supervisor' }}
      toInput={({ supervisorId, ...values }) => ({
        body: { ...values, ...(supervisorId === undefined ? {} : { supervisorId }) },
      })}
      doneMessage="已列入后备人才"
    >
      <Form.Item name="name" label="姓名" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={50} style={{ maxWidth: 240 }} />
      </Form.Item>
      <Form.Item name="homeUnit" label="所在单位" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="field" label="专长" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="aim" label="培养方向" rules={[{ required: true }]}>
        <Select options={optionsOf(talentAims)} />
      </Form.Item>
      <Form.Item name="supervisorId" label="已是督学" extra="已在督学库、准备晋升的，请选择本人">
        <SupervisorPick />
      </Form.Item>
      <Form.Item name="recommendedBy" label="推荐单位" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="plan" label="培养措施" rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
      </Form.Item>
      <Form.Item name="on" label="列入日期" rules={[{ required: true }]}>
        <DayField />
      </Form.Item>
    </ActionDialog>
  )
  return (
    <>
      <PageHead crumbs={[{ title: '督学库' }]} title="后备人才" actions={list} />
      <DataTable
        name="talents"
        past="talents"
        path="/api/supervisor-registry/talents"
        caption="后备人才"
        defaults={{ state: 'listed' }}
        rowKey={(one) => one.talentId}
        rowTo={(one) => `/talents/${one.talentId}`}
        filters={[
          { kind: 'search', key: 'q', label: '姓名或单位' },
          { kind: 'select', key: 'aim', label: '培养方向', options: optionsOf(talentAims) },
          { kind: 'select', key: 'state', label: '状态', options: optionsOf(talentStates) },
        ]}
        empty={
          <EmptyState title="没有符合条件的后备人才" action={list}>
            由学校、责任区推荐，督导室列入名单，逐步培养，聘任后出库。
          </EmptyState>
        }
        columns={[
          { key: 'name', title: '姓名', render: (one) => one.name, isTitle: true },
          { key: 'homeUnit', title: '所在单位', render: (one) => one.homeUnit },
          { key: 'field', title: '专长', render: (one) => one.field, width: 140 },
          { key: 'aim', title: '培养方向', render: (one) => talentAims[one.aim], width: 120 },
          { key: 'steps', title: '培养记录', width: 100, align: 'right', render: (one) => `${count(one.steps)} 次` },
          { key: 'last', title: '最近一次', render: (one) => day(one.lastStepOn), width: 140 },
          { key: 'listedOn', title: '列入日期', render: (one) => day(one.listedOn), width: 140 },
          {
            key: 'state',
            title: '状态',
            width: 120,
            text: (one) => stateOf(one),
            render: (one) => <StateLamp kind={one.state === 'listed' ? 'on-time' : 'closed'}>{stateOf(one)}</StateLamp>,
          },
        ]}
      />
    </>
  )
}

export function stateOf(talent: Talent): string {
  return talent.outcome === null ? talentStates[talent.state] : talentOutcomes[talent.outcome]
}
