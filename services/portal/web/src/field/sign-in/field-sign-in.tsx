import { useNavigate, useSearch } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useSession } from '../../app/app-context.tsx'
import { useDemoCards, useDemoSignIn } from '../../app/demo-sign-in.ts'
import { EndedNotice, ProviderSignIn } from '../../app/provider-sign-in.tsx'
import { useSignInWays } from '../../app/sign-in-ways.ts'
import { EmptyState, ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { roleLeads, roleNames, word } from '../../words/labels.ts'

/** The roles that work on the phone come first. */
const fieldRoles = ['school-supervisor', 'zone-head', 'school-principal']

/** Who are you, on the phone. */
export function FieldSignIn() {
  const search = useSearch({ strict: false }) as { to?: string }
  const navigate = useNavigate()
  const session = useSession()
  const { query: ways, isTaking } = useSignInWays()
  const cards = useDemoCards(ways.data?.demo === true)
  const provider = ways.data?.provider ?? null
  const back = (search.to ?? '/').replace(/^\/m(?=\/|$)/, '')
  const place = back.startsWith('/') && !back.startsWith('/sign-in') ? back : '/'
  const signIn = useDemoSignIn()
  const [chosen, setChosen] = useState<string>()
  useEffect(() => {
    document.title = '登录 · 督联'
  }, [])
  const offices = cards.data ?? []
  const office = offices.find((one) => one.office === chosen) ?? offices[0]
  const rank = (roles: readonly string[]) => {
    const at = fieldRoles.indexOf(roles[0] ?? '')
    return at < 0 ? fieldRoles.length : at
  }
  const go = (card: string) => signIn.mutate(card)
  useEffect(() => {
    if (session !== undefined) void navigate({ to: place, replace: true })
  }, [session, place, navigate])
  return (
    <main className="field-sign-in">
      <header>
        <img src="/icon.svg" alt="" width="44" height="44" />
        <div>
          <h1>督联</h1>
          <p>进校督查与整改上报</p>
        </div>
      </header>
      <EndedNotice />
      {(ways.isPending || isTaking) && <SkeletonLines lines={6} />}
      {ways.isError && <ErrorState error={ways.error} onRetry={() => void ways.refetch()} />}
      {cards.isError && <ErrorState error={cards.error} onRetry={() => void cards.refetch()} />}
      {ways.data !== undefined && provider === null && !ways.data.demo && (
        <EmptyState title="请从单位的统一登录入口进入">
          这套系统没有开启演示。请联系本单位系统管理员取得登录地址和账号。
        </EmptyState>
      )}
      {provider !== null && !isTaking && (
        <ProviderSignIn
          to={`/m${place === '/' ? '' : place}`}
          lockedUntil={provider.lockedUntil}
          className="field-provider-button"
        />
      )}
      {office !== undefined && (
        <>
          <label className="field-label" htmlFor="demo-office">
            选择督导室
          </label>
          <select
            id="demo-office"
            className="field-select"
            value={office.office}
            onChange={(event) => setChosen(event.target.value)}
          >
            {offices.map((one) => (
              <option key={one.office} value={one.office}>
                {one.officeName}
              </option>
            ))}
          </select>
          {signIn.isError && (
            <p className="field-error" role="alert">
              {signIn.error.detail}
            </p>
          )}
          <p className="field-label">选择演示身份（人员、学校均为虚构）</p>
          <ul className="field-cards">
            {[...office.cards]
              .sort((one, other) => rank(one.roles) - rank(other.roles))
              .map((card) => (
                <li key={card.card}>
                  <button type="button" disabled={signIn.isPending} onClick={() => go(card.card)}>
                    <strong>{card.roles.map((role) => word(roleNames, role)).join('、')}</strong>
                    <span>{card.name}</span>
                    <small>{word(roleLeads, card.roles[0])}</small>
                  </button>
                </li>
              ))}
          </ul>
        </>
      )}
    </main>
  )
}
