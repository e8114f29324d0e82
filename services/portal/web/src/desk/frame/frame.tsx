import { useRouterState } from '@tanstack/react-router'
import { PersonProvider, useSession } from '../../app/app-context.tsx'
import { usePreferences } from '../../app/preferences.ts'
import { ToSignIn } from '../../app/to-sign-in.tsx'
import { usePersonQuery } from '../../app/use-person.ts'
import { ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { useSearchState } from '../kit/use-search-state.ts'
import { DemoBanner } from './demo-banner.tsx'
import { GuardedOutlet } from './guarded-outlet.tsx'
import { PeriodProvider } from './period.tsx'
import { SessionWatch } from './session-watch.tsx'
import { SideMenu } from './side-menu.tsx'
import { TopBar } from './top-bar.tsx'
import './frame.css'

/** What stands around every page of the desk. */
export function Frame() {
  const session = useSession()
  const { query, person } = usePersonQuery()
  const { menuCollapsed } = usePreferences()
  const [search] = useSearchState()
  // The address changes before the page does; this is the page that stands there.
  const shown = useRouterState({ select: (state) => state.resolvedLocation?.pathname })
  if (session === undefined) return <ToSignIn />
  if (person === undefined) {
    return (
      <main className="frame-wait">
        {query.isError ? (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <SkeletonLines lines={6} />
        )}
      </main>
    )
  }
  const projecting = search.screen === '1'
  return (
    <PersonProvider key={person.me.subject} me={person.me} rights={person.rights}>
      <PeriodProvider>
        {projecting ? (
          <main id="content" className="projecting" data-page={shown}>
            <GuardedOutlet />
          </main>
        ) : (
          <div className={menuCollapsed ? 'frame frame-collapsed' : 'frame'}>
            <a className="skip-link" href="#content">
              跳到正文
            </a>
            <TopBar />
            <DemoBanner />
            <div className="frame-body">
              <SideMenu />
              <main id="content" className="frame-content" tabIndex={-1} data-page={shown}>
                <GuardedOutlet />
              </main>
            </div>
          </div>
        )}
        <SessionWatch />
      </PeriodProvider>
    </PersonProvider>
  )
}
