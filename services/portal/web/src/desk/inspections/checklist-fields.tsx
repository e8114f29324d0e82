import { Button, Form, Input, Select } from 'antd'
import { evidenceNeeds, optionsOf, schoolKinds, schoolStages, severities } from '../../words/labels.ts'
import { FormSection } from '../kit/form/command-form.tsx'
import { DeleteOutlined, PlusOutlined } from '../kit/icons.tsx'
import './checklist.css'

/** Title and items of a checklist; the same for drafting and revising. */
export function ChecklistFields() {
  return (
    <>
      <FormSection title="清单">
        <Form.Item name="title" label="名称" rules={[{ required: true, whitespace: true }]}>
          <Input maxLength={100} placeholder="如 每月进校走访清单（2026年秋）" />
        </Form.Item>
        <Form.Item name="kinds" label="适用的学校类别" extra="不选表示所有学校">
          <Select mode="multiple" placeholder="所有类别" options={optionsOf(schoolKinds)} />
        </Form.Item>
        <Form.Item name="stages" label="适用的学段" extra="不选表示所有学段">
          <Select mode="multiple" placeholder="所有学段" options={optionsOf(schoolStages)} />
        </Form.Item>
      </FormSection>
      <FormSection title="条目" lead="每条写成能用“是、否、不适用”回答的一句话，“是”表示做到了。">
        <Form.List name="items">
          {(fields, { add, remove }) => (
            <>
              {fields.map((field, index) => (
                <fieldset key={field.key} className="checklist-item">
                  <legend>第 {index + 1} 条</legend>
                  <div className="checklist-item-line">
                    <Form.Item
                      name={[field.name, 'code']}
                      label="编号"
                      rules={[{ required: true, whitespace: true }]}
                      className="checklist-code"
                    >
                      <Input maxLength={12} />
                    </Form.Item>
                    <Form.Item name={[field.name, 'group']} label="主题" className="checklist-topic">
                      <Input maxLength={50} placeholder="如 学校安全" />
                    </Form.Item>
                    <Form.Item
                      name={[field.name, 'title']}
                      label="条目"
                      rules={[{ required: true, whitespace: true }]}
                      className="checklist-wide"
                    >
                      <Input maxLength={200} placeholder="如 消防通道畅通" />
                    </Form.Item>
                    <Form.Item
                      name={[field.name, 'severity']}
                      label="未做到时"
                      rules={[{ required: true }]}
                      className="checklist-code"
                    >
                      <Select options={optionsOf(severities)} />
                    </Form.Item>
                    <Button
                      icon={<DeleteOutlined />}
                      aria-label={`移除第 ${index + 1} 条`}
                      onClick={() => remove(field.name)}
                    />
                  </div>
                  <div className="checklist-item-line">
                    <Form.Item name={[field.name, 'clause']} label="依据" className="checklist-wide">
                      <Input maxLength={200} placeholder="如 某办法第几条" />
                    </Form.Item>
                    <Form.Item name={[field.name, 'prompt']} label="怎么看" className="checklist-wide">
                      <Input maxLength={300} placeholder="如 实地查看每层楼梯间和出口" />
                    </Form.Item>
                  </div>
                  <div className="checklist-item-line">
                    <Form.Item name={[field.name, 'negative']} label="答“否”表示" className="checklist-wide">
                      <Input maxLength={200} placeholder="如 疏散通道被堵" />
                    </Form.Item>
                    <Form.Item
                      name={[field.name, 'evidence']}
                      label="照片材料"
                      rules={[{ required: true }]}
                      className="checklist-topic"
                    >
                      <Select options={optionsOf(evidenceNeeds)} />
                    </Form.Item>
                  </div>
                </fieldset>
              ))}
              <Button
                icon={<PlusOutlined />}
                onClick={() =>
                  add({
                    code: `A${String(fields.length + 1).padStart(2, '0')}`,
                    title: '',
                    evidence: 'optional',
                    severity: 'ordinary',
                  })
                }
              >
                加一条
              </Button>
            </>
          )}
        </Form.List>
      </FormSection>
    </>
  )
}
