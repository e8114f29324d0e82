import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { Campaign } from '../../api/types.ts'
import { useRights } from '../../app/app-context.tsx'
import { useRead } from '../../app/use-read.ts'
import { StateLamp } from '../../kit/state-lamp.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { count, day, today } from '../../words/format.ts'
import { campaignStages, campaignTypes, optionsOf, seasons } from '../../words/labels.ts'
import { campaignLamps } from '../../words/lamps.ts'
import { PageHead } from '../kit/page-head.tsx'
import { searchOf, useLookBack } from '../kit/past/use-look-back.ts'
import { DataTable } from '../kit/table/data-table.tsx'
import { type Tile, TileRow } from '../kit/tile-row.tsx'
import { useSearchState } from '../kit/use-search-state.ts'

/** 专项督导 and 综合督导, with the year's two runs of 开学专项督导 above them. */
export function CampaignList() {
  const rights = useRights()
  const [search] = useSearchState()
  const past = useLookBack()
  const year = Number(search.year ?? (past?.day ?? today()).slice(0, 4))
  const plan = rights.can('campaign.manage') ? (
    <Link to="/campaigns/new">
      <Button type="primary">拟定督导</Button>
    </Link>
  ) : undefined
  const years = [0, 1, 2].map((back) => String(Number(today().slice(0, 4)) - back))
  return (
    <>
      <PageHead crumbs={[{ title: '督导检查' }]} title="专项与综合督导" actions={plan} />
      <DataTable
        name="campaigns"
        past={{ campaigns: '差异', 'campaign-schools': '学校的差异' }}
        path="/api/inspections/campaigns"
        caption="专项与综合督导"
        rowKey={(campaign) => campaign.campaignId}
        rowTo={(campaign) => `/campaigns/${campaign.campaignId}`}
        beside={<SeasonTiles year={year} />}
        filters={[
          {
            kind: 'select',
            key: 'year',
            label: '年度',
            options: years.map((value) => ({ value, label: `${value}年` })),
          },
          { kind: 'select', key: 'type', label: '类型', options: optionsOf(campaignTypes) },
          { kind: 'select', key: 'season', label: '季次', options: optionsOf(seasons) },
          { kind: 'select', key: 'stage', label: '状态', options: optionsOf(campaignStages) },
        ]}
        empty={
          <EmptyState title="这里将列出专项督导和综合督导" action={plan}>
            督导室拟定主题、范围、清单和督导小组，启动后每所学校自动安排一次督查。
          </EmptyState>
        }
        columns={[
          { key: 'title', title: '名称', render: (campaign) => campaign.title, isTitle: true },
          { key: 'type', title: '类型', render: typeWords, width: 150 },
          { key: 'topic', title: '主题', render: (campaign) => campaign.topic, width: 150, optional: true },
          {
            key: 'period',
            title: '起止',
            render: (campaign) => `${day(campaign.from)}至${day(campaign.to)}`,
            width: 260,
          },
          { key: 'progress', title: '进度', render: progressWords, width: 130, align: 'right' },
          {
            key: 'stage',
            title: '状态',
            width: 120,
            text: (campaign) => campaignStages[campaign.stage],
            render: (campaign) => (
              <StateLamp kind={campaignLamps[campaign.stage]}>{campaignStages[campaign.stage]}</StateLamp>
            ),
          },
        ]}
      />
    </>
  )
}

function typeWords({ type, season }: Campaign): string {
  return season === null ? campaignTypes[type] : `${campaignTypes[type]}（${seasons[season]}）`
}

function progressWords({ stage, visited, schools }: Campaign): string {
  return stage === 'planned' ? '—' : `${count(visited)} / ${count(schools)} 所`
}

/** Spring and autumn of a year: how far each is, or that there is none; and the way to their comparison. */
function SeasonTiles({ year }: { year: number }) {
  const past = useLookBack()
  const read = useRead('/api/inspections/campaigns/seasons', { query: { year, ...past?.query } })
  const body = read.data?.body
  const runTile = (season: 'spring' | 'autumn'): Tile => {
    const runs = body?.[season] ?? []
    const [visited, schools] = [sum(runs, 'visited'), sum(runs, 'schools')]
    return {
      label: `${year}年${seasons[season]}开学专项督导`,
      value: body === undefined ? undefined : runs.length === 0 ? '未组织' : visited,
      ...(runs.length === 0 ? {} : { unit: `/ ${count(schools)} 所` }),
      to: '/campaigns',
      search: { year: String(year), season, ...searchOf(past) },
      lamp: runs.length === 0 ? 'due-soon' : runs.every(({ stage }) => stage === 'closed') ? 'on-time' : 'information',
    }
  }
  const [spring] = body?.spring ?? []
  const [autumn] = body?.autumn ?? []
  return (
    <>
      <TileRow tiles={[runTile('spring'), runTile('autumn')]} />
      {spring !== undefined && autumn !== undefined && (
        <p className="no-print" style={{ marginBottom: 12 }}>
          <Link
            to="/campaigns/compare"
            search={{ first: spring.campaignId, second: autumn.campaignId, ...searchOf(past) } as never}
          >{`比较${year}年春秋两季`}</Link>
        </p>
      )}
    </>
  )
}

function sum(runs: readonly Campaign[], field: 'visited' | 'schools'): number {
  return runs.reduce((total, run) => total + run[field], 0)
}
