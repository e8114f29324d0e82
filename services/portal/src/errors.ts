import type { ErrorCatalogue } from '@dulian/event-sourcing'
import { errorsOf } from '@dulian/event-sourcing'

/** What the web door refuses by itself. Listed in docs/ERRORS.md. */
export const errorCatalogue = {
  DEMO_CARD_NOT_FOUND: { kind: 'not-found', title: '没有这张演示卡', detail: '没有这张演示卡，请回到登录页重新选择。' },
  DEMO_ONLY_LOCAL: {
    kind: 'forbidden',
    title: '演示登录只限本机',
    detail: '演示登录不核对身份，只能在服务器本机使用。正式使用请配置统一登录。',
  },
  DEMO_NOT_ON_LOOPBACK: {
    kind: 'refused',
    title: '演示登录不能对外开放',
    detail:
      '演示（DULIAN_DEMO=1）不核对身份，不能在 {host} 上提供服务。请使用本机地址，或关闭演示（DULIAN_DEMO=0）；确需对外演示的，另设 DULIAN_DEMO_ANYWHERE=1。',
  },
  UPSTREAM_UNAVAILABLE: {
    kind: 'unavailable',
    title: '服务暂时不可用',
    detail: '“{service}”服务暂时联系不上，本次操作可能没有完成。请稍后重试。',
  },
} as const satisfies ErrorCatalogue

export const portalError = errorsOf(errorCatalogue)
