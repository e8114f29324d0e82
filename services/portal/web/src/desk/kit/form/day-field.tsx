import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { day } from '../../../words/format.ts'

interface DayFieldProps {
  readonly value?: string | undefined
  readonly onChange?: (value: string | undefined) => void
  readonly id?: string
  /** Days before this one cannot be chosen. */
  readonly from?: string
  readonly to?: string
  readonly placeholder?: string
  readonly 'aria-label'?: string
}

/** A calendar day as text `YYYY-MM-DD`, shown as 2026年11月22日. */
export function DayField({ value, onChange, from, to, placeholder = '选择日期', ...rest }: DayFieldProps) {
  // The calendar takes back a typed day that it does not offer without a word.
  const [isOutside, setIsOutside] = useState(false)
  const isOffered = (typed: string) => {
    const written = dayOf(typed)
    return written === undefined || ((from === undefined || written >= from) && (to === undefined || written <= to))
  }
  return (
    <>
      <DatePicker
        {...rest}
        style={{ width: '100%', maxWidth: 240 }}
        format="YYYY年M月D日"
        placeholder={placeholder}
        value={value === undefined || value === '' ? null : dayjs(value)}
        {...(from === undefined ? {} : { minDate: dayjs(from) })}
        {...(to === undefined ? {} : { maxDate: dayjs(to) })}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          // Enter takes the typed date; left alone it would submit the form around it.
          event.preventDefault()
          setIsOutside(!isOffered((event.target as HTMLInputElement).value))
        }}
        onBlur={(event) => {
          if (!isOffered((event.target as HTMLInputElement).value)) setIsOutside(true)
        }}
        onChange={(next) => {
          setIsOutside(false)
          onChange?.(next === null ? undefined : next.format('YYYY-MM-DD'))
        }}
      />
      {isOutside && (
        <div role="alert" className="day-outside">
          {offered(from, to)}
        </div>
      )}
    </>
  )
}

/** 2026年11月22日 → `2026-11-22`. */
function dayOf(typed: string): string | undefined {
  const [, year = '', month = '', date = ''] = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/.exec(typed.trim()) ?? []
  return year === '' ? undefined : `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
}

function offered(from: string | undefined, to: string | undefined): string {
  if (from === undefined) return `请选择 ${day(to)} 或以前的日期`
  return to === undefined ? `请选择 ${day(from)} 或以后的日期` : `请选择 ${day(from)} 到 ${day(to)} 之间的日期`
}
