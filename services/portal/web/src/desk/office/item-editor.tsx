import { Button, Checkbox, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import type { Body, Plan, PlanDate, PlanQuantity } from '../../api/types.ts'
import { bodyRoles, optionsOf } from '../../words/labels.ts'
import { clearable } from '../kit/clearable.tsx'
import { CommandForm } from '../kit/form/command-form.tsx'
import { DayField } from '../kit/form/day-field.tsx'
import { DeleteOutlined, PlusOutlined } from '../kit/icons.tsx'
import type { ReadingItem } from './plan-items.ts'

type Treatment = 'usual' | 'task' | 'part' | 'excluded'

const treatments: Readonly<Record<Treatment, string>> = {
  usual: '按识别结果',
  task: '单独成为任务',
  part: '并入上级条目',
  excluded: '不列入任务',
}

type ItemValues = {
  treatment: Treatment
  comprehensiveInspection: boolean
  heading?: string
  text: string
  bodies: Body[]
  dates: PlanDate[]
  quantities: PlanQuantity[]
  note?: string
}

interface ItemEditorProps {
  readonly plan: Plan
  readonly item: ReadingItem & { itemId: string }
  readonly reload: () => Promise<Plan>
  readonly onClose: () => void
}

/** Corrects what was understood of one item; the printed text stays beside it. */
export function ItemEditor({ plan, item: latest, reload, onClose }: ItemEditorProps) {
  // The item as it was when the editor opened: only what differs from that is the person's own correction.
  const [item] = useState(latest)
  return (
    <CommandForm<'/api/office/plans/{id}/items/{itemId}/correct', ItemValues>
      path="/api/office/plans/{id}/items/{itemId}/correct"
      draft={`plan-item.${item.itemId}`}
      version={plan.version}
      initial={{
        heading: item.heading,
        text: item.text,
        bodies: [...item.bodies],
        dates: [...item.dates],
        quantities: [...item.quantities],
        treatment: treatmentOf(item),
        comprehensiveInspection: item.comprehensiveInspection,
      }}
      toInput={(values) => ({
        params: { path: { id: plan.planId, itemId: item.itemId } },
        body: correctionOf(item, values),
      })}
      conflict={{
        seen: item,
        reload: async () => {
          const now = await reload()
          const current = now.items.find((one) => one.itemId === item.itemId)
          return { ...(current ?? {}), version: now.version }
        },
        labels: { heading: '标题', text: '内容', bodies: '责任单位', dates: '时限', quantities: '数量要求' },
      }}
      submitLabel="保存校正"
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="heading" label="标题">
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="text" label="内容">
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 12 }} />
      </Form.Item>
      <Form.Item label="责任单位">
        <Form.List name="bodies">
          {(fields, { add, remove }) => (
            <>
              {fields.map((field) => (
                <div className="editor-row" key={field.key}>
                  <Form.Item name={[field.name, 'role']} noStyle>
                    <Select style={{ width: 90 }} options={optionsOf(bodyRoles)} aria-label="牵头或配合" />
                  </Form.Item>
                  <Form.Item
                    name={[field.name, 'name']}
                    noStyle
                    rules={[{ required: true, message: '请填写单位名称' }]}
                  >
                    <Input style={{ flex: 1, minWidth: 140 }} aria-label="单位名称" />
                  </Form.Item>
                  <Button icon={<DeleteOutlined />} aria-label="移除此单位" onClick={() => remove(field.name)} />
                </div>
              ))}
              <Button
                size="small"
                icon={<PlusOutlined />}
                onClick={() => add({ name: '', role: fields.length === 0 ? 'lead' : 'cooperating' })}
              >
                加一个单位
              </Button>
            </>
          )}
        </Form.List>
      </Form.Item>
      <Form.Item label="时限">
        <Form.List name="dates">
          {(fields, { add, remove }) => (
            <>
              {fields.map((field) => (
                <div className="editor-row" key={field.key}>
                  <Form.Item
                    name={[field.name, 'from']}
                    noStyle
                    rules={[{ required: true, message: '请选择开始日期' }]}
                  >
                    <DayField placeholder="从" aria-label="从" />
                  </Form.Item>
                  <Form.Item name={[field.name, 'to']} noStyle rules={[{ required: true, message: '请选择截止日期' }]}>
                    <DayField placeholder="到" aria-label="到" />
                  </Form.Item>
                  <Form.Item name={[field.name, 'text']} noStyle>
                    <Input style={{ width: 150 }} placeholder="原文中的说法" aria-label="原文中的说法" />
                  </Form.Item>
                  <Button icon={<DeleteOutlined />} aria-label="移除此时限" onClick={() => remove(field.name)} />
                </div>
              ))}
              <Button size="small" icon={<PlusOutlined />} onClick={() => add({ text: '' })}>
                加一个时限
              </Button>
            </>
          )}
        </Form.List>
      </Form.Item>
      <Form.Item label="数量要求">
        <Form.List name="quantities">
          {(fields, { add, remove }) => (
            <>
              {fields.map((field) => (
                <div className="editor-row" key={field.key}>
                  <Form.Item name={[field.name, 'comparator']} noStyle>
                    <Select
                      style={{ width: 104 }}
                      allowClear={clearable}
                      placeholder="等于"
                      aria-label="比较"
                      options={[
                        { value: '>=', label: '不低于' },
                        { value: '<=', label: '不超过' },
                        { value: '>', label: '超过' },
                        { value: '<', label: '低于' },
                        { value: '≈', label: '约' },
                      ]}
                    />
                  </Form.Item>
                  <Form.Item name={[field.name, 'value']} noStyle rules={[{ required: true, message: '请填写数值' }]}>
                    <InputNumber controls={false} style={{ width: 96 }} aria-label="数值" />
                  </Form.Item>
                  <Form.Item name={[field.name, 'unit']} noStyle>
                    <Input style={{ width: 84 }} placeholder="单位" aria-label="单位" />
                  </Form.Item>
                  <Form.Item name={[field.name, 'text']} noStyle>
                    <Input style={{ width: 140 }} placeholder="原文中的说法" aria-label="原文中的说法" />
                  </Form.Item>
                  <Button icon={<DeleteOutlined />} aria-label="移除此数量" onClick={() => remove(field.name)} />
                </div>
              ))}
              <Button size="small" icon={<PlusOutlined />} onClick={() => add({ text: '', value: 1 })}>
                加一个数量
              </Button>
            </>
          )}
        </Form.List>
      </Form.Item>
      <Form.Item name="treatment" label="采纳时怎么处理">
        <Select style={{ maxWidth: 220 }} options={optionsOf(treatments)} />
      </Form.Item>
      <Form.Item name="comprehensiveInspection" valuePropName="checked">
        <Checkbox>这一条是本年度的综合督导</Checkbox>
      </Form.Item>
      <Form.Item name="note" label="校正说明">
        <Input maxLength={200} placeholder="为什么这样校正" />
      </Form.Item>
    </CommandForm>
  )
}

