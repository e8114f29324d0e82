import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import type { CampaignRecord, CampaignSchool } from '../../api/types.ts'
import { useRights } from '../../app/app-context.tsx'
import { useThing } from '../../app/use-read.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { Timeline } from '../../kit/timeline.tsx'
import { count, day, percent } from '../../words/format.ts'
import {
  campaignSchoolStates,
  campaignStages,
  campaignTypes,
  ownerships,
  schoolKinds,
  schoolStages,
  seasons,
  word,
} from '../../words/labels.ts'
import { campaignLamps, campaignSchoolLamps } from '../../words/lamps.ts'
import { Facts } from '../kit/facts.tsx'
import { useLookBack } from '../kit/past/use-look-back.ts'
import { QueryView } from '../kit/query-view.tsx'
import { NextStep, RecordPage } from '../kit/record-page.tsx'
import { DataTable } from '../kit/table/data-table.tsx'
import { AssignVisitAction, CancelCampaignAction, CloseAction, OpenAction, ReplanAction } from './campaign-actions.tsx'
import { ItemTable } from './item-table.tsx'

/** One campaign: what it looks into, which schools, how far it is, what came of it. */
export function CampaignPage() {
  const { campaignId = '' } = useParams({ strict: false }) as { campaignId?: string }
  const query = useThing('/api/inspections/campaigns/{id}', { path: { id: campaignId } })
  return (
    <QueryView query={query}>
      {(campaign, view) => (
        <RecordPage
          crumbs={[{ title: '督导检查' }, { title: '专项与综合督导', to: '/campaigns' }]}
          title={campaign.title}
          state={
            <StateLamp strong kind={campaignLamps[campaign.stage]}>
              {campaignStages[campaign.stage]}
            </StateLamp>
          }
          actions={
            (campaign.stage === 'planned' || campaign.stage === 'opened') && (
              <>
                {campaign.stage === 'planned' && <ReplanAction campaign={campaign} />}
                <CancelCampaignAction campaign={campaign} />
              </>
            )
          }
          nextStep={<CampaignNextStep campaign={campaign} />}
          facts={[
            {
              label: '类型',
              value: `${campaignTypes[campaign.type]}${campaign.season === null ? '' : `（${campaign.year}年${seasons[campaign.season]}）`}`,
            },
            { label: '主题', value: campaign.topic },
            { label: '起止日期', value: `${day(campaign.from)}至${day(campaign.to)}` },
            {
              label: '进度',
              value:
                campaign.stage === 'planned'
                  ? '未启动'
                  : `已督查 ${count(campaign.visited)} / ${count(campaign.schools)} 所${campaign.schools === 0 ? '' : `（${percent(campaign.visited / campaign.schools)}）`}`,
            },
            {
              label: '督查清单',
              value: (
                <Link to={`/checklists/${campaign.checklistId}`}>
                  {campaign.checklistTitle}（第 {campaign.checklistEdition} 版）
                </Link>
              ),
            },
            ...(campaign.taskId === null
              ? []
              : [{ label: '对应任务', value: <Link to={`/tasks/${campaign.taskId}`}>查看任务</Link> }]),
            ...(campaign.conclusion === null
              ? []
              : [{ label: '总体情况', value: campaign.conclusion, wide: true as const }]),
          ]}
          tabs={[
            {
              key: 'schools',
              label: campaign.stage === 'planned' ? '拟督查学校' : `学校（${campaign.schools}）`,
              children: <Schools campaign={campaign} />,
            },
            { key: 'plan', label: '范围与小组', children: <PlanFacts campaign={campaign} /> },
            {
              key: 'items',
              label: `清单条目（${campaign.checklist.items.length}）`,
              children: <ItemTable items={campaign.checklist.items} />,
            },
          ]}
          timeline={<Timeline entries={campaign.timeline} newestFirst />}
          view={view}
        />
      )}
    </QueryView>
  )
}

function CampaignNextStep({ campaign }: { campaign: CampaignRecord }) {
  const rights = useRights()
  const mine = rights.can('campaign.manage')
  if (campaign.stage === 'planned') {
    return (
      <NextStep who="督导室" what="核对拟督查学校和督导小组后启动" mine={mine}>
        <OpenAction campaign={campaign} />
      </NextStep>
    )
  }
  if (campaign.stage === 'opened') {
    const waiting = campaign.waiting > 0 ? `${count(campaign.waiting)} 所学校待派督学；` : ''
    return (
      <NextStep who="督导小组" what={`${waiting}逐校督查，完成后结束督导`} by={day(campaign.to)} mine={mine}>
        <CloseAction campaign={campaign} />
      </NextStep>
    )
  }
  if (campaign.stage === 'closed' && campaign.season !== null) {
    return (
      <NextStep who="督导室" what="与另一季的结果分组比较" mine={mine}>
        <Link to="/campaigns/compare" search={{ second: campaign.campaignId } as never}>
          <Button>比较两次督导</Button>
        </Link>
      </NextStep>
    )
  }
  return undefined
}

