export * from './calendar.ts'
export { addDays, chinaDate, formatChineseDate, type IsoDate, isIsoDate, startOfChinaDay } from './china-date.ts'
