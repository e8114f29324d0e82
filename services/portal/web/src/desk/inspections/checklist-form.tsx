import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { App, Button, Form, Input } from 'antd'
import type { ChecklistItem } from '../../api/types.ts'
import { CommandForm, FormSection } from '../kit/form/command-form.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { Panel } from '../kit/panel.tsx'
import './checklist.css'

type ChecklistValues = { title: string; items: ChecklistItem[] }

/** Drafts a checklist item by item. */
export function ChecklistForm() {
  const navigate = useNavigate()
  const { message } = App.useApp()
  return (
    <>
      <PageHead crumbs={[{ title: '督导检查' }, { title: '督查清单', to: '/checklists' }]} title="起草清单" />
      <div className="form-column form-column-wide">
        <Panel>
          <CommandForm<'/api/inspections/checklists', ChecklistValues>
            path="/api/inspections/checklists"
            draft="checklist-new"
            initial={{ items: [{ code: 'A01', title: '' }] }}
            submitLabel="保存为草稿"
            toInput={(values) => ({ body: { title: values.title, items: values.items.map(clean) } })}
            onDone={({ id }) => {
              void message.success('清单已保存，检查后发布')
              void navigate({ to: `/checklists/${id}` })
            }}
            onCancel={() => void navigate({ to: '/checklists' })}
          >
            <FormSection title="清单">
              <Form.Item name="title" label="名称" rules={[{ required: true, whitespace: true }]}>
                <Input maxLength={100} placeholder="如 每月进校走访清单（2026年秋）" />
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
                            style={{ width: 100 }}
                          >
                            <Input maxLength={12} />
                          </Form.Item>
                          <Form.Item
                            name={[field.name, 'title']}
                            label="条目"
                            rules={[{ required: true, whitespace: true }]}
                            style={{ flex: 1 }}
                          >
                            <Input maxLength={200} placeholder="如 消防通道畅通" />
                          </Form.Item>
                          <Button
                            icon={<DeleteOutlined />}
                            aria-label={`移除第 ${index + 1} 条`}
                            onClick={() => remove(field.name)}
                          />
                        </div>
                        <div className="checklist-item-line">
                          <Form.Item name={[field.name, 'clause']} label="依据" style={{ flex: 1 }}>
                            <Input maxLength={200} placeholder="如 某办法第几条" />
                          </Form.Item>
                          <Form.Item name={[field.name, 'prompt']} label="怎么看" style={{ flex: 1 }}>
                            <Input maxLength={300} placeholder="如 实地查看每层楼梯间和出口" />
                          </Form.Item>
                        </div>
                      </fieldset>
                    ))}
                    <Button
                      icon={<PlusOutlined />}
                      onClick={() => add({ code: `A${String(fields.length + 1).padStart(2, '0')}`, title: '' })}
                    >
                      加一条
                    </Button>
                  </>
                )}
              </Form.List>
            </FormSection>
          </CommandForm>
        </Panel>
      </div>
    </>
  )
}

function clean({ code, title, clause, prompt }: ChecklistItem): ChecklistItem {
  return {
    code: code.trim(),
    title: title.trim(),
    ...(clause === undefined || clause === null || clause.trim() === '' ? {} : { clause: clause.trim() }),
    ...(prompt === undefined || prompt === null || prompt.trim() === '' ? {} : { prompt: prompt.trim() }),
  }
}
