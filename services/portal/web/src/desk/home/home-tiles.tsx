import { useRights } from '../../app/app-context.tsx'
import { useRead } from '../../app/use-read.ts'
import { usePeriod } from '../frame/period.tsx'
import { type Tile, TileRow } from '../kit/tile-row.tsx'

/** The state of problems and visits in five numbers. */
export function HomeTiles() {
  const { month } = usePeriod()
  const rights = useRights()
  const board = useRead('/api/rectification/board', { query: {} })
  const coverage = useRead('/api/inspections/coverage', { query: { month } }, { enabled: rights.can('visit.read') })
  const totals = board.data?.body.totals
  const schools = coverage.data?.body.totals
  const tiles: Tile[] = [
    {
      label: '未销号问题',
      value: totals?.open,
      unit: '个',
      to: '/problems',
      search: { open: 'true' },
      lamp: 'information',
    },
    {
      label: '逾期',
      value: totals?.overdue,
      unit: '个',
      to: '/problems',
      search: { lamp: 'overdue' },
      lamp: 'overdue',
    },
    {
      label: '临期',
      value: totals?.dueSoon,
      unit: '个',
      to: '/problems',
      search: { lamp: 'due-soon' },
      lamp: 'due-soon',
    },
    {
      label: '待核查',
      value: totals?.awaitingVerification,
      unit: '个',
      to: '/problems',
      search: { state: 'reported' },
    },
  ]
  if (rights.can('visit.read')) {
    tiles.push({
      label: '本月已走访学校',
      value: schools?.covered,
      unit: schools === undefined ? '' : `/ ${schools.schools} 所`,
      to: '/coverage',
      lamp: 'on-time',
    })
  }
  return <TileRow tiles={tiles} />
}
