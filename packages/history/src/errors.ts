import { type ErrorCatalogue, errorsOf } from '@dulian/event-sourcing'

export const errorCatalogue = {
  HISTORY_DAY_TO_COME: {
    kind: 'invalid',
    title: '日期尚未到来',
    detail: '{day} 还没有到（今天是 {today}），只能回看今天及以前的情况。',
  },
  HISTORY_VALID_AFTER_KNOWN: {
    kind: 'invalid',
    title: '两个日期先后颠倒',
    detail: '当时所知的日期 {known} 早于要看的实情日期 {valid}，当时还谈不上知道。请把所知日期改为 {valid} 或以后。',
  },
  HISTORY_BEING_BUILT: {
    kind: 'unavailable',
    title: '过去的情况正在整理',
    detail: '各日的情况正在整理，还差 {lag} 条记录，现在给出的会不完整。请稍候再看；当前的情况不受影响。',
  },
} as const satisfies ErrorCatalogue

export const historyError = errorsOf(errorCatalogue)