/** Only what differs is a correction; empty optional fields are left out rather than sent as empty text. */
function correctionOf(item: ReadingItem, values: ItemValues) {
  const filled = {
    heading: values.heading ?? '',
    text: values.text,
    bodies: values.bodies ?? [],
    dates: (values.dates ?? []).map((date) => ({ ...date, text: date.text ?? '' })),
    quantities: (values.quantities ?? []).map(({ text, value, unit, comparator }) => ({
      text: text ?? '',
      value,
      ...(unit === undefined || unit === '' ? {} : { unit }),
      ...(comparator === undefined || comparator === null ? {} : { comparator }),
    })),
    comprehensiveInspection: values.comprehensiveInspection,
    excluded: values.treatment === 'excluded',
    becomesTask: values.treatment === 'task' ? true : values.treatment === 'part' ? false : null,
  }
  const seen = new Map(Object.entries(item))
  const changed = Object.entries(filled).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(seen.get(field)),
  )
  const note = values.note?.trim() ?? ''
  return { ...Object.fromEntries(changed), ...(note === '' ? {} : { note }) }
}

function treatmentOf(item: ReadingItem): Treatment {
  if (item.excluded) return 'excluded'
  if (item.becomesTask === null) return 'usual'
  return item.becomesTask ? 'task' : 'part'
}
