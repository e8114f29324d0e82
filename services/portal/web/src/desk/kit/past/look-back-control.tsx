import { Link } from '@tanstack/react-router'
import { Button, DatePicker, Segmented } from 'antd'
import dayjs from 'dayjs'
import { EmptyState } from '../../../kit/states.tsx'
import { today } from '../../../words/format.ts'
import { useSearchState } from '../use-search-state.ts'
import { useLookBack } from './use-look-back.ts'
import './past.css'

/** Lists whose differences between known and valid can be listed. */
export type DifferenceList =
  | 'schools'
  | 'supervisors'
  | 'postings'
  | 'zones'
  | 'terms'
  | 'certificates'
  | 'relations'
  | 'declarations'
  | 'talents'
  | 'activities'
  | 'committee'
  | 'member-bodies'
  | 'checklists'
  | 'visits'
  | 'findings'
  | 'coverage'
  | 'ledger'
  | 'self-checks'
  | 'zone-summaries'
  | 'bulletins'
  | 'campaigns'
  | 'campaign-schools'
  | 'problems'
  | 'decisions'
  | 'notices'
  | 'tasks'
  | 'plans'

/** One list's differences; of a board that counts from several lists each of theirs, with the words of the link. */
export type Differences = DifferenceList | Readonly<Partial<Record<DifferenceList, string>>>

/** Chooses a past day, and whether the page shows what was known then or what by today's knowledge was so. */
export function LookBackControl({ list }: { list: Differences }) {
  const [, setSearch] = useSearchState()
  const past = useLookBack()
  const show = (day: string | undefined, basis: 'known' | 'valid') =>
    setSearch({ asOf: basis === 'known' ? day : undefined, validOn: basis === 'valid' ? day : undefined })
  return (
    <div className="look-back no-print">
      <DatePicker
        style={{ width: 158 }}
        aria-label="回看某一天"
        placeholder="回看某一天"
        format="YYYY年M月D日"
        maxDate={dayjs(today())}
        value={past === undefined ? null : dayjs(past.day)}
        onChange={(next) => show(next === null ? undefined : next.format('YYYY-MM-DD'), past?.basis ?? 'known')}
      />
      {past !== undefined && (
        <>
          <Segmented
            aria-label="看什么"
            value={past.basis}
            options={[
              { value: 'known', label: '当时所知' },
              { value: 'valid', label: '当日实情' },
            ]}
            onChange={(basis) => show(past.day, basis === 'valid' ? 'valid' : 'known')}
          />
          {Object.entries(typeof list === 'string' ? { [list]: '差异' } : list).map(([name, words]) => (
            <Link key={name} to="/differences" search={{ list: name, day: past.day } as never}>
              {words}
            </Link>
          ))}
          <Button type="link" onClick={() => show(undefined, 'known')}>
            回到现在
          </Button>
        </>
      )}
    </div>
  )
}

/** Says unmistakably that the page does not show the present. Stands on paper as well. */
export function LookBackNote() {
  const past = useLookBack()
  if (past === undefined) return null
  return (
    <p className="look-back-note" role="note">
      <strong>{past.line}</strong>
      <span>
        {past.basis === 'known' ? '之后的更正和进展不计在内。' : '之后补录、更正的事实，凡当日已经成立的，都计在内。'}
        回看时不能办理事项。
      </span>
    </p>
  )
}

/** In place of what invites to begin, when a past day has nothing to show. */
export function NothingThen() {
  return <EmptyState title="那一天没有符合条件的内容">可以换一天，或清除筛选条件。</EmptyState>
}
