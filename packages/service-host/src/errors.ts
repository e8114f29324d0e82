import { type ErrorCatalogue, errorsOf } from '@dulian/event-sourcing'

export const errorCatalogue = {
  ENGINE_UNKNOWN: {
    kind: 'invalid',
    title: '引擎设置无法识别',
    detail: '设置 {port} 的值“{value}”不是本版本支持的引擎。可用的值：{known}。',
  },
  ENGINE_SETTING_INVALID: {
    kind: 'invalid',
    title: '引擎设置有误',
    detail:
      '设置 {port} 中的 {names} 无法识别或取值不对。可写的有 partitions（1–1000）、retention-days（0 为永久）、replication（1–9）。',
  },
  DATA_FOLDER_IN_USE: {
    kind: 'refused',
    title: '数据目录正在使用',
    detail: '数据目录 {folder} 正被另一个督联进程（进程号 {pid}）使用。请先停止它，或用 DULIAN_DATA 指定另一个目录。',
  },
  VIEW_NOT_FOUND: { kind: 'not-found', title: '没有这个视图', detail: '服务 {service} 没有名为 {view} 的视图。' },
  REBUILD_RUNNING: {
    kind: 'conflict',
    title: '正在重建',
    detail: '视图 {view} 正在重建，已完成 {done} / {total}。请等它结束。',
  },
  REBUILD_FAILED: {
    kind: 'unavailable',
    title: '重建未完成',
    detail: '视图 {view} 的重建中途停止，原视图仍在服务。请查看日志后再次重建，将从中断处继续。',
  },
  SUBSCRIPTION_NOT_FOUND: {
    kind: 'not-found',
    title: '没有这个订阅',
    detail: '服务 {service} 没有名为 {subscription} 的订阅。',
  },
  PARKED_EVENT_NOT_FOUND: {
    kind: 'not-found',
    title: '没有停放的事件',
    detail: '订阅 {subscription} 中没有停放这条事件，它可能已被处理。',
  },
  REPLAY_FAILED: {
    kind: 'refused',
    title: '重放仍然失败',
    detail: '这条事件重放后仍然失败（{error}），已继续停放。请先排除原因，或选择跳过。',
  },
} as const satisfies ErrorCatalogue

export const hostError = errorsOf(errorCatalogue)
