import { Tabs } from 'antd'
import type { ReactNode } from 'react'
import type { ViewState } from '../../api/client.ts'
import { AsOfLine } from '../../kit/as-of-line.tsx'
import { type Fact, Facts } from './facts.tsx'
import { type Crumb, PageHead } from './page-head.tsx'
import { useSearchState } from './use-search-state.ts'
import './record-page.css'

export interface RecordTab {
  readonly key: string
  readonly label: string
  readonly children: ReactNode
}

/** A tab of this key shows the letter that the record is; printed, it stands alone. */
export const LETTER_TAB = 'paper'

interface RecordPageProps {
  readonly crumbs: readonly Crumb[]
  readonly title: string
  /** State as lamp or word. */
  readonly state?: ReactNode
  readonly facts?: readonly Fact[]
  /** Who does what by when, with the button for it. */
  readonly nextStep?: ReactNode
  readonly actions?: ReactNode
  /** Only looks at things, as in `PageHead`. */
  readonly looks?: ReactNode
  readonly tabs: readonly RecordTab[]
  readonly timeline?: ReactNode
  readonly timelineTitle?: string
  readonly view?: ViewState | undefined
}

/** One thing: head with state and next step, tabs, and what happened to it on the right. */
export function RecordPage(props: RecordPageProps) {
  const {
    crumbs,
    title,
    state,
    facts,
    nextStep,
    actions,
    looks,
    tabs,
    timeline,
    timelineTitle = '办理过程',
    view,
  } = props
  const [search, setSearch] = useSearchState()
  const active = tabs.find((tab) => tab.key === search.tab)?.key ?? tabs[0]?.key
  const only = tabs.length === 1 ? tabs[0] : undefined
  return (
    <article className={active === LETTER_TAB ? 'record-letter' : ''}>
      <PageHead crumbs={crumbs} title={title} beside={state} actions={actions} looks={looks}>
        {nextStep}
      </PageHead>
      <div className={timeline === undefined ? 'record' : 'record record-two'}>
        <div className="record-main">
          {facts !== undefined && (
            <div className="panel">
              <div className="panel-body">
                <Facts items={facts} />
              </div>
            </div>
          )}
          {only !== undefined ? (
            <div className="panel">
              <div className="panel-title">
                <h2>{only.label}</h2>
              </div>
              <div className="panel-body">{only.children}</div>
            </div>
          ) : (
            <div className="panel record-tabs">
              <Tabs
                activeKey={active ?? ''}
                onChange={(key) => setSearch({ tab: key === tabs[0]?.key ? undefined : key })}
                items={tabs.map((tab) => ({ key: tab.key, label: tab.label, children: tab.children }))}
              />
            </div>
          )}
        </div>
        {timeline !== undefined && (
          <aside className="panel record-side" aria-label={timelineTitle}>
            <div className="panel-title">
              <h2>{timelineTitle}</h2>
            </div>
            <div className="panel-body">{timeline}</div>
          </aside>
        )}
      </div>
      <AsOfLine view={view} />
    </article>
  )
}

interface NextStepProps {
  readonly who: string
  readonly what: string
  readonly by?: string | undefined
  readonly mine?: boolean
  readonly children?: ReactNode
}

/** The one obvious next step. */
export function NextStep({ who, what, by, mine = false, children }: NextStepProps) {
  return (
    <div className={mine ? 'next-step next-step-mine' : 'next-step'}>
      <div className="next-step-words">
        <span className="next-step-label">下一步</span>
        <span>
          <strong>{what}</strong>
          <span className="quiet aside">
            {who}
            {by !== undefined && ` · ${by}`}
          </span>
        </span>
      </div>
      {children !== undefined && <div className="next-step-actions no-print">{children}</div>}
    </div>
  )
}
