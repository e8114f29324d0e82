const china = 'Asia/Shanghai'
const dayParts = new Intl.DateTimeFormat('en-CA', {
  timeZone: china,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})
const timeParts = new Intl.DateTimeFormat('en-GB', {
  timeZone: china,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
})
const thousands = new Intl.NumberFormat('zh-CN')

/** `2026-11-22` → 2026年11月22日. */
export function day(value: string | null | undefined): string {
  if (value === null || value === undefined || value === '') return '—'
  const [year, month, date] = value.slice(0, 10).split('-').map(Number)
  return `${year}年${month}月${date}日`
}

/** `2026-11-22` → 11月22日. */
export function dayOfMonth(value: string | null | undefined): string {
  if (value === null || value === undefined || value === '') return '—'
  const [, month, date] = value.slice(0, 10).split('-').map(Number)
  return `${month}月${date}日`
}

/** `2026-11` → 2026年11月. */
export function month(value: string): string {
  const [year, number] = value.split('-').map(Number)
  return `${year}年${number}月`
}

/** Calendar day in China of an instant. */
export function dayOfInstant(instant: string | number | Date): string {
  return dayParts.format(new Date(instant))
}

/** Instant → 2026年11月22日 14:05, China time; of what is known by its day alone, the day. */
export function moment(value: string | null | undefined): string {
  if (value === null || value === undefined || value === '') return '—'
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return day(value)
  const date = new Date(value)
  if (Number.isNaN(date.getTime())) return '—'
  return `${day(dayParts.format(date))} ${timeParts.format(date)}`
}

/** Instant → 14:05, China time. */
export function clock(value: string | number): string {
  return timeParts.format(new Date(value))
}

/** Today in China, `YYYY-MM-DD`. */
export function today(): string {
  return dayParts.format(new Date())
}

/** Shifts a day by whole days. */
export function addDays(value: string, days: number): string {
  return new Date(Date.parse(`${value}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** Days from one day to another, negative when it lies before. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}

/** 12345 → 12,345. */
export function count(value: number | null | undefined): string {
  return value === null || value === undefined ? '—' : thousands.format(value)
}

/** Share 0…1 → 62.5%. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)}%`
}

/** Working days left → 剩 3 个工作日 / 今天到期 / 逾期 2 个工作日. */
export function workingDays(left: number | null | undefined): string {
  if (left === null || left === undefined) return '未定期限'
  if (left > 0) return `剩 ${left} 个工作日`
  return left === 0 ? '今天到期' : `逾期 ${-left} 个工作日`
}

/** Days written as `2026-11-22` inside a sentence, in Chinese, which sets no spaces around them. */
export function chineseDates(text: string): string {
  return text.replace(/ ?\b(\d{4}-\d{2}-\d{2})\b(?: (?=[\u4e00-\u9fff]))?/g, (_spaced, found: string) => day(found))
}

/** Bytes → 1.2 MB. */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} 字节`
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(0)} KB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

/** Seconds → 约 2 分钟. */
export function duration(seconds: number): string {
  if (seconds < 60) return `约 ${Math.max(1, Math.round(seconds))} 秒`
  if (seconds < 3600) return `约 ${Math.round(seconds / 60)} 分钟`
  return `约 ${(seconds / 3600).toFixed(1)} 小时`
}
