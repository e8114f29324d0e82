import { Form, Input, Radio, Select } from 'antd'
import { today } from '../../words/format.ts'
import { campaignTypes, optionsOf, ownerships, schoolKinds, schoolStages, seasons } from '../../words/labels.ts'
import { FormSection } from '../kit/form/command-form.tsx'
import { DayField } from '../kit/form/day-field.tsx'
import { ChecklistPick, TaskPick } from '../kit/pick/picks.tsx'
import { RemoteMultiSelect } from '../kit/pick/remote-multi-select.tsx'

/** What a campaign is planned by; the same for planning and changing the plan. */
export function CampaignFields() {
  return (
    <>
      <FormSection title="督导什么">
        <Form.Item name="title" label="名称" rules={[{ required: true, whitespace: true }]}>
          <Input maxLength={100} placeholder="如 2026年秋季开学专项督导" />
        </Form.Item>
        <Form.Item name="topic" label="主题" rules={[{ required: true, whitespace: true }]}>
          <Input maxLength={100} placeholder="如 开学专项督导" />
        </Form.Item>
        <Form.Item name="type" label="类型" rules={[{ required: true, message: '请选择类型' }]}>
          <Radio.Group options={optionsOf(campaignTypes)} />
        </Form.Item>
        <Form.Item name="season" label="季次" extra="开学专项督导请选择春季或秋季，两季结果可以分组比较">
          <Select allowClear placeholder="不分季次" options={optionsOf(seasons)} style={{ maxWidth: 240 }} />
        </Form.Item>
        <Form.Item name="from" label="开始日期" rules={[{ required: true }]}>
          <DayField />
        </Form.Item>
        <Form.Item name="to" label="结束日期" rules={[{ required: true }]}>
          <DayField from={today()} />
        </Form.Item>
        <Form.Item
          name="checklistId"
          label="督查清单"
          rules={[{ required: true, message: '请选择督查清单' }]}
          extra="按拟定时的版次使用，以后的修订不影响这次督导"
        >
          <ChecklistPick />
        </Form.Item>
        <Form.Item name="taskId" label="对应的任务" extra="选择后，督导情况会列在这项任务下">
          <TaskPick />
        </Form.Item>
      </FormSection>
      <FormSection title="哪些学校" lead="不选表示不限；指定了学校时，只督查指定的学校。">
        <Form.Item name="kinds" label="学校类别">
          <Select mode="multiple" placeholder="不限" options={optionsOf(schoolKinds)} />
        </Form.Item>
        <Form.Item name="stages" label="学段">
          <Select mode="multiple" placeholder="不限" options={optionsOf(schoolStages)} />
        </Form.Item>
        <Form.Item name="ownerships" label="办学性质">
          <Select mode="multiple" placeholder="不限" options={optionsOf(ownerships)} />
        </Form.Item>
        <Form.Item name="zoneIds" label="责任区">
          <RemoteMultiSelect
            path="/api/supervisor-registry/zones"
            placeholder="不限"
            idOf={(zone) => zone.zoneId}
            labelOf={(zone) => zone.name}
          />
        </Form.Item>
        <Form.Item name="schoolIds" label="指定学校">
          <RemoteMultiSelect
            path="/api/supervisor-registry/schools"
            query={{ status: 'open' }}
            placeholder="不指定"
            idOf={(school) => school.schoolId}
            labelOf={(school) => school.name}
          />
        </Form.Item>
      </FormSection>
      <FormSection title="督导小组" lead="由督学组成，第一位为组长。">
        <Form.Item name="team" label="督学">
          <RemoteMultiSelect
            path="/api/supervisor-registry/supervisors"
            placeholder="选择督学"
            idOf={(supervisor) => supervisor.supervisorId}
            labelOf={(supervisor) => `${supervisor.name}（${supervisor.homeUnit}）`}
          />
        </Form.Item>
        <Form.Item name="teamOverride" label="人数不足的理由" extra="督学少于规定人数时填写">
          <Input maxLength={200} />
        </Form.Item>
      </FormSection>
    </>
  )
}
