import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { usePeriod } from '../frame/period.tsx'
import { useLookBack } from '../kit/past/use-look-back.ts'
import { useSearchState } from '../kit/use-search-state.ts'

/** The month a page of routine supervision shows: of the address, else that of the past day shown, else the period somebody works in. */
export function useMonth(): string {
  const period = usePeriod()
  const past = useLookBack()
  const [search] = useSearchState()
  return search.period ?? past?.day.slice(0, 7) ?? period.month
}

export function MonthPick() {
  const month = useMonth()
  const [, setSearch] = useSearchState()
  return (
    <DatePicker
      picker="month"
      aria-label="月份"
      allowClear={false}
      format="YYYY年M月"
      value={dayjs(month)}
      disabledDate={(day) => day.isAfter(dayjs(), 'month')}
      onChange={(next) => next !== null && setSearch({ period: next.format('YYYY-MM') })}
    />
  )
}
