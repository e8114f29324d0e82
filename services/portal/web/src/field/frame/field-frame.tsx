import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { PersonProvider } from '../../app/app-context.tsx'
import { ToSignIn } from '../../app/to-sign-in.tsx'
import { ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { BottomBar } from './bottom-bar.tsx'
import { useFieldPerson } from './use-field-person.ts'

/** What stands around every page of the field entry. */
export function FieldFrame() {
  const location = useLocation()
  const { person, query, isSignedIn, isKnown } = useFieldPerson()
  if (!isSignedIn && !isKnown) return <ToSignIn />
  if (person === undefined) {
    return (
      <main className="field-wait">
        {query.isError ? (
          <>
            <ErrorState error={query.error} onRetry={() => void query.refetch()} />
            <Link to="/sign-in">重新登录</Link>
          </>
        ) : (
          <SkeletonLines lines={6} />
        )}
      </main>
    )
  }
  // A sheet being filled in has the whole screen; its own head leads back.
  const whole = /\/(?:visits|sent|self-checks)\/|\/problems\/[^/]+\/(?:report|verify|return|lasting|rebound)$/.test(
    location.pathname,
  )
  return (
    <PersonProvider key={person.me.subject} me={person.me} rights={person.rights}>
      <div className={whole ? 'field field-whole' : 'field'}>
        {!isSignedIn && (
          <p className="field-note" role="status">
            登录已到期，填写的内容仍保存在手机上。
            <Link to="/sign-in" search={{ to: location.href } as never}>
              重新登录
            </Link>
          </p>
        )}
        {isSignedIn && query.data?.keptAt !== undefined && (
          <p className="field-note" role="status">
            现在连不上服务器，可以继续填写，联网后自动发送。
          </p>
        )}
        <Outlet />
        {!whole && <BottomBar />}
      </div>
    </PersonProvider>
  )
}
