import { isDomainError } from '@dulian/event-sourcing'
import { z } from 'zod'

/** What keeps an instance from opening, in words for the operator; a stack only where nobody has words. */
export function startFailure(error: unknown): string {
  if (error instanceof z.ZodError) {
    return error.issues.map(({ path, message }) => `设置 ${path.join('.')} 无效：${message}`).join('\n')
  }
  if (isDomainError(error)) return `${error.title}。${error.detail}`
  if (!(error instanceof Error)) return String(error)
  const words = 'code' in error && typeof error.code === 'string' ? byCode[error.code] : undefined
  if (words === undefined) return error.stack ?? error.message
  return `${words}（${error.message}）`
}

const folder = '数据目录无法使用。请用 DULIAN_DATA 指定一个可以写入的目录'
const address = '无法在这个地址上提供服务。请检查 DULIAN_HOST'

const byCode: Readonly<Record<string, string>> = {
  EADDRINUSE: '端口已被占用。请停止占用它的程序，或用 DULIAN_PORT 指定另一个端口',
  EADDRNOTAVAIL: address,
  ENOTFOUND: address,
  EAI_AGAIN: address,
  EACCES: '没有权限使用这个端口或数据目录。请检查 DULIAN_PORT 和 DULIAN_DATA',
  EEXIST: folder,
  ENOTDIR: folder,
  EROFS: folder,
  ENOSPC: '磁盘空间不足。请清理空间后重新启动',
}
