import { createContext, type ReactNode, useContext, useState } from 'react'
import { today } from '../../words/format.ts'

interface Period {
  /** `YYYY-MM`: the month the lists start with. */
  readonly month: string
  readonly year: string
  readonly choose: (month: string) => void
}

const KEY = 'dulian.period'
const PeriodContext = createContext<Period | undefined>(undefined)

/** The period somebody works in; lists by month or year begin with it. */
export function PeriodProvider({ children }: { children: ReactNode }) {
  const [month, setMonth] = useState(() => sessionStorage.getItem(KEY) ?? today().slice(0, 7))
  const choose = (next: string) => {
    sessionStorage.setItem(KEY, next)
    setMonth(next)
  }
  return <PeriodContext value={{ month, year: month.slice(0, 4), choose }}>{children}</PeriodContext>
}

export function usePeriod(): Period {
  const period = useContext(PeriodContext)
  if (period === undefined) throw new Error('PeriodProvider is missing')
  return period
}
