import { useParams } from '@tanstack/react-router'
import { Form, Input, Tag } from 'antd'
import type { Plan } from '../../api/types.ts'
import { useApi, useRights } from '../../app/app-context.tsx'
import { useThing } from '../../app/use-read.ts'
import { count, day, moment } from '../../words/format.ts'
import { planStates } from '../../words/labels.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { DayField } from '../kit/form/day-field.tsx'
import { QueryView } from '../kit/query-view.tsx'
import { NextStep, RecordPage, type RecordTab } from '../kit/record-page.tsx'
import { ItemEditor } from './item-editor.tsx'
import { fromPlan } from './plan-items.ts'
import { PlanReading } from './plan-reading.tsx'
import { PlanTree } from './plan-tree.tsx'

/** One plan: corrected while imported, followed task by task afterwards. */
export function PlanPage() {
  const { planId = '' } = useParams({ strict: false }) as { planId?: string }
  const query = useThing('/api/office/plans/{id}', { path: { id: planId } })
  return (
    <QueryView query={query}>
      {(plan, view) => (
        <RecordPage
          crumbs={[{ title: '计划任务' }, { title: '年度计划', to: '/plans' }]}
          title={plan.title}
          state={<Tag>{planStates[plan.state]}</Tag>}
          nextStep={<PlanNextStep plan={plan} />}
          facts={[
            { label: '年度', value: `${plan.year}年` },
            { label: '发文字号', value: plan.documentNumber ?? '—' },
            { label: '印发日期', value: day(plan.issuedOn) },
            {
              label: '任务',
              value: plan.tasks === 0 ? '采纳后分解' : `已完成 ${count(plan.done)} / ${count(plan.tasks)}`,
            },
            { label: '来源文件', value: plan.source.fileName },
            { label: '导入时间', value: moment(plan.importedAt) },
            { label: '主送', value: plan.recipients.length === 0 ? '—' : plan.recipients.join('、'), wide: true },
          ]}
          tabs={tabsOf(plan)}
          view={view}
        />
      )}
    </QueryView>
  )
}

function tabsOf(plan: Plan): RecordTab[] {
  const reading: RecordTab = {
    key: 'items',
    label: plan.state === 'imported' ? '校正条目' : '条目与原文',
    children: <Items plan={plan} />,
  }
  const text: RecordTab = {
    key: 'text',
    label: '正文前后',
    children: (
      <>
        <p className="plan-text">{plan.preamble}</p>
        <hr style={{ border: 0, borderTop: '1px dashed var(--line-strong)', margin: '16px 0' }} />
        <p className="plan-text">{plan.trailing === '' ? '（正文后没有其他内容）' : plan.trailing}</p>
      </>
    ),
  }
  if (plan.state === 'imported') return [reading, text]
  return [{ key: 'tasks', label: '任务分解', children: <PlanTree plan={plan} /> }, reading, text]
}

function Items({ plan }: { plan: Plan }) {
  const rights = useRights()
  const api = useApi()
  const reload = async () => (await api.get('/api/office/plans/{id}', { path: { id: plan.planId } })).body
  const open = plan.state === 'imported' && rights.can('plan.manage')
  return (
    <PlanReading
      items={fromPlan(plan.items)}
      editor={
        open
          ? (item, close) =>
              item.itemId === undefined ? null : (
                <ItemEditor plan={plan} item={{ ...item, itemId: item.itemId }} reload={reload} onClose={close} />
              )
          : undefined
      }
    />
  )
}

function PlanNextStep({ plan }: { plan: Plan }) {
  const rights = useRights()
  const mine = rights.can('plan.manage')
  const target = { params: { path: { id: plan.planId } } }
  if (plan.state === 'imported') {
    return (
      <NextStep who="督导室" what="对照原文校正条目，然后采纳" mine={mine}>
        <ActionDialog
          kind="primary"
          label="采纳计划"
          permission="plan.manage"
          path="/api/office/plans/{id}/adopt"
          version={plan.version}
          toInput={() => ({ ...target, body: {} })}
          lead={`采纳后，${count(plan.items.filter((item) => item.role === 'task').length)} 个条目将按责任单位分解为任务，条目不能再校正。`}
          doneMessage="计划已采纳，任务已分解"
        />
      </NextStep>
    )
  }
  if (plan.state === 'adopted') {
    return (
      <NextStep who="督导室" what="登记印发信息" mine={mine}>
        <ActionDialog<'/api/office/plans/{id}/issue', { documentNumber: string; issuedOn: string; recipients: string }>
          kind="primary"
          label="登记印发"
          permission="plan.manage"
          path="/api/office/plans/{id}/issue"
          version={plan.version}
          draft={`plan-issue.${plan.planId}`}
          initial={{
            documentNumber: plan.documentNumber ?? '',
            ...(plan.issuedOn === null ? {} : { issuedOn: plan.issuedOn }),
            recipients: plan.recipients.join('\n'),
          }}
          toInput={(values) => ({
            ...target,
            body: {
              documentNumber: values.documentNumber.trim(),
              issuedOn: values.issuedOn,
              recipients: values.recipients
                .split(/[\n、；;]/)
                .map((one) => one.trim())
                .filter((one) => one !== ''),
            },
          })}
          doneMessage="印发信息已登记"
        >
          <Form.Item name="documentNumber" label="发文字号" rules={[{ required: true, whitespace: true }]}>
            <Input placeholder="如 示教督〔2026〕5号" maxLength={60} />
          </Form.Item>
          <Form.Item name="issuedOn" label="印发日期" rules={[{ required: true }]}>
            <DayField />
          </Form.Item>
          <Form.Item
            name="recipients"
            label="主送单位"
            rules={[{ required: true, whitespace: true }]}
            extra="一行一个，或用顿号隔开"
          >
            <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} />
          </Form.Item>
        </ActionDialog>
      </NextStep>
    )
  }
  if (plan.state === 'issued') {
    return (
      <NextStep who="各责任单位" what="按任务填报进展；任务办完后办结计划">
        <ActionDialog
          label="办结计划"
          permission="plan.manage"
          path="/api/office/plans/{id}/close"
          version={plan.version}
          toInput={() => ({ ...target, body: {} })}
          lead={`${plan.done < plan.tasks ? `还有 ${count(plan.tasks - plan.done)} 项任务没有完成。` : ''}每年须组织一次综合督导；本年度综合督导没有开展的，计划不能办结。`}
          doneMessage="计划已办结"
        />
      </NextStep>
    )
  }
  return undefined
}
