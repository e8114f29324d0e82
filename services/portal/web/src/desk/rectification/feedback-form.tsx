import { useNavigate } from '@tanstack/react-router'
import { App, Button, Form, Input, Radio } from 'antd'
import type { EvidenceRef, ProblemSource, Severity } from '../../api/types.ts'
import { today } from '../../words/format.ts'
import { optionsOf, severities } from '../../words/labels.ts'
import { usePeriod } from '../frame/period.tsx'
import { CommandForm, FormSection } from '../kit/form/command-form.tsx'
import { DayField } from '../kit/form/day-field.tsx'
import { UploadField } from '../kit/form/upload-field.tsx'
import { DeleteOutlined, PlusOutlined } from '../kit/icons.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { Panel } from '../kit/panel.tsx'
import { SchoolPick } from '../kit/pick/picks.tsx'
import { SourceFields } from './source-fields.tsx'

type Row = { schoolId: string; title: string; description: string; severity: Severity; body?: string; clause?: string }
type FeedbackValues = {
  source: ProblemSource
  receivedOn?: string
  files?: EvidenceRef[]
  problems: Row[]
}

const emptyRow: Partial<Row> = { severity: 'ordinary' }

/** 登记反馈文件: a document of a higher inspection or a monitoring, with all the problems it lists, at once. */
export function FeedbackForm() {
  const navigate = useNavigate()
  const { message } = App.useApp()
  const { year } = usePeriod()
  return (
    <>
      <PageHead crumbs={[{ title: '整改问责' }, { title: '问题台账', to: '/problems' }]} title="登记反馈文件" />
      <div className="form-column">
        <Panel>
          <CommandForm<'/api/rectification/feedbacks', FeedbackValues>
            path="/api/rectification/feedbacks"
            draft="feedback-new"
            initial={{
              source: {
                kind: 'quality-monitoring',
                title: '',
                level: 'national',
                year: Number(year),
                documentNumber: null,
              },
              receivedOn: today(),
              problems: [emptyRow as Row],
            }}
            submitLabel="登记全部问题"
            toInput={({ source, receivedOn, files, problems }) => ({
              body: {
                source,
                receivedOn: receivedOn ?? null,
                files: files ?? [],
                problems: problems.map(({ body, clause, ...row }) => ({
                  ...row,
                  ...(body === undefined || body === '' ? {} : { body }),
                  ...(clause === undefined || clause === '' ? {} : { clause }),
                })),
              },
            })}
            onDone={({ id, opened, reopened }) => {
              void message.success(
                `已立案 ${opened} 个问题${reopened === 0 ? '' : `，${reopened} 个原问题反弹并重新立案`}`,
              )
              void navigate({ to: '/problems', search: { feedbackId: id } as never })
            }}
            onCancel={() => void navigate({ to: '/problems' })}
          >
            <SourceFields />
            <FormSection title="文件">
              <Form.Item name="receivedOn" label="收到日期">
                <DayField to={today()} />
              </Form.Item>
              <Form.Item name="files" label="反馈文件">
                <UploadField service="rectification" />
              </Form.Item>
            </FormSection>
            <FormSection title="问题" lead="逐行填写文件列出的问题；有一行不合要求，全部不登记。">
              <Form.List name="problems">
                {(fields, { add, remove }) => (
                  <>
                    {fields.map(({ key, name }) => (
                      <section key={key} className="demand-card" aria-label={`第 ${name + 1} 个问题`}>
                        <h3>
                          第 {name + 1} 个问题
                          {fields.length > 1 && (
                            <Button
                              type="link"
                              size="small"
                              icon={<DeleteOutlined />}
                              aria-label={`移除第 ${name + 1} 个问题`}
                              onClick={() => remove(name)}
                            >
                              移除
                            </Button>
                          )}
                        </h3>
                        <Form.Item
                          name={[name, 'schoolId']}
                          label="责任学校"
                          rules={[{ required: true, message: '请选择学校' }]}
                        >
                          <SchoolPick />
                        </Form.Item>
                        <Form.Item name={[name, 'title']} label="问题" rules={[{ required: true, whitespace: true }]}>
                          <Input maxLength={100} />
                        </Form.Item>
                        <Form.Item
                          name={[name, 'description']}
                          label="具体情况"
                          rules={[{ required: true, whitespace: true }]}
                        >
                          <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
                        </Form.Item>
                        <Form.Item name={[name, 'severity']} label="严重程度" rules={[{ required: true }]}>
                          <Radio.Group options={optionsOf(severities)} />
                        </Form.Item>
                        <Form.Item name={[name, 'body']} label="责任部门">
                          <Input maxLength={100} />
                        </Form.Item>
                        <Form.Item name={[name, 'clause']} label="依据条款">
                          <Input maxLength={200} />
                        </Form.Item>
                      </section>
                    ))}
                    <Button icon={<PlusOutlined />} onClick={() => add(emptyRow)}>
                      再加一个问题
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
