import { Link, useParams } from '@tanstack/react-router'
import { EmptyState, SkeletonLines } from '../../kit/states.tsx'
import { FieldHead } from '../kit/field-head.tsx'
import { useFieldStore } from '../store/field-store.tsx'
import { useLive } from '../store/use-live.ts'
import { EntryCard } from './entry-card.tsx'

/** What became of what was just submitted. */
export function SentPage() {
  const { entryId = '' } = useParams({ strict: false }) as { entryId?: string }
  const { db } = useFieldStore()
  const loaded = useLive(`entry ${entryId}`, async () => ({ entry: await db.outbox.get(entryId) }))
  return (
    <>
      <FieldHead title="提交情况" back="/" />
      <main className="field-content">
        {loaded === undefined && <SkeletonLines lines={3} />}
        {loaded !== undefined && loaded.entry === undefined && <EmptyState title="没有这条记录" />}
        {loaded?.entry !== undefined && (
          <>
            <EntryCard entry={loaded.entry} />
            {loaded.entry.state === 'waiting' && (
              <p className="round-sum">可以关闭页面或继续做别的。下次打开并联网时会自动发送，只会产生一份。</p>
            )}
          </>
        )}
        <Link to="/" className="field-wide-link">
          回到首页
        </Link>
      </main>
    </>
  )
}
