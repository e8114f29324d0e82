import type { ErrorCatalogue } from '@dulian/event-sourcing'
import { errorsOf } from '@dulian/event-sourcing'

/** What can be wrong with a file. Listed in docs/ERRORS.md. */
export const errorCatalogue = {
  FILE_TOO_LARGE: { kind: 'too-large', title: '文件过大', detail: '一个文件最多 {limit} MB。请压缩或拆分后重新上传。' },
  FILE_EMPTY: { kind: 'invalid', title: '文件是空的', detail: '文件“{name}”没有内容，请检查后重新上传。' },
  FILE_MISSING: { kind: 'invalid', title: '没有收到文件', detail: '请求中没有文件，请选择一个文件后重新上传。' },
  UPLOAD_BROKEN: {
    kind: 'invalid',
    title: '上传没有完成',
    detail: '上传的内容不完整或格式有误，没有保存任何内容。请重新上传。',
  },
  FILE_TYPE_NOT_ALLOWED: {
    kind: 'invalid',
    title: '不支持的文件类型',
    detail:
      '“{name}”的内容不是允许的类型。可上传：照片（JPG、PNG、WebP、HEIC）、PDF、Word（docx）、Excel（xlsx）、纯文本。',
  },
  FILE_NAME_MISLEADS: {
    kind: 'invalid',
    title: '文件内容与名称不符',
    detail:
      '“{name}”的名称说是{said}，内容却是{found}，没有保存。请打开原文件核对：是照片的请重新拍摄或另存为 JPG；不是照片的请改用正确的扩展名。',
  },
  PHOTO_UNREADABLE: {
    kind: 'invalid',
    title: '照片无法读取',
    detail: '照片“{name}”不完整或已损坏（{found}），没有保存。请重新拍摄，或从相册中重新选择后上传。',
  },
  PHOTO_TOO_LARGE: {
    kind: 'too-large',
    title: '照片过大',
    detail: '照片“{name}”有 {width}×{height} 像素，最多 {limit} 万像素。请缩小后重新上传。',
  },
  FILE_KIND_TOO_LARGE: {
    kind: 'too-large',
    title: '文件过大',
    detail: '{kind}一个最多 {limit} MB，“{name}”有 {size} MB。请压缩或拆分后重新上传。',
  },
  FILE_NOT_UPLOADED: {
    kind: 'invalid',
    title: '附件没有上传',
    detail: '附件“{name}”还没有上传成功。请先上传附件，再提交。',
  },
  FILE_NOT_FOUND: {
    kind: 'not-found',
    title: '没有找到',
    detail: '没有找到这个文件。它可能不存在，或不属于您所在的督导室。',
  },
} as const satisfies ErrorCatalogue

export const fileError = errorsOf(errorCatalogue)
