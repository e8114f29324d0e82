import type { ErrorCatalogue } from '@dulian/event-sourcing'
import { errorsOf } from '@dulian/event-sourcing'

/** What can be wrong with a request before the domain sees it. Statuses that differ from the kind's stand in problem.ts. */
export const errorCatalogue = {
  INPUT_INVALID: {
    kind: 'invalid',
    title: '填写的内容有误',
    detail: '有 {count} 处内容不符合要求，请按提示修改后重新提交。',
  },
  JSON_INVALID: {
    kind: 'invalid',
    title: '请求内容无法读取',
    detail: '请求内容不是有效的 JSON，没有保存任何内容。请刷新页面后重试。',
  },
  JSON_TOO_DEEP: {
    kind: 'invalid',
    title: '请求内容嵌套过深',
    detail: '请求内容最多嵌套 {limit} 层，没有保存任何内容。',
  },
  CHARACTER_NOT_ALLOWED: {
    kind: 'invalid',
    title: '含有不允许的字符',
    detail: '内容中含有空字符或不完整的字符，请删除后重新提交。',
  },
  URL_INVALID: { kind: 'invalid', title: '网址有误', detail: '网址中含有无法识别的编码，请从页面上的链接重新打开。' },
  IDEMPOTENCY_KEY_MISSING: {
    kind: 'invalid',
    title: '缺少请求编号',
    detail: '每次提交都要带请求编号（Idempotency-Key 请求头），以免重复保存。',
  },
  IDEMPOTENCY_KEY_INVALID: {
    kind: 'invalid',
    title: '请求编号有误',
    detail: '请求编号（Idempotency-Key）应为 1—200 个字母、数字或符号。',
  },
  IF_MATCH_MISSING: {
    kind: 'invalid',
    title: '缺少版本号',
    detail: '修改已有内容时，要带您看到的版本（If-Match 请求头，如 "v7"）。请刷新页面后重试。',
  },
  IF_MATCH_INVALID: { kind: 'invalid', title: '版本号有误', detail: '版本（If-Match 请求头）应写作 "v7" 这样的形式。' },
  MIN_POSITION_INVALID: {
    kind: 'invalid',
    title: '位置编号有误',
    detail: '位置编号（Min-Position）不是本系统给出的形式。',
  },
  CURSOR_INVALID: {
    kind: 'invalid',
    title: '翻页标记有误',
    detail: '翻页标记已失效或不属于这个列表，请回到第一页重新查看。',
  },
  SIGN_IN_REQUIRED: { kind: 'forbidden', title: '请先登录', detail: '您还没有登录，请登录后继续。' },
  TOKEN_EXPIRED: {
    kind: 'forbidden',
    title: '登录已过期',
    detail: '登录已过期，请重新登录。未提交的内容仍保留在本机。',
  },
  TOKEN_INVALID: { kind: 'forbidden', title: '登录信息无效', detail: '登录信息无法核实，请重新登录。' },
  TOKEN_REVOKED: {
    kind: 'forbidden',
    title: '登录已被收回',
    detail: '您的登录已被收回，请重新登录；仍不能登录时请联系系统管理员。',
  },
  PERMISSION_MISSING: {
    kind: 'forbidden',
    title: '没有权限',
    detail: '您的角色没有“{permission}”的权限。可办理此事的角色：{roles}。确需办理的，请联系本室主任或系统管理员授权。',
  },
  CLAIM_MISSING: {
    kind: 'forbidden',
    title: '账号信息不完整',
    detail: '您的角色可以“{permission}”，但账号没有登记所属的{claim}。请联系系统管理员补充。',
  },
  NOT_FOUND: {
    kind: 'not-found',
    title: '没有找到',
    detail: '没有找到您要的内容。它可能不存在，或不属于您所在的督导室。',
  },
  ROUTE_NOT_FOUND: { kind: 'not-found', title: '没有找到', detail: '没有这个网址，请检查后重试。' },
  METHOD_NOT_ALLOWED: {
    kind: 'invalid',
    title: '不支持的操作',
    detail: '这个网址不支持 {method} 操作，可用：{allowed}。',
  },
  MEDIA_TYPE_UNSUPPORTED: { kind: 'invalid', title: '不支持的内容格式', detail: '请求内容应为 {expected}。' },
  BODY_TOO_LARGE: {
    kind: 'too-large',
    title: '内容过大',
    detail: '一次提交的内容超过了上限。请分批提交，大文件请作为附件上传。',
  },
  HEADERS_TOO_LARGE: {
    kind: 'too-large',
    title: '请求头过大',
    detail: '请求头超过了上限，请清除浏览器中本站的数据后重新登录。',
  },
  REQUEST_INVALID: { kind: 'invalid', title: '请求有误', detail: '请求不符合格式要求，没有保存任何内容。' },
  REQUEST_TIMEOUT: {
    kind: 'unavailable',
    title: '处理超时',
    detail: '处理时间过长，可能尚未完成。请用同一请求编号重试，不会重复保存。',
  },
  TOO_MANY_REQUESTS: { kind: 'unavailable', title: '操作过于频繁', detail: '操作过于频繁，请在 {seconds} 秒后重试。' },
  ISSUER_UNAVAILABLE: {
    kind: 'unavailable',
    title: '登录服务暂时不可用',
    detail: '暂时无法核实登录信息，请稍后重试。',
  },
  SERVICE_UNAVAILABLE: {
    kind: 'unavailable',
    title: '服务暂时不可用',
    detail: '服务暂时不可用，本次操作没有保存。请稍后重试。',
  },
  INTERNAL_ERROR: {
    kind: 'unavailable',
    title: '系统出现错误',
    detail: '系统出现意外错误。请记下编号 {traceId}，联系系统管理员。',
  },
} as const satisfies ErrorCatalogue

export const httpError = errorsOf(errorCatalogue)
