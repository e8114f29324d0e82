import { useNavigate } from '@tanstack/react-router'
import { App } from 'antd'
import { useRead } from '../../app/use-read.ts'
import { ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { CommandForm } from '../kit/form/command-form.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { Panel } from '../kit/panel.tsx'
import { ChecklistPick } from '../kit/pick/picks.tsx'
import { useSearchState } from '../kit/use-search-state.ts'
import { ChecklistFields } from './checklist-fields.tsx'
import { type ChecklistValues, contentOf, toWording } from './checklist-item-values.ts'

const blank: Partial<ChecklistValues> = {
  items: [{ code: 'A01', title: '', evidence: 'optional', severity: 'ordinary' }],
}

/** Drafts a checklist item by item, or from another one: the district's own topics, or one in use. */
export function ChecklistForm() {
  const navigate = useNavigate()
  const { message } = App.useApp()
  const [search, setSearch] = useSearchState()
  const { from = '' } = search
  const model = useRead('/api/inspections/checklists/{id}', { path: { id: from } }, { enabled: from !== '' })
  const initial = from === '' ? blank : model.data === undefined ? undefined : contentOf(model.data.body)
  return (
    <>
      <PageHead crumbs={[{ title: '督导检查' }, { title: '督查清单', to: '/checklists' }]} title="起草清单" />
      <div className="form-column form-column-wide">
        <Panel>
          <p className="no-print" style={{ marginBottom: 12 }}>
            <ChecklistPick
              placeholder="从督查主题或现有清单起草"
              width={320}
              value={from === '' ? undefined : from}
              onChange={(next) => setSearch({ from: next })}
            />
          </p>
          {from !== '' && model.isError && <ErrorState error={model.error} onRetry={() => void model.refetch()} />}
          {from !== '' && model.isPending && <SkeletonLines lines={6} />}
          {initial !== undefined && (
            <CommandForm<'/api/inspections/checklists', ChecklistValues>
              key={from}
              path="/api/inspections/checklists"
              draft={`checklist-new.${from}`}
              initial={initial}
              submitLabel="保存为草稿"
              toInput={(values) => ({ body: toWording(values) })}
              onDone={({ id }) => {
                void message.success('清单已保存，检查后发布')
                void navigate({ to: `/checklists/${id}` })
              }}
              onCancel={() => void navigate({ to: '/checklists' })}
            >
              <ChecklistFields />
            </CommandForm>
          )}
        </Panel>
      </div>
    </>
  )
}
