import { Form, Input, InputNumber, Radio, Select } from 'antd'
import { optionsOf, sourceKinds, sourceLevels } from '../../words/labels.ts'
import { FormSection } from '../kit/form/command-form.tsx'

/** Where a problem comes from: kind, level, name and year of the source, and the document that fed it back. */
export function SourceFields() {
  return (
    <FormSection title="来源">
      <Form.Item name={['source', 'kind']} label="来源" rules={[{ required: true }]}>
        <Select options={optionsOf(sourceKinds)} />
      </Form.Item>
      <Form.Item name={['source', 'level']} label="反馈层级" rules={[{ required: true }]}>
        <Radio.Group options={optionsOf(sourceLevels)} />
      </Form.Item>
      <Form.Item name={['source', 'title']} label="名称" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={100} placeholder="如 国家义务教育质量监测" />
      </Form.Item>
      <Form.Item name={['source', 'year']} label="年度" rules={[{ required: true }]}>
        <InputNumber controls={false} min={2000} max={2100} precision={0} />
      </Form.Item>
      <Form.Item name={['source', 'documentNumber']} label="反馈文号">
        <Input maxLength={100} placeholder="如 渝教督〔2026〕6号" />
      </Form.Item>
    </FormSection>
  )
}
