import { useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect } from 'react'
import { useMe, useRights } from '../../app/app-context.tsx'
import { EmptyState } from '../../kit/states.tsx'
import { day, today } from '../../words/format.ts'
import { FullscreenExitOutlined, FullscreenOutlined } from '../kit/icons.tsx'
import { PageHead } from '../kit/page-head.tsx'
import { useProjection } from '../kit/use-projection.ts'
import { HomeFreshness } from './home-freshness.tsx'
import { HomeTiles } from './home-tiles.tsx'
import { CoverageWork, FindingWork, TaskWork } from './other-work.tsx'
import { PlanWork } from './plan-work.tsx'
import { ProblemWork } from './problem-work.tsx'
import { SelfCheckWork } from './self-check-work.tsx'
import { SystemWork } from './system-work.tsx'
import { TodayWork } from './today-work.tsx'
import './home.css'

/** Milliseconds between reads while nobody sits in front of the screen. */
const PROJECTED_EVERY = 60_000

/** 工作台: what is due, what is late, what is new — as far as the person's rights go. */
export function HomePage() {
  const me = useMe()
  const rights = useRights()
  const { projecting, project } = useProjection()
  const cache = useQueryClient()
  useEffect(() => {
    if (!projecting) return
    const timer = setInterval(() => void cache.invalidateQueries(), PROJECTED_EVERY)
    return () => clearInterval(timer)
  }, [projecting, cache])
  const scope = rights.scope('problem.read')
  const school = scope === 'school'
  if (Object.keys(me.permissions).length === 0) {
    return <EmptyState title="您的账号还没有分配职责">请联系系统管理员，为您的账号分配角色。</EmptyState>
  }
  return (
    <div className={projecting ? 'home home-projecting' : 'home'}>
      <PageHead
        crumbs={projecting ? [] : [{ title: '工作台' }]}
        title={projecting ? `${me.officeName} · 今日工作` : `${me.name}，您好`}
        looks={
          projecting ? (
            <Button icon={<FullscreenExitOutlined />} onClick={() => project(false)}>
              退出投屏
            </Button>
          ) : (
            <Button icon={<FullscreenOutlined />} onClick={() => project(true)}>
              投屏模式
            </Button>
          )
        }
      >
        <p className="home-greeting">
          今天是 {day(today())} · {me.roles.map((role) => role.title).join('、')}
        </p>
      </PageHead>
      {rights.can('problem.read') && !school && <HomeTiles />}
      <TodayWork />
      <HomeFreshness />
      <div className="home-grid">
        {rights.can('self-check.submit') && <SelfCheckWork />}
        {school && (
          <ProblemWork
            title="要求本校整改的问题"
            filter={{ state: 'demanded' }}
            nothing="目前没有要求本校整改的问题。"
          />
        )}
        {school && <ProblemWork title="退回重新整改的问题" filter={{ state: 'returned' }} nothing="没有退回的问题。" />}
        {school && (
          <ProblemWork title="已报告、等待核查" filter={{ state: 'reported' }} nothing="没有等待核查的报告。" />
        )}
        {rights.can('problem.read') && !school && (
          <ProblemWork title="逾期的问题" filter={{ overdue: 'true' }} nothing="没有逾期的问题。" />
        )}
        {scope === 'body' && (
          <ProblemWork title="与本单位有关的问题" filter={{ open: 'true' }} nothing="没有与本单位有关的问题。" />
        )}
        {rights.can('problem.verify') && (
          <ProblemWork title="待核查的整改报告" filter={{ state: 'reported' }} nothing="没有待核查的整改报告。" />
        )}
        {rights.can('finding.decide') && <FindingWork />}
        {rights.can('visit.read') && !school && <CoverageWork />}
        {rights.can('plan.read') && rights.scope('plan.read') === 'office' && <PlanWork />}
        {rights.can('plan.read') && <TaskWork />}
        {rights.can('system.read') && <SystemWork />}
      </div>
    </div>
  )
}
