import { useSessionStore } from './app-context.tsx'
import { endedWords, toProvider, useSecondsUntil } from './sign-in-ways.ts'

interface ProviderSignInProps {
  /** Screen to come back to, as an address of this site. */
  readonly to: string
  readonly lockedUntil: string | null
  readonly className: string
}

/** The button to the office's own sign-in; while it is locked, how long. */
export function ProviderSignIn({ to, lockedUntil, className }: ProviderSignInProps) {
  const left = useSecondsUntil(lockedUntil)
  return (
    <>
      <button type="button" className={className} disabled={left > 0} onClick={() => toProvider(to)}>
        单位统一身份认证
      </button>
      {left > 0 && (
        <p className="sign-in-error" role="alert">
          连续登录失败次数过多，登录已暂停。还需等待 {Math.floor(left / 60)} 分 {left % 60} 秒。
        </p>
      )}
    </>
  )
}

/** Why the last session was over. */
export function EndedNotice() {
  const { ended } = useSessionStore()
  if (ended === undefined) return null
  return (
    <p className="sign-in-ended" role="status">
      {endedWords[ended]}
    </p>
  )
}
