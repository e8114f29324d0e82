import { Link, useParams } from '@tanstack/react-router'
import { Button, Tag } from 'antd'
import type { Checklist } from '../../api/types.ts'
import { useApi, useRights } from '../../app/app-context.tsx'
import { useThing } from '../../app/use-read.ts'
import { count, moment } from '../../words/format.ts'
import { checklistStates, schoolKinds, schoolStages } from '../../words/labels.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { QueryView } from '../kit/query-view.tsx'
import { NextStep, RecordPage } from '../kit/record-page.tsx'
import { ChecklistFields } from './checklist-fields.tsx'
import { type ChecklistValues, contentOf, toWording } from './checklist-item-values.ts'
import { ItemTable } from './item-table.tsx'

/** One checklist: what is in force, and what is being revised beside it. */
export function ChecklistPage() {
  const { checklistId = '' } = useParams({ strict: false }) as { checklistId?: string }
  const query = useThing('/api/inspections/checklists/{id}', { path: { id: checklistId } })
  return (
    <QueryView query={query}>
      {(checklist, view) => (
        <RecordPage
          crumbs={[{ title: '督导检查' }, { title: '督查清单', to: '/checklists' }]}
          title={checklist.title}
          state={<Tag>{checklistStates[checklist.state]}</Tag>}
          actions={<ReviseAction checklist={checklist} />}
          nextStep={<ChecklistNextStep checklist={checklist} />}
          facts={[
            { label: '条目', value: `${count(checklist.items.length)} 条` },
            { label: '版次', value: checklist.edition === 0 ? '未发布' : `第 ${checklist.edition} 版` },
            { label: '适用于', value: appliesWords(checklist) },
            { label: '发布时间', value: checklist.origin === 'office' ? moment(checklist.publishedAt) : '随系统提供' },
            ...(checklist.source === null ? [] : [{ label: '来源', value: checklist.source, wide: true }]),
          ]}
          tabs={[
            ...(checklist.draft === null
              ? []
              : [
                  {
                    key: 'draft',
                    label: `修订稿（${checklist.draft.items.length}）`,
                    children: <ItemTable items={checklist.draft.items} />,
                  },
                ]),
            ...(checklist.items.length === 0 && checklist.draft !== null
              ? []
              : [
                  {
                    key: 'items',
                    label: `现行条目（${checklist.items.length}）`,
                    children: <ItemTable items={checklist.items} />,
                  },
                ]),
          ]}
          view={view}
        />
      )}
    </QueryView>
  )
}

function CopyAction({ checklist }: { checklist: Checklist }) {
  const rights = useRights()
  if (!rights.can('checklist.manage')) return null
  return (
    <Link to="/checklists/new" search={{ from: checklist.checklistId } as never}>
      <Button>以此起草</Button>
    </Link>
  )
}

/** Which schools a list is for, in words. */
function appliesWords({ appliesTo: { kinds, stages } }: Checklist): string {
  const words = [...kinds.map((kind) => schoolKinds[kind]), ...stages.map((stage) => schoolStages[stage])]
  return words.length === 0 ? '所有学校' : words.join('、')
}

function ChecklistNextStep({ checklist }: { checklist: Checklist }) {
  const rights = useRights()
  if (checklist.state === 'published' && checklist.draft === null) return undefined
  return (
    <NextStep
      who="督导室"
      what={checklist.state === 'published' ? '检查修订稿后发布新的一版' : '检查条目后发布'}
      mine={rights.can('checklist.manage')}
    >
      <ActionDialog
        kind="primary"
        label="发布清单"
        permission="checklist.manage"
        path="/api/inspections/checklists/{id}/publish"
        version={checklist.version}
        lead="发布后用于新的督查；已经提交的督查仍按当时的版次留存。"
        toInput={() => ({ params: { path: { id: checklist.checklistId } }, body: {} })}
        doneMessage="清单已发布"
      />
    </NextStep>
  )
}

function ReviseAction({ checklist }: { checklist: Checklist }) {
  const api = useApi()
  // What the product brings along follows the published requirements; an office writes a checklist of its own beside it.
  if (checklist.origin !== 'office') return <CopyAction checklist={checklist} />
  return (
    <ActionDialog<'/api/inspections/checklists/{id}/revise', ChecklistValues>
      label={checklist.state === 'published' ? '修订' : '修改'}
      permission="checklist.manage"
      path="/api/inspections/checklists/{id}/revise"
      version={checklist.version}
      width={960}
      draft={`checklist.${checklist.checklistId}`}
      initial={contentOf(checklist)}
      conflict={{
        seen: checklist,
        reload: async () =>
          (await api.get('/api/inspections/checklists/{id}', { path: { id: checklist.checklistId } })).body,
        labels: { title: '名称', items: '条目' },
        format: (field, value) =>
          field === 'items' && Array.isArray(value) ? `${value.length} 条` : String(value ?? '—'),
      }}
      toInput={(values) => ({
        params: { path: { id: checklist.checklistId } },
        body: toWording(values),
      })}
      submitLabel="保存修订稿"
      doneMessage="修订稿已保存，检查后发布"
    >
      <ChecklistFields />
    </ActionDialog>
  )
}
