import { useNavigate } from '@tanstack/react-router'
import { App, Form } from 'antd'
import { today } from '../../words/format.ts'
import { CommandForm, FormSection } from '../kit/form/command-form.tsx'
import { DayField } from '../kit/form/day-field.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { Panel } from '../kit/panel.tsx'
import { ChecklistPick, SchoolPick, SupervisorPick, TaskPick } from '../kit/pick/picks.tsx'
import { useSearchState } from '../kit/use-search-state.ts'

type VisitValues = {
  schoolId: string
  supervisorId: string
  scheduledFor: string
  checklistId: string
  taskId?: string
}

/** Schedules one supervisor's visit at one school. */
export function VisitForm() {
  const navigate = useNavigate()
  const { message } = App.useApp()
  const [search] = useSearchState()
  return (
    <>
      <PageHead crumbs={[{ title: '督导检查' }, { title: '进校督查', to: '/visits' }]} title="安排督查" />
      <div className="form-column">
        <Panel>
          <CommandForm<'/api/inspections/visits', VisitValues>
            path="/api/inspections/visits"
            draft="visit-new"
            initial={{
              scheduledFor: today(),
              ...(search.schoolId === undefined ? {} : { schoolId: search.schoolId }),
              ...(search.taskId === undefined ? {} : { taskId: search.taskId }),
            }}
            submitLabel="安排督查"
            toInput={({ taskId, ...values }) => ({ body: { ...values, ...(taskId === undefined ? {} : { taskId }) } })}
            onDone={({ id }) => {
              void message.success('督查已安排，督学在手机上可以看到')
              void navigate({ to: `/visits/${id}` })
            }}
            onCancel={() => void navigate({ to: '/visits' })}
          >
            <FormSection title="到哪里，谁去">
              <Form.Item name="schoolId" label="学校" rules={[{ required: true, message: '请选择学校' }]}>
                <SchoolPick />
              </Form.Item>
              <Form.Item
                name="supervisorId"
                label="督学"
                rules={[{ required: true, message: '请选择督学' }]}
                extra="一般由该校的责任督学前往"
              >
                <SupervisorPick />
              </Form.Item>
              <Form.Item name="scheduledFor" label="日期" rules={[{ required: true }]}>
                <DayField from={today()} />
              </Form.Item>
            </FormSection>
            <FormSection title="看什么">
              <Form.Item name="checklistId" label="督查清单" rules={[{ required: true, message: '请选择督查清单' }]}>
                <ChecklistPick />
              </Form.Item>
              <Form.Item name="taskId" label="对应的任务" extra="选择后，督查结果会计入这项任务">
                <TaskPick />
              </Form.Item>
            </FormSection>
          </CommandForm>
        </Panel>
      </div>
    </>
  )
}
