import type { ViewState } from '../api/client.ts'
import { count, moment } from '../words/format.ts'

/** 数据更新于 …  落后 n 条: how far what is shown lies behind what was decided. */
export function AsOfLine({ view }: { view: ViewState | undefined }) {
  if (view === undefined) return null
  return (
    <p className="as-of-line quiet tabular" role="status">
      数据更新于 {moment(view.time)}
      {view.lag > 0 ? ` · 落后 ${count(view.lag)} 条，正在更新` : ' · 已是最新'}
    </p>
  )
}
