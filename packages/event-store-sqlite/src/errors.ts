import type { ErrorCatalogue } from '@dulian/event-sourcing'
import { errorsOf } from '@dulian/event-sourcing'

/** What can be wrong with an event file when it is opened. Listed in docs/ERRORS.md. */
export const errorCatalogue = {
  STORE_FILE_FOREIGN: {
    kind: 'unavailable',
    title: '不是事件库文件',
    detail: '文件 {file} 不是督联的事件库，没有改动它。请核对数据目录（DULIAN_DATA）。',
  },
  STORE_FILE_DAMAGED: {
    kind: 'unavailable',
    title: '事件库文件已损坏',
    detail: '事件库文件 {file} 已损坏，没有改动它。请联系系统管理员从备份恢复。',
  },
  STORE_FILE_NEWER: {
    kind: 'unavailable',
    title: '事件库版本过新',
    detail: '事件库文件 {file} 由更新的程序建立（第 {found} 版，本程序支持到第 {supported} 版）。请升级程序。',
  },
  STORE_FILE_OLDER: {
    kind: 'unavailable',
    title: '事件库版本过旧',
    detail:
      '事件库文件 {file} 是第 {found} 版，本程序只读取第 {supported} 版。请先启动使用该文件的服务，由它自动升级。',
  },
} as const satisfies ErrorCatalogue

export const storeFileError = errorsOf(errorCatalogue)
