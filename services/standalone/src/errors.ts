import { type ErrorCatalogue, errorsOf } from '@dulian/event-sourcing'

export const errorCatalogue = {
  DEMO_HALF_MADE: {
    kind: 'refused',
    title: '演示数据没有生成完',
    detail:
      '上次在外部数据库上生成演示数据时中断，残留的数据不能由本程序删除。请换一个 DULIAN_NAMESPACE 和一个新的数据目录，或在数据库中清除后重试。',
  },
} as const satisfies ErrorCatalogue

export const standaloneError = errorsOf(errorCatalogue)
