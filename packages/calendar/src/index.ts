export * from './calendar.ts'
export {
  addDays,
  addYears,
  chinaDate,
  formatChineseDate,
  type IsoDate,
  isIsoDate,
  startOfChinaDay,
} from './china-date.ts'
export { InputDay } from './input-day.ts'
