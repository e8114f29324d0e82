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
  SIGN_IN_NOT_CONFIGURED: {
    kind: 'not-found',
    title: '没有配置统一身份认证',
    detail: '本系统没有配置单位统一身份认证，请联系系统管理员。',
  },
  IDENTITY_PROVIDER_DOWN: {
    kind: 'unavailable',
    title: '统一身份认证暂时联系不上',
    detail: '单位统一身份认证系统没有回答，本系统仍在运行。请稍后重试；一直不能登录的，请联系单位信息化部门。',
  },
  SIGN_IN_ATTEMPT_UNKNOWN: {
    kind: 'refused',
    title: '这次登录无法继续',
    detail: '这次登录不是从本页开始的，或停留时间过长已经失效。请返回登录页重新登录。',
  },
  SIGN_IN_CONSENT_REFUSED: {
    kind: 'refused',
    title: '没有完成授权',
    detail: '您在统一身份认证中取消了授权，没有登录。需要使用本系统的，请返回登录页重新登录并同意授权。',
  },
  SIGN_IN_CODE_STALE: {
    kind: 'refused',
    title: '登录凭据已失效',
    detail: '统一身份认证给出的一次性凭据已经过期或用过。请返回登录页重新登录。',
  },
  SIGN_IN_NOT_PROVEN: {
    kind: 'refused',
    title: '登录信息无法核实',
    detail: '统一身份认证返回的登录信息没有通过核验。请返回登录页重新登录；仍不成功的，请联系系统管理员。',
  },
  SIGN_IN_LOCKED: {
    kind: 'refused',
    title: '登录已暂停',
    detail: '连续登录失败次数过多，请在 {minutes} 分钟后再试。',
  },
  ACCOUNT_NOT_FOUND: {
    kind: 'refused',
    title: '还没有开通账号',
    detail:
      '您已通过统一身份认证，但还没有在本系统开通账号。请把下面的统一身份标识告诉本室主任或系统管理员，请其开通并授予角色。',
  },
  ACCOUNT_NOT_USABLE: {
    kind: 'refused',
    title: '账号现在不能使用',
    detail: '您的账号已停用，或还没有任何角色。请把下面的统一身份标识告诉本室主任或系统管理员，请其恢复或授予角色。',
  },
  ORIGIN_NOT_ALLOWED: {
    kind: 'forbidden',
    title: '请求来自别的网站',
    detail: '这个请求不是从本系统的页面发出的，没有办理。请从本系统的页面操作。',
  },
  SESSION_NOT_FOUND: {
    kind: 'not-found',
    title: '没有这个登录会话',
    detail: '没有找到这个登录会话，它可能已经结束。请刷新列表。',
  },
} as const satisfies ErrorCatalogue

export const portalError = errorsOf(errorCatalogue)
