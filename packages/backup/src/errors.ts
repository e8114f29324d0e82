import { type ErrorCatalogue, errorsOf } from '@dulian/event-sourcing'

/** What keeps an instance from being backed up or brought back. Listed in docs/ERRORS.md. */
export const errorCatalogue = {
  BACKUP_SOURCE_MISSING: {
    kind: 'not-found',
    title: '没有可以备份的数据',
    detail: '{folder} 中没有督联的数据。请用 DULIAN_DATA 指定实例的数据目录。',
  },
  BACKUP_TARGET_EXISTS: {
    kind: 'refused',
    title: '备份位置已被占用',
    detail: '{folder} 已经存在且不是空的。每次备份请用一个新的目录。',
  },
  BACKUP_TARGET_INSIDE: {
    kind: 'refused',
    title: '备份位置不合适',
    detail: '{folder} 在数据目录里面。请把备份放到数据目录之外，最好是另一块磁盘。',
  },
  BACKUP_BUSY: {
    kind: 'unavailable',
    title: '实例正忙',
    detail: '{file} 十秒内一直在写入，没有取得同一时刻的副本。没有留下备份，请稍后再试。',
  },
  BACKUP_DISK_FULL: {
    kind: 'unavailable',
    title: '磁盘空间不足',
    detail: '写到 {folder} 时磁盘空间不足，已删除写到一半的内容，没有留下备份。请清理空间或换一个位置。',
  },
  BACKUP_COPY_DAMAGED: {
    kind: 'refused',
    title: '数据库已损坏',
    detail: '数据库 {file} 没有通过完整性检查（{found}），没有留下备份。请保留现状，并用最近一次完好的备份恢复。',
  },
  BACKUP_UNREADABLE: {
    kind: 'invalid',
    title: '不是完整的备份',
    detail: '{folder} 不是一份完整的督联备份：{found}。没有恢复任何内容。',
  },
  BACKUP_DAMAGED: {
    kind: 'refused',
    title: '备份已损坏',
    detail: '备份中的 {file} {found}。没有恢复任何内容，请换一份备份。',
  },
  RESTORE_TARGET_NOT_EMPTY: {
    kind: 'refused',
    title: '恢复位置不是空的',
    detail: '{folder} 中已有内容，没有恢复，也没有改动它。请指定一个空的或不存在的目录。',
  },
  RESTORE_DISK_FULL: {
    kind: 'unavailable',
    title: '磁盘空间不足',
    detail: '恢复到 {folder} 时磁盘空间不足，已删除写到一半的内容。请清理空间或换一个位置。',
  },
  RESTORE_DIFFERS: {
    kind: 'refused',
    title: '恢复的内容与备份不一致',
    detail: '恢复后“{store}”的事件与备份时记下的不一致，已删除恢复的内容。请换一份备份。',
  },
} as const satisfies ErrorCatalogue

export const backupError = errorsOf(errorCatalogue)
