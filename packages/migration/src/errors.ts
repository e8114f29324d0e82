import { type ErrorCatalogue, errorsOf } from '@dulian/event-sourcing'

/** What keeps an instance from being moved. Listed in docs/ERRORS.md. */
export const errorCatalogue = {
  MIGRATION_TARGET_DIFFERS: {
    kind: 'refused',
    title: '目标中已有别的事件',
    detail:
      '服务 {service} 的目标事件库不是来源的开头部分：{stream} 第 {version} 条在来源的这个位置上没有。没有写入任何内容。请换一个空的目标。',
  },
  MIGRATION_TARGET_VIEWS: {
    kind: 'refused',
    title: '目标中留有旧视图',
    detail: '服务 {service} 的目标事件库是空的，视图 {view} 却已有进度，它不属于这些事件。请换一个空的目标。',
  },
  MIGRATION_IMPORT_UNSUPPORTED: {
    kind: 'invalid',
    title: '目标引擎不能接收迁移',
    detail: '服务 {service} 的目标事件库不能接收已有事件。请换一种事件引擎。',
  },
  MIGRATION_IN_USE: {
    kind: 'refused',
    title: '实例尚未停止',
    detail: '服务 {service} 的订阅 {subscription} 还有人在处理。请停止来源和目标的全部服务，半分钟后再试。',
  },
  MIGRATION_MESSAGES_IN_FLIGHT: {
    kind: 'refused',
    title: '还有未处理的消息',
    detail:
      '有 {count} 条消息已发布而接收的服务还没有处理（{where}）。请启动来源实例等它们处理完，有死信的先重放或跳过，再停止后迁移；或者用 --messages republish 由目标重新发布，用 --messages leave 不带走。',
  },
  MIGRATION_SOURCE_CHANGED: {
    kind: 'conflict',
    title: '来源在迁移中有了新事件',
    detail: '服务 {service} 在迁移期间有新的事件写入。请停止来源的全部服务，再运行一次，将从中断处继续。',
  },
} as const satisfies ErrorCatalogue

export const migrationError = errorsOf(errorCatalogue)
