import { Link, useLocation } from '@tanstack/react-router'
import { useMe, useRights } from '../../app/app-context.tsx'
import { FieldIcon } from '../kit/field-icons.tsx'
import { useFieldStore } from '../store/field-store.tsx'
import { useLive } from '../store/use-live.ts'

/** 学校 · 任务 · 问题 · 我的, as far as the rights go; the badge counts what waits for the network. */
export function BottomBar() {
  const me = useMe()
  const rights = useRights()
  const { pathname } = useLocation()
  const { db } = useFieldStore()
  const waiting = useLive(`waiting ${me.subject}`, () =>
    db.outbox
      .where({ owner: me.subject })
      .filter((entry) => entry.state !== 'sent')
      .count(),
  )
  const tabs = [
    ...(rights.can('visit.record') ? [{ to: '/', title: '学校', icon: 'school' as const }] : []),
    ...(rights.canAny(['plan.read', 'visit.record', 'self-check.submit'])
      ? [{ to: '/tasks', title: '任务', icon: 'tasks' as const }]
      : []),
    ...(rights.can('problem.read') ? [{ to: '/problems', title: '问题', icon: 'problems' as const }] : []),
    { to: '/me', title: '我的', icon: 'person' as const },
  ]
  const current = tabs.find((tab) => tab.to !== '/' && pathname.startsWith(tab.to))?.to ?? tabs[0]?.to ?? '/me'
  return (
    <nav className="bottom-bar" aria-label="主菜单">
      <ul>
        {tabs.map((tab) => (
          <li key={tab.to}>
            <Link to={tab.to} aria-current={tab.to === current ? 'page' : undefined}>
              <FieldIcon name={tab.icon} />
              {tab.title}
              {tab.to === '/me' && waiting !== undefined && waiting > 0 && (
                <span className="waiting-badge">{waiting} 待发</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  )
}
