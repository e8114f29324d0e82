import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { reading } from '../api/queries.ts'
import { useApi, useSession } from './app-context.tsx'

/** Which ways there are to sign in. While the server knows a session of this browser, it is taken up without asking. */
export function useSignInWays() {
  const api = useApi()
  const session = useSession()
  const query = useQuery({ ...reading(api, '/auth/ways', {}), staleTime: 0, select: ({ body }) => body })
  const hasProvider = query.data?.provider !== null && query.data !== undefined
  const [tried, setTried] = useState(false)
  useEffect(() => {
    if (!hasProvider || tried || session !== undefined) return
    void api.keeper.renew().finally(() => setTried(true))
  }, [hasProvider, tried, session, api])
  return { query, isTaking: hasProvider && !tried && session === undefined }
}

/** Leads to the office's own sign-in and back to this screen. */
export function toProvider(to: string): void {
  window.location.assign(`/auth/oidc/start?${new URLSearchParams({ to })}`)
}

/** Seconds until then, counting down; 0 when there is nothing to wait for. */
export function useSecondsUntil(instant: string | null | undefined): number {
  const secondsLeft = () =>
    instant === null || instant === undefined ? 0 : Math.max(0, Math.ceil((Date.parse(instant) - Date.now()) / 1_000))
  const [left, setLeft] = useState(secondsLeft)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the clock is read anew with each beat
  useEffect(() => {
    setLeft(secondsLeft())
    const timer = window.setInterval(() => setLeft(secondsLeft()), 1_000)
    return () => window.clearInterval(timer)
  }, [instant])
  return left
}

export const endedWords = {
  idle: '长时间没有操作，已自动退出。正在填写的内容保存在这台电脑上，重新登录后会回到原来的页面。',
  over: '这次登录已到最长时限，请重新登录。正在填写的内容保存在这台电脑上。',
  revoked: '这次登录已被收回，请重新登录；不是您本人收回的，请联系系统管理员。',
  refused: '您的账号已停用，或不再有任何角色。需要继续使用的，请联系本室主任或系统管理员。',
} as const
