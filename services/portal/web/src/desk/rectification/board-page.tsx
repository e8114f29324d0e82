import { useQueryClient } from '@tanstack/react-query'
import { Button, Select, Tag } from 'antd'
import { useCallback } from 'react'
import { useMe } from '../../app/app-context.tsx'
import { useRead } from '../../app/use-read.ts'
import { AsOfLine } from '../../kit/as-of-line.tsx'
import { EmptyState, ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { clock } from '../../words/format.ts'
import { optionsOf, sourceKinds } from '../../words/labels.ts'
import { type LampKind, lampWords } from '../../words/lamps.ts'
import { clearable } from '../kit/clearable.tsx'
import { FullscreenExitOutlined, FullscreenOutlined, PrinterOutlined } from '../kit/icons.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { LookBackControl, LookBackNote } from '../kit/past/look-back-control.tsx'
import { searchOf, useLookBack } from '../kit/past/use-look-back.ts'
import { ZonePick } from '../kit/pick/picks.tsx'
import { TileRow } from '../kit/tile-row.tsx'
import { useProjection } from '../kit/use-projection.ts'
import { useSearchState } from '../kit/use-search-state.ts'
import { BoardCharts } from './board-charts.tsx'
import { BoardGrid } from './board-grid.tsx'
import { useBoardStream } from './use-board-stream.ts'
import './board.css'

/** 挂图作战: every problem by unit, coloured by the time it has left; live, or of a past day. */
export function BoardPage() {
  const me = useMe()
  const [search, setSearch] = useSearchState()
  const cache = useQueryClient()
  const past = useLookBack()
  const { projecting, project } = useProjection()
  const query = {
    ...past?.query,
    ...(search.zoneId === undefined ? {} : { zoneId: search.zoneId }),
    ...(search.source === undefined ? {} : { source: search.source }),
  }
  const reread = useCallback(() => void cache.invalidateQueries({ queryKey: ['/api/rectification/board'] }), [cache])
  const stream = useBoardStream(past === undefined, reread)
  const board = useRead(
    '/api/rectification/board',
    { query },
    { every: past === undefined ? (stream === 'live' ? 60_000 : 15_000) : false },
  )
  const body = board.data?.body
  const tiles = (body?.tiles ?? []).filter((tile) => search.lamp === undefined || tile.lamp === search.lamp)
  const title = past === undefined ? '挂图作战' : `挂图作战（${past.line}）`
  return (
    <div className={projecting ? 'board board-projecting' : 'board'}>
      <PageHead
        crumbs={projecting ? [] : [{ title: '整改问责' }]}
        title={projecting ? `${me.officeName} · ${title}` : title}
        beside={past === undefined ? <Tag>{stream === 'live' ? '实时更新' : '每 15 秒更新'}</Tag> : <Tag>回看</Tag>}
        looks={
          projecting ? (
            <Button icon={<FullscreenExitOutlined />} onClick={() => project(false)}>
              退出投屏
            </Button>
          ) : (
            <>
              <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
                打印
              </Button>
              <Button type="primary" icon={<FullscreenOutlined />} onClick={() => project(true)}>
                投屏模式
              </Button>
            </>
          )
        }
      />
      {!projecting && (
        <div className="filter-bar no-print" style={{ marginBottom: 12 }}>
          <ZonePick
            placeholder="责任区"
            width={160}
            value={search.zoneId}
            onChange={(zoneId) => setSearch({ zoneId })}
          />
          <Select
            aria-label="来源"
            placeholder="来源"
            allowClear={clearable}
            style={{ minWidth: 140 }}
            value={search.source ?? null}
            options={optionsOf(sourceKinds)}
            onChange={(source: string | null | undefined) => setSearch({ source: source ?? undefined })}
          />
          <Select
            aria-label="期限"
            placeholder="期限"
            allowClear={clearable}
            style={{ minWidth: 120 }}
            value={search.lamp ?? null}
            options={(['overdue', 'due-soon', 'on-time', 'closed'] satisfies LampKind[]).map((lamp) => ({
              value: lamp,
              label: lampWords[lamp],
            }))}
            onChange={(lamp: string | null | undefined) => setSearch({ lamp: lamp ?? undefined })}
          />
          <LookBackControl list="problems" />
        </div>
      )}
      <LookBackNote />
      {board.isError && body === undefined && <ErrorState error={board.error} onRetry={() => void board.refetch()} />}
      {board.isPending && <SkeletonLines lines={8} />}
      {body !== undefined && (
        <>
          <TileRow
            tiles={[
              {
                label: '未销号',
                value: body.totals.open,
                unit: '个',
                to: '/problems',
                search: { open: 'true', ...searchOf(past) },
                lamp: 'information',
              },
              {
                label: '逾期',
                value: body.totals.overdue,
                unit: '个',
                to: '/problems',
                search: { lamp: 'overdue', ...searchOf(past) },
                lamp: 'overdue',
              },
              {
                label: '临期',
                value: body.totals.dueSoon,
                unit: '个',
                to: '/problems',
                search: { lamp: 'due-soon', ...searchOf(past) },
                lamp: 'due-soon',
              },
              {
                label: '待核查',
                value: body.totals.awaitingVerification,
                unit: '个',
                to: '/problems',
                search: { state: 'reported', ...searchOf(past) },
              },
              {
                label: '已销号',
                value: body.totals.cancelled,
                unit: '个',
                to: '/problems',
                search: { state: 'cancelled', ...searchOf(past) },
                lamp: 'closed',
              },
            ]}
          />
          <BoardCharts
            board={body}
            search={{
              ...searchOf(past),
              ...(search.zoneId === undefined ? {} : { zoneId: search.zoneId }),
              ...(search.source === undefined ? {} : { source: search.source }),
            }}
          />
          {tiles.length === 0 ? (
            <div className="panel">
              <EmptyState title={body.tiles.length === 0 ? '目前没有需要整改的问题' : '没有符合条件的问题'}>
                督查中确认的问题立案后，会按学校列在这里，按剩余时间标出颜色。
              </EmptyState>
            </div>
          ) : (
            <BoardGrid tiles={tiles} />
          )}
          <AsOfLine view={board.data?.view} />
          {projecting && <p className="board-clock tabular">{clock(board.dataUpdatedAt)} 更新</p>}
        </>
      )}
    </div>
  )
}
