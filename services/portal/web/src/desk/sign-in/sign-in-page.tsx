import { useNavigate } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { useEffect } from 'react'
import { useSession } from '../../app/app-context.tsx'
import { type OfficeCards, useDemoCards, useDemoSignIn } from '../../app/demo-sign-in.ts'
import { EndedNotice, ProviderSignIn } from '../../app/provider-sign-in.tsx'
import { useSignInWays } from '../../app/sign-in-ways.ts'
import { EmptyState, ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { roleLeads, roleNames, word } from '../../words/labels.ts'
import { useSearchState } from '../kit/use-search-state.ts'
import { useStored } from '../kit/use-stored.ts'
import './sign-in.css'

/** Who are you: one card per role while the demo runs. */
export function SignInPage() {
  const [search] = useSearchState()
  const session = useSession()
  const navigate = useNavigate()
  const { query: ways, isTaking } = useSignInWays()
  const cards = useDemoCards(ways.data?.demo === true)
  const provider = ways.data?.provider ?? null
  useEffect(() => {
    document.title = '登录 · 督联'
  }, [])
  useEffect(() => {
    const to = search.to ?? '/'
    if (session !== undefined)
      void navigate({ to: to.startsWith('/') && !to.startsWith('//') ? to : '/', replace: true })
  }, [session, search, navigate])
  return (
    <main className="sign-in">
      <header className="sign-in-head">
        <img src="/icon.svg" alt="" width="52" height="52" />
        <div>
          <h1>督联</h1>
          <p>教育督导室的工作平台：计划、督查、问题、整改、销号</p>
        </div>
      </header>
      <EndedNotice />
      {(ways.isPending || isTaking) && <SkeletonLines lines={8} />}
      {[ways, cards].map(
        (asked) =>
          asked.isError && (
            <div className="panel" key={asked.error.message}>
              <ErrorState error={asked.error} onRetry={() => void asked.refetch()} />
            </div>
          ),
      )}
      {ways.data !== undefined && !isTaking && provider === null && !ways.data.demo && (
        <div className="panel">
          <EmptyState title="请从单位的统一登录入口进入">
            这套系统没有开启演示，不能用演示身份登录。请联系本单位系统管理员取得登录地址和账号。
          </EmptyState>
        </div>
      )}
      {provider !== null && !isTaking && (
        <section className="panel sign-in-panel sign-in-provider">
          <div>
            <h2>用单位账号登录</h2>
            <p className="quiet">
              在单位的统一身份认证中登录，本系统不保存密码。还没有账号的，登录后会告诉您找谁开通。
            </p>
          </div>
          <ProviderSignIn to={search.to ?? '/'} lockedUntil={provider.lockedUntil} className="provider-button" />
        </section>
      )}
      {cards.data !== undefined && !isTaking && <Offices offices={cards.data} />}
      <footer className="sign-in-foot">
        用手机进校督查？请在手机上打开 <a href="/m">手机版</a>。
      </footer>
    </main>
  )
}

function Offices({ offices }: { offices: readonly OfficeCards[] }) {
  const [chosen, setChosen] = useStored('demo-office', offices[0]?.office ?? '')
  const signIn = useDemoSignIn()
  const office = offices.find((one) => one.office === chosen) ?? offices[0]
  if (office === undefined) return <EmptyState title="还没有演示身份">演示数据尚未生成，请联系系统管理员。</EmptyState>
  return (
    <section className="panel sign-in-panel">
      <div className="sign-in-lead">
        <div>
          <h2>选择一个演示身份</h2>
          <p className="quiet">人员、学校均为虚构。每个身份只能看到自己职责范围内的内容。</p>
        </div>
        <Segmented
          aria-label="督导室"
          value={office.office}
          onChange={(value) => setChosen(value)}
          options={offices.map((one) => ({
            value: one.office,
            label: one.officeName.replace(/(?:人民政府)?教育督导室$/, ''),
          }))}
        />
      </div>
      <h3 className="sign-in-office">{office.officeName}</h3>
      {signIn.isError && (
        <p className="sign-in-error" role="alert">
          {signIn.error.detail}
        </p>
      )}
      <ul className="card-grid">
        {office.cards.map((card) => (
          <li key={card.card}>
            <button
              type="button"
              className="role-card"
              disabled={signIn.isPending}
              onClick={() => signIn.mutate(card.card)}
            >
              <span className="role-card-role">{card.roles.map((role) => word(roleNames, role)).join('、')}</span>
              <span className="role-card-name">{card.name}</span>
              <span className="role-card-lead">{word(roleLeads, card.roles[0])}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
