import { type Differences, LookBackControl, LookBackNote } from '../kit/past/look-back-control.tsx'

/** Lets a board of the month look back. What it counts comes from several lists, and so do its differences. */
export function RoutinePast({ more = {} }: { more?: Exclude<Differences, string> }) {
  return (
    <>
      <div className="filter-bar no-print" style={{ marginBottom: 12 }}>
        <LookBackControl list={{ 'self-checks': '自查差异', coverage: '走访差异', findings: '问题差异', ...more }} />
      </div>
      <LookBackNote />
    </>
  )
}
