import { Form, Input } from 'antd'
import type { CampaignRecord, CampaignSchool } from '../../api/types.ts'
import { useApi } from '../../app/app-context.tsx'
import { usePages } from '../../app/use-read.ts'
import { campaignTypes, word } from '../../words/labels.ts'
import { ActionDialog } from '../kit/form/action-dialog.tsx'
import { SupervisorPick } from '../kit/pick/picks.tsx'
import { CampaignFields } from './campaign-fields.tsx'
import { type CampaignValues, campaignBody, campaignValues } from './campaign-values.ts'

const permission = 'campaign.manage'

export function ReplanAction({ campaign }: { campaign: CampaignRecord }) {
  const api = useApi()
  return (
    <ActionDialog<'/api/inspections/campaigns/{id}/replan', CampaignValues>
      label="修改方案"
      permission={permission}
      path="/api/inspections/campaigns/{id}/replan"
      version={campaign.version}
      width={760}
      initial={campaignValues(campaign)}
      conflict={{
        seen: campaign,
        reload: async () =>
          (await api.get('/api/inspections/campaigns/{id}', { path: { id: campaign.campaignId } })).body,
        labels: { title: '名称', topic: '主题', type: '类型', from: '开始日期', to: '结束日期' },
        format: (field, value) => (field === 'type' ? word(campaignTypes, String(value)) : String(value ?? '—')),
      }}
      toInput={(values) => ({ params: { path: { id: campaign.campaignId } }, body: campaignBody(values) })}
      submitLabel="保存方案"
      doneMessage="方案已修改"
    >
      <CampaignFields />
    </ActionDialog>
  )
}

export function OpenAction({ campaign }: { campaign: CampaignRecord }) {
  return (
    <ActionDialog
      kind="primary"
      label="启动督导"
      permission={permission}
      path="/api/inspections/campaigns/{id}/open"
      version={campaign.version}
      lead="启动后学校名单和清单版次不再变动，每所学校的挂牌督学会在手机上看到这次督查。"
      toInput={() => ({ params: { path: { id: campaign.campaignId } }, body: {} })}
      submitLabel="确认启动"
      doneMessage="督导已启动"
    />
  )
}

export function CancelCampaignAction({ campaign }: { campaign: CampaignRecord }) {
  return (
    <ActionDialog<'/api/inspections/campaigns/{id}/cancel', { reason: string }>
      danger
      label="取消督导"
      permission={permission}
      path="/api/inspections/campaigns/{id}/cancel"
      version={campaign.version}
      lead="还没有开展的督查会一并取消，已提交的记录保留。"
      toInput={(body) => ({ params: { path: { id: campaign.campaignId } }, body })}
      submitLabel="确认取消"
      doneMessage="督导已取消"
    >
      <Form.Item name="reason" label="原因" rules={[{ required: true, whitespace: true }]}>
        <Input maxLength={200} />
      </Form.Item>
    </ActionDialog>
  )
}

export function AssignVisitAction({ campaign, school }: { campaign: CampaignRecord; school: CampaignSchool }) {
  const isOpen = campaign.stage === 'opened' && school.state !== 'recorded' && school.state !== 'started'
  if (!isOpen) return null
  return (
    <ActionDialog<'/api/inspections/campaigns/{id}/assign', { supervisorId: string }>
      kind="link"
      label={school.supervisorId === null ? '派督学' : '改派'}
      title={`派督学到${school.schoolName}`}
      permission={permission}
      path="/api/inspections/campaigns/{id}/assign"
      version={campaign.version}
      toInput={({ supervisorId }) => ({
        params: { path: { id: campaign.campaignId } },
        body: { schoolId: school.schoolId, supervisorId },
      })}
      submitLabel="派出"
      doneMessage="已派督学"
    >
      <Form.Item name="supervisorId" label="督学" rules={[{ required: true, message: '请选择督学' }]}>
        <SupervisorPick />
      </Form.Item>
    </ActionDialog>
  )
}

type CloseValues = { conclusion: string; reasons?: Record<string, string> }

/** Every school without a record stands in the dialog by name, with room for the reason. */
export function CloseAction({ campaign }: { campaign: CampaignRecord }) {
  const pages = usePages('/api/inspections/campaign-schools', {
    campaignId: campaign.campaignId,
    unvisited: 'true',
    limit: 200,
  })
  if (pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage()
  const unvisited = pages.data?.pages.flatMap((page) => page.body.items) ?? []
  return (
    <ActionDialog<'/api/inspections/campaigns/{id}/close', CloseValues>
      label="结束督导"
      permission={permission}
      path="/api/inspections/campaigns/{id}/close"
      version={campaign.version}
      width={680}
      draft={`campaign-close.${campaign.campaignId}`}
      lead={
        unvisited.length === 0
          ? '全部学校都已督查。'
          : `还有 ${unvisited.length} 所学校没有督查，请逐校写明理由；这些学校尚未开展的督查会一并取消。`
      }
      toInput={({ conclusion, reasons = {} }) => ({
        params: { path: { id: campaign.campaignId } },
        body: {
          conclusion,
          reasons: Object.entries(reasons).flatMap(([schoolId, reason = '']) =>
            reason.trim() === '' ? [] : [{ schoolId, reason }],
          ),
        },
      })}
      submitLabel="确认结束"
      doneMessage="督导已结束"
    >
      <Form.Item name="conclusion" label="总体情况" rules={[{ required: true, whitespace: true }]}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Form.Item>
      {unvisited.map((school) => (
        <Form.Item
          key={school.schoolId}
          name={['reasons', school.schoolId]}
          label={`${school.schoolName}（${school.supervisorName ?? '未派督学'}）未督查的理由`}
          rules={[{ required: true, whitespace: true, message: `请写明${school.schoolName}未督查的理由` }]}
        >
          <Input maxLength={200} />
        </Form.Item>
      ))}
    </ActionDialog>
  )
}
