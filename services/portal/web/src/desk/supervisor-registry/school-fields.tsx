import { Form, Input, Select } from 'antd'
import { optionsOf, ownerships, schoolKinds, schoolStages } from '../../words/labels.ts'
import { ZonePick } from '../kit/pick/picks.tsx'

/** What a school is; the same fields for registering and for correcting. */
export function SchoolFields() {
  return (
    <>
      <Form.Item name="name" label="学校名称" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} placeholder="与办学许可证一致的全称" />
      </Form.Item>
      <Form.Item name="kind" label="类型" rules={[{ required: true, message: '请选择类型' }]}>
        <Select options={optionsOf(schoolKinds)} placeholder="请选择" />
      </Form.Item>
      <Form.Item name="stage" label="学段" rules={[{ required: true, message: '请选择学段' }]}>
        <Select options={optionsOf(schoolStages)} placeholder="请选择" />
      </Form.Item>
      <Form.Item name="ownership" label="举办者" rules={[{ required: true, message: '请选择举办者' }]}>
        <Select options={optionsOf(ownerships)} placeholder="请选择" />
      </Form.Item>
      <Form.Item name="zoneId" label="责任区">
        <ZonePick />
      </Form.Item>
      <Form.Item name="overrideReason" label="超出责任区学校数的理由" extra="只在提示责任区已满时填写">
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="address" label="地址">
        <Input maxLength={200} />
      </Form.Item>
    </>
  )
}
