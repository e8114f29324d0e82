import { DatePicker } from 'antd'
import dayjs from 'dayjs'

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
  return (
    <DatePicker
      {...rest}
      style={{ width: '100%', maxWidth: 240 }}
      format="YYYY年M月D日"
      placeholder={placeholder}
      value={value === undefined || value === '' ? null : dayjs(value)}
      {...(from === undefined ? {} : { minDate: dayjs(from) })}
      {...(to === undefined ? {} : { maxDate: dayjs(to) })}
      // Enter takes the typed date; left alone it would submit the form around it.
      onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      onChange={(next) => onChange?.(next === null ? undefined : next.format('YYYY-MM-DD'))}
    />
  )
}