function Schools({ campaign }: { campaign: CampaignRecord }) {
  const past = useLookBack()
  return (
    <DataTable
      name="campaign-schools"
      past="campaign-schools"
      path="/api/inspections/campaign-schools"
      caption={`${campaign.title}学校`}
      fixed={{ campaignId: campaign.campaignId }}
      beside={
        past !== undefined && (
          <p className="quiet" style={{ marginBottom: 12 }}>
            回看的只是下面的学校；页首的状态和进度为现在的情况。
          </p>
        )
      }
      rowKey={(school) => school.schoolId}
      filters={campaign.stage === 'planned' ? [] : [{ kind: 'toggle', key: 'unvisited', label: '只看没有督查的' }]}
      empty={
        <EmptyState title="没有学校">
          {campaign.stage === 'planned' ? '范围和清单没有对应到正常办学的学校，请修改方案。' : '没有符合条件的学校。'}
        </EmptyState>
      }
      columns={[
        {
          key: 'school',
          title: '学校',
          isTitle: true,
          text: (school) => school.schoolName,
          render: (school) =>
            school.visitId === null || school.state === 'waiting' ? (
              school.schoolName
            ) : (
              <Link to={`/visits/${school.visitId}`}>{school.schoolName}</Link>
            ),
        },
        { key: 'zone', title: '责任区', render: (school) => school.zoneName ?? '—', width: 120, optional: true },
        { key: 'supervisor', title: '督学', render: (school) => school.supervisorName ?? '未派督学', width: 130 },
        ...(campaign.stage === 'planned'
          ? []
          : [
              {
                key: 'state',
                title: '进度',
                width: 170,
                text: stateWords,
                render: (school: CampaignSchool) =>
                  isPlan(school) ? (
                    stateWords(school)
                  ) : (
                    <>
                      <StateLamp kind={campaignSchoolLamps[school.state]}>
                        {campaignSchoolStates[school.state]}
                      </StateLamp>
                      {noteOf(school) !== undefined && <p className="quiet">{noteOf(school)}</p>}
                    </>
                  ),
              },
              {
                key: 'negatives',
                title: '答“否”',
                width: 80,
                align: 'right' as const,
                render: (school: CampaignSchool) => (school.state === 'recorded' ? count(school.negatives) : '—'),
              },
              ...(campaign.stage !== 'opened' || past !== undefined
                ? []
                : [
                    {
                      key: 'act',
                      title: '办理',
                      width: 80,
                      text: () => '',
                      render: (school: CampaignSchool) => <AssignVisitAction campaign={campaign} school={school} />,
                    },
                  ]),
            ]),
      ]}
    />
  )
}

function noteOf({ refusal, unvisitedReason, visitedOn }: CampaignSchool): string | undefined {
  return unvisitedReason ?? refusal ?? (visitedOn === null ? undefined : day(visitedOn))
}

/** Shown as of a day before the campaign was opened. */
function isPlan({ visitId }: CampaignSchool): boolean {
  return visitId === null
}

function stateWords(school: CampaignSchool): string {
  if (isPlan(school)) return '未启动'
  const note = noteOf(school)
  return note === undefined ? campaignSchoolStates[school.state] : `${campaignSchoolStates[school.state]}：${note}`
}

function PlanFacts({ campaign }: { campaign: CampaignRecord }) {
  const { scope, team, teamOverride } = campaign
  const listed = (words: Readonly<Record<string, string>>, values: readonly string[]) =>
    values.length === 0 ? '不限' : values.map((value) => word(words, value)).join('、')
  return (
    <Facts
      items={[
        ...(scope.schoolIds.length > 0
          ? [{ label: '学校', value: `指定 ${count(scope.schoolIds.length)} 所` }]
          : [
              { label: '学校类别', value: listed(schoolKinds, scope.kinds) },
              { label: '学段', value: listed(schoolStages, scope.stages) },
              { label: '办学性质', value: listed(ownerships, scope.ownerships) },
              {
                label: '责任区',
                value: scope.zoneIds.length === 0 ? '不限' : `指定 ${count(scope.zoneIds.length)} 个`,
              },
            ]),
        {
          label: '督导小组',
          wide: true,
          value:
            team.length === 0
              ? '未定'
              : team.map(({ name }, place) => `${name}${place === 0 ? '（组长）' : ''}`).join('、'),
        },
        ...(teamOverride === null ? [] : [{ label: '人数不足的理由', value: teamOverride, wide: true }]),
      ]}
    />
  )
}
