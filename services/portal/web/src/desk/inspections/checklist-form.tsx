import { useNavigate } from '@tanstack/react-router'
import { App } from 'antd'
import { CommandForm } from '../kit/form/command-form.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { Panel } from '../kit/panel.tsx'
import { ChecklistFields } from './checklist-fields.tsx'
import { type ItemValues, toItem } from './checklist-item-values.ts'

/** Drafts a checklist item by item. */
export function ChecklistForm() {
  const navigate = useNavigate()
  const { message } = App.useApp()
  return (
    <>
      <PageHead crumbs={[{ title: '督导检查' }, { title: '督查清单', to: '/checklists' }]} title="起草清单" />
      <div className="form-column form-column-wide">
        <Panel>
          <CommandForm<'/api/inspections/checklists', { title: string; items: ItemValues[] }>
            path="/api/inspections/checklists"
            draft="checklist-new"
            initial={{ items: [{ code: 'A01', title: '', severity: 'ordinary' }] }}
            submitLabel="保存为草稿"
            toInput={(values) => ({ body: { title: values.title, items: values.items.map(toItem) } })}
            onDone={({ id }) => {
              void message.success('清单已保存，检查后发布')
              void navigate({ to: `/checklists/${id}` })
            }}
            onCancel={() => void navigate({ to: '/checklists' })}
          >
            <ChecklistFields />
          </CommandForm>
        </Panel>
      </div>
    </>
  )
}
