import { Form, Input, InputNumber } from 'antd'
import type { Ownership, School, SchoolKind, SchoolStage } from '../../api/types.ts'
import { useApi } from '../../app/app-context.tsx'
import { today } from '../../words/format.ts'
import { ownerships, schoolKinds, schoolStages, word } from '../../words/labels.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import type { ConflictGuide } from '../kit/form/conflict.ts'
import { DayField } from '../kit/form/day-field.tsx'
import { SupervisorPick } from '../kit/pick/picks.tsx'
import { SchoolFields } from './school-fields.tsx'

function useSchoolConflict(school: School): ConflictGuide {
  const api = useApi()
  const tables: Record<string, Readonly<Record<string, string>>> = {
    kind: schoolKinds,
    stage: schoolStages,
    ownership: ownerships,
  }
  return {
    seen: school,
    reload: async () =>
      (await api.get('/api/supervisor-registry/schools/{id}', { path: { id: school.schoolId } })).body,
    labels: {
      name: '学校名称',
      kind: '类型',
      stage: '学段',
      ownership: '举办者',
      address: '地址',
      enrolment: '在校人数',
    },
    format: (field, value) => {
      const table = tables[field]
      if (value === null || value === undefined || value === '') return '—'
      return table === undefined ? String(value) : word(table, String(value))
    },
  }
}

type Correction = {
  name: string
  kind: SchoolKind
  stage: SchoolStage
  ownership: Ownership
  address?: string | null
  zoneId?: string | null
  effectiveFrom?: string
  reason: string
  overrideReason?: string
}

export function CorrectSchoolAction({ school }: { school: School }) {
  const conflict = useSchoolConflict(school)
  return (
    <ActionDialog<'/api/supervisor-registry/schools/{id}/correct', Correction>
      label="更正信息"
      permission="registry.manage"
      thing={school}
      path="/api/supervisor-registry/schools/{id}/correct"
      version={school.version}
      conflict={conflict}
      draft={`school-correct.${school.schoolId}`}
      initial={{
        name: school.name,
        kind: school.kind,
        stage: school.stage,
        ownership: school.ownership,
        ...(school.address === undefined || school.address === null ? {} : { address: school.address }),
        ...(school.zoneId === null ? {} : { zoneId: school.zoneId }),
      }}
      toInput={(values) => ({ params: { path: { id: school.schoolId } }, body: changesOf(school, values) })}
      doneMessage="学校信息已更正"
    >
      <SchoolFields />
      <Form.Item name="effectiveFrom" label="自何日起如此（不填则自今日起）">
        <DayField to={today()} />
      </Form.Item>
      <Form.Item name="reason" label="更正原因" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={200} />
      </Form.Item>
    </ActionDialog>
  )
}

/** Only what differs is a correction. */
function changesOf(school: School, values: Correction) {
  return {
    reason: values.reason,
    ...(values.effectiveFrom === undefined || values.effectiveFrom === ''
      ? {}
      : { effectiveFrom: values.effectiveFrom }),
    ...(values.overrideReason === undefined || values.overrideReason === ''
      ? {}
      : { overrideReason: values.overrideReason }),
    ...(values.name === school.name ? {} : { name: values.name }),
    ...(values.kind === school.kind ? {} : { kind: values.kind }),
    ...(values.stage === school.stage ? {} : { stage: values.stage }),
    ...(values.ownership === school.ownership ? {} : { ownership: values.ownership }),
    ...((values.address ?? '') === (school.address ?? '') || values.address === undefined || values.address === null
      ? {}
      : { address: values.address }),
    ...(values.zoneId === school.zoneId || values.zoneId === undefined || values.zoneId === null
      ? {}
      : { zoneId: values.zoneId }),
  }
}

