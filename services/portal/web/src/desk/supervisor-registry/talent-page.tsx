import { Link, useParams } from '@tanstack/react-router'
import { Form, Input, Select } from 'antd'
import type { Talent } from '../../api/types.ts'
import { useThing } from '../../app/use-read.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { Timeline } from '../../kit/timeline.tsx'
import { count, day, today } from '../../words/format.ts'
import { optionsOf, talentAims, talentOutcomes } from '../../words/labels.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { DayField } from '../kit/form/day-field.tsx'
import { QueryView } from '../kit/query-view.tsx'
import { NextStep, RecordPage } from '../kit/record-page.tsx'
import { stateOf } from './talent-list.tsx'

/** One person on the talent list and each step of the preparation. */
export function TalentPage() {
  const { talentId = '' } = useParams({ strict: false }) as { talentId?: string }
  const query = useThing('/api/supervisor-registry/talents/{id}', { path: { id: talentId } })
  return (
    <QueryView query={query}>
      {(talent, view) => (
        <RecordPage
          crumbs={[{ title: '督学库' }, { title: '后备人才', to: '/talents' }]}
          title={talent.name}
          state={
            <StateLamp strong kind={talent.state === 'listed' ? 'on-time' : 'closed'}>
              {stateOf(talent)}
            </StateLamp>
          }
          nextStep={
            talent.state === 'listed' ? (
              <NextStep who="督导室" what="按培养措施推进，聘任后出库" mine>
                <StepAction talent={talent} />
                <DelistAction talent={talent} />
              </NextStep>
            ) : undefined
          }
          facts={[
            { label: '所在单位', value: talent.homeUnit },
            { label: '专长', value: talent.field },
            { label: '培养方向', value: talentAims[talent.aim] },
            { label: '推荐单位', value: talent.recommendedBy },
            { label: '列入日期', value: day(talent.listedOn) },
            { label: '培养记录', value: `${count(talent.steps)} 次` },
            ...(talent.supervisorId === null
              ? []
              : [{ label: '督学库', value: <Link to={`/supervisors/${talent.supervisorId}`}>查看本人</Link> }]),
          ]}
          tabs={[{ key: 'plan', label: '培养措施', children: <p className="problem-text">{talent.plan}</p> }]}
          timelineTitle="培养过程"
          timeline={<Timeline entries={talent.history} newestFirst />}
          view={view}
        />
      )}
    </QueryView>
  )
}

function StepAction({ talent }: { talent: Talent }) {
  return (
    <ActionDialog<'/api/supervisor-registry/talents/{id}/steps', { on: string; text: string }>
      kind="primary"
      label="记录培养"
      permission="registry.manage"
      path="/api/supervisor-registry/talents/{id}/steps"
      initial={{ on: today() }}
      toInput={(values) => ({ params: { path: { id: talent.talentId } }, body: values })}
      doneMessage="已记录"
    >
      <Form.Item name="on" label="日期" rules={[{ required: true }]}>
        <DayField />
      </Form.Item>
      <Form.Item name="text" label="内容" rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} placeholder="如 跟岗督查两次" />
      </Form.Item>
    </ActionDialog>
  )
}

function DelistAction({ talent }: { talent: Talent }) {
  return (
    <ActionDialog<
      '/api/supervisor-registry/talents/{id}/delist',
      { outcome: keyof typeof talentOutcomes; on: string; reason: string }
    >
      label="出库"
      permission="registry.manage"
      path="/api/supervisor-registry/talents/{id}/delist"
      version={talent.version}
      initial={{ on: today(), outcome: 'appointed' }}
      toInput={(values) => ({ params: { path: { id: talent.talentId } }, body: values })}
      doneMessage="已出库"
    >
      <Form.Item name="outcome" label="结果" rules={[{ required: true }]}>
        <Select options={optionsOf(talentOutcomes)} />
      </Form.Item>
      <Form.Item name="on" label="日期" rules={[{ required: true }]}>
        <DayField />
      </Form.Item>
      <Form.Item name="reason" label="说明" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={200} />
      </Form.Item>
    </ActionDialog>
  )
}
