import type { DomainError } from '@dulian/event-sourcing'

export interface PlainPage {
  readonly title: string
  readonly detail: string
  /** A value to copy and tell somebody. */
  readonly tell?: { readonly label: string; readonly value: string }
  /** Where to go from here. */
  readonly links: readonly { readonly to: string; readonly words: string }[]
  /** Code and number for whoever helps. */
  readonly foot?: string
}

/** A page without script: it must stand when the web application has no session to show anything with. */
export function plainPage({ title, detail, tell, links, foot }: PlainPage): string {
  const told =
    tell === undefined ? '' : `<p class="label">${escaped(tell.label)}</p><p class="value">${escaped(tell.value)}</p>`
  const ways = links.map(({ to, words }) => `<li><a href="${escaped(to)}">${escaped(words)}</a></li>`).join('')
  return `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · 督联</title><style>
body{margin:0;background:#f5f7fa;color:#1f2329;font:16px/1.6 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:560px;margin:12vh auto 0;padding:28px 32px;background:#fff;border:1px solid #dfe3e8;border-radius:6px}
h1{margin:0 0 12px;font-size:22px;color:#1d4f91}p{margin:0 0 12px}.label{margin-bottom:2px;color:#4e5969}
.value{padding:8px 12px;background:#f5f7fa;border:1px solid #dfe3e8;border-radius:6px;word-break:break-all;user-select:all}
ul{list-style:none;margin:20px 0 0;padding:0}a{display:inline-block;min-height:44px;line-height:44px;color:#1d4f91}.foot{margin:16px 0 0;font-size:14px;color:#4e5969}
</style></head><body><main><h1>${escaped(title)}</h1><p>${escaped(detail)}</p>${told}<ul>${ways}</ul>${
    foot === undefined ? '' : `<p class="foot">${escaped(foot)}</p>`
  }</main></body></html>`
}

/** Why signing in came to nothing, and what to do. */
export function problemPage(error: DomainError, traceId: string, tell?: PlainPage['tell']): string {
  return plainPage({
    title: error.title,
    detail: error.detail,
    ...(tell === undefined ? {} : { tell }),
    links: [{ to: '/sign-in', words: '返回登录页' }],
    foot: `需要协助时，请告知编号 ${traceId}`,
  })
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (found) => `&#${found.charCodeAt(0)};`)
}
