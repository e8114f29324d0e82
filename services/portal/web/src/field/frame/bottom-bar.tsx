import { useLocation, useNavigate } from '@tanstack/react-router'
import { Badge, TabBar } from 'antd-mobile'
import { useMe, useRights } from '../../app/app-context.tsx'
import { FieldIcon } from '../kit/field-icons.tsx'
import { useFieldStore } from '../store/field-store.tsx'
import { useLive } from '../store/use-live.ts'

/** 学校 · 任务 · 问题 · 我的, as far as the rights go; the badge counts what waits for the network. */
export function BottomBar() {
  const me = useMe()
  const rights = useRights()
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const { db } = useFieldStore()
  const waiting = useLive(`waiting ${me.subject}`, () =>
    db.outbox
      .where({ owner: me.subject })
      .filter((entry) => entry.state !== 'sent')
      .count(),
  )
  const tabs = [
    ...(rights.can('visit.record') ? [{ key: '/', title: '学校', icon: <FieldIcon name="school" /> }] : []),
    ...(rights.can('plan.read') || rights.can('visit.record')
      ? [{ key: '/tasks', title: '任务', icon: <FieldIcon name="tasks" /> }]
      : []),
    ...(rights.can('problem.read') ? [{ key: '/problems', title: '问题', icon: <FieldIcon name="problems" /> }] : []),
    { key: '/me', title: '我的', icon: <FieldIcon name="person" /> },
  ]
  const current = tabs.find((tab) => tab.key !== '/' && pathname.includes(tab.key))?.key ?? tabs[0]?.key ?? '/me'
  return (
    <nav className="bottom-bar" aria-label="主菜单">
      <TabBar activeKey={current} onChange={(key) => void navigate({ to: key })}>
        {tabs.map((tab) => (
          <TabBar.Item
            key={tab.key}
            icon={tab.icon}
            title={tab.title}
            {...(tab.key === '/me' && waiting !== undefined && waiting > 0
              ? { badge: <Badge content={`${waiting} 待发`} /> }
              : {})}
          />
        ))}
      </TabBar>
    </nav>
  )
}
