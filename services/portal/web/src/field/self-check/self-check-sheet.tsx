import { useNavigate, useParams } from '@tanstack/react-router'
import { Button } from 'antd-mobile'
import { useEffect, useState } from 'react'
import type { SelfCheckRecord } from '../../api/types.ts'
import { useMe } from '../../app/app-context.tsx'
import { EmptyState, ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { day, month as monthText } from '../../words/format.ts'
import { FieldHead } from '../kit/field-head.tsx'
import { KeptNote } from '../kit/kept-note.tsx'
import { PlaceSwitch } from '../kit/place-switch.tsx'
import type { SelfCheckDraft, StoredPhoto } from '../store/field-database.ts'
import { useFieldStore } from '../store/field-store.tsx'
import {
  answerRestOfSelfCheck,
  answerSelfCheck,
  beginSelfCheck,
  gapsOfSelfCheck,
  keepPlaceInSelfCheck,
  submitSelfCheckDraft,
  writeStatement,
} from '../store/self-check-drafts.ts'
import { useFieldRead } from '../store/use-field-read.ts'
import { useLive } from '../store/use-live.ts'
import { ItemCard, NoteField } from '../visit/item-card.tsx'

/** A school's self-check in one scroll on the phone; kept at every tap, sent when there is a network. */
export function SelfCheckSheet() {
  const me = useMe()
  const { selfCheckId = '' } = useParams({ strict: false }) as { selfCheckId?: string }
  const { db } = useFieldStore()
  const query = useFieldRead(me.subject, '/api/inspections/self-checks/{id}', { path: { id: selfCheckId } })
  const check = query.data?.body
  const loaded = useLive(`self-check ${selfCheckId}`, async () => ({
    draft: await db.selfChecks.get(selfCheckId),
    photos: await db.photos.where({ parentId: selfCheckId }).sortBy('takenAt'),
  }))
  useEffect(() => {
    if (check !== undefined && check.state !== 'submitted') void beginSelfCheck(db, me.subject, check)
  }, [db, me.subject, check])
  const title = check === undefined ? '学校自查' : `${monthText(check.period)}自查`
  const waiting = check === undefined || loaded === undefined
  return (
    <>
      <FieldHead title={title} back="/tasks" />
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {!query.isError && waiting && <SkeletonLines lines={8} />}
      {!waiting && loaded.draft?.state === 'queued' && (
        <EmptyState title="这份自查正在等待发送">联网后自动提交，可以在“我的”中查看。</EmptyState>
      )}
      {!waiting && loaded.draft?.state !== 'queued' && check.state === 'submitted' && <Submitted check={check} />}
      {!waiting && loaded.draft?.state === 'open' && check.state !== 'submitted' && (
        <Sheet check={check} draft={loaded.draft} photos={loaded.photos} keptAt={query.data?.keptAt} />
      )}
    </>
  )
}

function Submitted({ check }: { check: SelfCheckRecord }) {
  return (
    <main className="field-content">
      <section className="field-card">
        <strong>{check.schoolName}</strong>
        <p>
          {day(check.submittedOn)} {check.submittedBy} 已提交，答“否” {check.negatives} 项。
        </p>
        <p>{check.statement}</p>
        <p className="quiet">需要更正时，请联系责任区组长或督导室退回。</p>
      </section>
    </main>
  )
}

interface SheetProps {
  readonly check: SelfCheckRecord
  readonly draft: SelfCheckDraft
  readonly photos: readonly StoredPhoto[]
  readonly keptAt: string | undefined
}

function Sheet({ check, draft, photos, keptAt }: SheetProps) {
  const { db, outbox } = useFieldStore()
  const navigate = useNavigate()
  const [asked, setAsked] = useState(false)
  const gaps = asked ? gapsOfSelfCheck(check, draft) : []
  const open = check.items.filter(({ code }) => draft.answers[code]?.answer === undefined).length
  const submit = async () => {
    setAsked(true)
    const [first] = gapsOfSelfCheck(check, draft)
    if (first !== undefined) {
      document.getElementById(first.anchor)?.scrollIntoView({ block: 'center' })
      return
    }
    const entry = await submitSelfCheckDraft(db, check)
    if (entry === undefined) return
    void outbox.send({ hurry: true })
    await navigate({ to: `/sent/${entry.id}`, replace: true })
  }
  return (
    <>
      <main className="field-content">
        <KeptNote keptAt={keptAt} />
        <section className="field-card visit-head">
          <p>
            {check.checklistTitle} · {day(check.dueOn)}前提交
          </p>
          {check.returnReason !== null && <p className="field-error">退回意见：{check.returnReason}</p>}
          <p className="quiet">每次点选都已保存，没有网络也能提交。</p>
        </section>
        <PlaceSwitch
          value={draft.keepPlace === true}
          onChange={(keep) => void keepPlaceInSelfCheck(db, draft.id, keep)}
        />
        {check.items.map((item) => (
          <ItemCard
            key={item.code}
            draftId={draft.id}
            item={item}
            answer={draft.answers[item.code]}
            photos={photos.filter((photo) => photo.slot === item.code)}
            flagged={gaps.some(({ anchor }) => anchor === `item-${item.code}`)}
            keepPlace={draft.keepPlace === true}
            write={answerSelfCheck}
          />
        ))}
        <section className="field-card" id="statement">
          <NoteField
            value={draft.statement}
            label="自查情况：怎样开展、发现了什么、已经纠正了什么"
            rows={5}
            onChange={(statement) => void writeStatement(db, draft.id, statement)}
          />
        </section>
        {gaps.length > 0 && (
          <ul className="gap-list" role="alert">
            {gaps.map(({ anchor, message }) => (
              <li key={message}>
                <button
                  type="button"
                  onClick={() => document.getElementById(anchor)?.scrollIntoView({ block: 'center' })}
                >
                  {message}
                </button>
              </li>
            ))}
          </ul>
        )}
      </main>
      <footer className="sheet-foot">
        {open > 0 && (
          <Button
            size="large"
            onClick={() =>
              void answerRestOfSelfCheck(
                db,
                draft.id,
                check.items.map(({ code }) => code),
              )
            }
          >
            其余全部为“是”
          </Button>
        )}
        <Button size="large" color="primary" className="sheet-submit" onClick={() => void submit()}>
          提交自查
        </Button>
      </footer>
    </>
  )
}