export function EnrolmentAction({ school }: { school: School }) {
  const conflict = useSchoolConflict(school)
  return (
    <ActionDialog<'/api/supervisor-registry/schools/{id}/enrolment', { enrolment: number; asOf: string }>
      label="更新人数"
      permission="registry.manage"
      thing={school}
      path="/api/supervisor-registry/schools/{id}/enrolment"
      version={school.version}
      conflict={conflict}
      initial={{ asOf: today(), ...(school.enrolment === null ? {} : { enrolment: school.enrolment }) }}
      toInput={(values) => ({ params: { path: { id: school.schoolId } }, body: values })}
      doneMessage="在校人数已更新"
    >
      <Form.Item name="enrolment" label="在校人数" rules={[{ required: true }]}>
        <InputNumber controls={false} min={0} max={100000} precision={0} suffix="人" style={{ width: 160 }} />
      </Form.Item>
      <Form.Item name="asOf" label="统计日期" rules={[{ required: true }]}>
        <DayField to={today()} />
      </Form.Item>
    </ActionDialog>
  )
}

export function CloseSchoolAction({ school }: { school: School }) {
  return (
    <ActionDialog<'/api/supervisor-registry/schools/{id}/close', { closedOn: string; reason: string }>
      label="撤并"
      danger
      permission="registry.manage"
      thing={school}
      path="/api/supervisor-registry/schools/{id}/close"
      version={school.version}
      lead="撤并后不再安排走访和挂牌，历史记录全部保留。撤并不能撤回。"
      submitLabel="确认撤并"
      initial={{ closedOn: today() }}
      toInput={(values) => ({ params: { path: { id: school.schoolId } }, body: values })}
      doneMessage="学校已撤并"
    >
      <Form.Item name="closedOn" label="撤并日期" rules={[{ required: true }]}>
        <DayField />
      </Form.Item>
      <Form.Item name="reason" label="依据和原因" rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={500} />
      </Form.Item>
    </ActionDialog>
  )
}

export function PostingAction({ school }: { school: School }) {
  return (
    <ActionDialog<
      '/api/supervisor-registry/schools/{id}/posting',
      { supervisorId: string; from: string; overrideReason?: string }
    >
      kind={school.supervisorId === null ? 'primary' : 'default'}
      label={school.supervisorId === null ? '安排责任督学' : '更换责任督学'}
      permission="posting.manage"
      thing={school}
      path="/api/supervisor-registry/schools/{id}/posting"
      initial={{ from: today() }}
      lead="一名督学一般负责 5 所左右学校，规模较大的学校一校一督学。超出时须写明理由。"
      toInput={(values) => ({
        params: { path: { id: school.schoolId } },
        body: {
          supervisorId: values.supervisorId,
          from: values.from,
          ...(values.overrideReason === undefined || values.overrideReason === ''
            ? {}
            : { overrideReason: values.overrideReason }),
        },
      })}
      doneMessage="责任督学已安排"
    >
      <Form.Item name="supervisorId" label="督学" rules={[{ required: true, message: '请选择督学' }]}>
        <SupervisorPick />
      </Form.Item>
      <Form.Item name="from" label="起始日期" rules={[{ required: true }]}>
        <DayField />
      </Form.Item>
      <Form.Item name="overrideReason" label="超出比例的理由" extra="只在提示超出比例时填写，理由会记入变更记录">
        <Input maxLength={200} />
      </Form.Item>
    </ActionDialog>
  )
}

export function EndPostingAction({ school }: { school: School }) {
  return (
    <ActionDialog<'/api/supervisor-registry/schools/{id}/posting/end', { on: string; reason: string }>
      label="结束挂牌"
      permission="posting.manage"
      thing={school}
      path="/api/supervisor-registry/schools/{id}/posting/end"
      initial={{ on: today() }}
      toInput={(values) => ({ params: { path: { id: school.schoolId } }, body: values })}
      doneMessage="挂牌已结束"
    >
      <Form.Item name="on" label="结束日期" rules={[{ required: true }]}>
        <DayField />
      </Form.Item>
      <Form.Item name="reason" label="原因" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={200} />
      </Form.Item>
    </ActionDialog>
  )
}
