import { useNavigate, useParams } from '@tanstack/react-router'
import { Button, Dialog } from 'antd-mobile'
import { useState } from 'react'
import { useMe } from '../../app/app-context.tsx'
import { EmptyState, SkeletonLines } from '../../kit/states.tsx'
import { day } from '../../words/format.ts'
import { FieldHead } from '../kit/field-head.tsx'
import { PlaceSwitch } from '../kit/place-switch.tsx'
import type { StoredPhoto, VisitDraft } from '../store/field-database.ts'
import { useFieldStore } from '../store/field-store.tsx'
import { useFieldRead } from '../store/use-field-read.ts'
import { useLive } from '../store/use-live.ts'
import { answerItem, answerRest, changeVisit, dropVisit, submitVisit } from '../store/visit-drafts.ts'
import { type Gap, gapsOf, SCHOOL_SIGNATURE, SUPERVISOR_SIGNATURE } from '../store/visit-gaps.ts'
import { ItemCard } from './item-card.tsx'
import { Signer } from './signer.tsx'

/** A visit in one scroll: school, items, pictures, both signatures, submit. Kept at every tap. */
export function VisitSheet() {
  const { draftId = '' } = useParams({ strict: false }) as { draftId?: string }
  const { db } = useFieldStore()
  const loaded = useLive(`visit ${draftId}`, async () => {
    const draft = await db.visits.get(draftId)
    const photos = await db.photos.where({ parentId: draftId }).sortBy('takenAt')
    return { draft, photos }
  })
  if (loaded === undefined) return <SkeletonLines lines={8} />
  if (loaded.draft === undefined) {
    return (
      <>
        <FieldHead title="进校督查" back="/" />
        <EmptyState title="这次督查不在这台手机上">它可能已经提交，或者是在另一台手机上开始的。</EmptyState>
      </>
    )
  }
  return <Sheet draft={loaded.draft} photos={loaded.photos} />
}

function Sheet({ draft, photos }: { draft: VisitDraft; photos: readonly StoredPhoto[] }) {
  const { db, outbox } = useFieldStore()
  const navigate = useNavigate()
  const [gaps, setGaps] = useState<readonly Gap[]>([])
  const [dropping, setDropping] = useState(false)
  const signed = new Set(photos.map((photo) => photo.slot))
  const { items } = draft.checklist
  const answered = items.filter(({ code }) => draft.answers[code]?.answer !== undefined).length
  const pictures = photos.filter((photo) => !photo.slot.startsWith('signature-')).length
  const remaining = gaps.length === 0 ? [] : gapsOf(draft, signed)
  const flagged = (anchor: string) => remaining.some((gap) => gap.anchor === anchor)

  const submit = async () => {
    const found = gapsOf(draft, signed)
    setGaps(found)
    const first = found[0]
    if (first !== undefined) {
      document.getElementById(first.anchor)?.scrollIntoView({ block: 'center' })
      return
    }
    const entry = await submitVisit(db, draft.id)
    if (entry === undefined) return
    void outbox.send({ hurry: true })
    await navigate({ to: `/sent/${entry.id}`, replace: true })
  }
  if (draft.state === 'queued') {
    return (
      <>
        <FieldHead title={draft.schoolName} back="/" />
        <EmptyState title="这次督查正在等待发送">联网后自动提交，可以在“我的”中查看。</EmptyState>
      </>
    )
  }
  return (
    <>
      <FieldHead
        title={draft.schoolName}
        back="/"
        right={<span className="field-head-note">{`${answered}/${items.length}`}</span>}
      />
      <main className="field-content">
        <SchoolHead draft={draft} />
        <PlaceSwitch
          value={draft.keepPlace === true}
          onChange={(keepPlace) => void changeVisit(db, draft.id, () => ({ keepPlace }))}
        />
        {items.map((item) => (
          <ItemCard
            key={item.code}
            draftId={draft.id}
            item={item}
            answer={draft.answers[item.code]}
            photos={photos.filter((photo) => photo.slot === item.code)}
            flagged={flagged(`item-${item.code}`)}
            keepPlace={draft.keepPlace === true}
            write={answerItem}
          />
        ))}
        <p className="round-sum">已拍 {pictures} 张照片。每一条都可以补充照片，答“否”的请尽量拍照。</p>
        <Signer
          draftId={draft.id}
          slot={SUPERVISOR_SIGNATURE}
          title="督学签字"
          name={draft.supervisorName}
          onName={(supervisorName) => void changeVisit(db, draft.id, () => ({ supervisorName }))}
          kept={photos.find((photo) => photo.slot === SUPERVISOR_SIGNATURE)}
          flagged={flagged(SUPERVISOR_SIGNATURE)}
        />
        <Signer
          draftId={draft.id}
          slot={SCHOOL_SIGNATURE}
          title="学校负责人签字"
          name={draft.schoolSigner}
          onName={(schoolSigner) => void changeVisit(db, draft.id, () => ({ schoolSigner }))}
          kept={photos.find((photo) => photo.slot === SCHOOL_SIGNATURE)}
          flagged={flagged(SCHOOL_SIGNATURE)}
        />
        {remaining.length > 0 && (
          <ul className="gap-list" role="alert">
            {remaining.map((gap) => (
              <li key={gap.message}>
                <button
                  type="button"
                  onClick={() => document.getElementById(gap.anchor)?.scrollIntoView({ block: 'center' })}
                >
                  {gap.message}
                </button>
              </li>
            ))}
          </ul>
        )}
        <button type="button" className="field-link field-danger" onClick={() => setDropping(true)}>
          放弃这次督查
        </button>
      </main>
      <footer className="sheet-foot">
        {answered < items.length && (
          <Button size="large" onClick={() => void answerRest(db, draft.id)}>
            其余全部为“是”
          </Button>
        )}
        <Button size="large" color="primary" className="sheet-submit" onClick={() => void submit()}>
          提交督查记录
        </Button>
      </footer>
      <Dialog
        visible={dropping}
        title="放弃这次督查？"
        content="已填写的内容和照片会从手机上删除，不能找回。"
        onClose={() => setDropping(false)}
        actions={[
          [
            { key: 'keep', text: '继续填写', onClick: () => setDropping(false) },
            {
              key: 'drop',
              text: '放弃',
              danger: true,
              onClick: async () => {
                await dropVisit(db, draft.id)
                await navigate({ to: '/', replace: true })
              },
            },
          ],
        ]}
      />
    </>
  )
}

function SchoolHead({ draft }: { draft: VisitDraft }) {
  const me = useMe()
  const mine = useFieldRead(me.subject, '/api/inspections/my-schools', {})
  const school = mine.data?.body.items.find((one) => one.schoolId === draft.schoolId)
  return (
    <section className="field-card visit-head">
      <p>
        {day(draft.visitedOn)} · {draft.checklist.title}
      </p>
      {school !== undefined && (
        <p className="quiet">
          上次走访 {day(school.lastVisitOn)} · 未销号问题 {school.openProblems} 个
        </p>
      )}
      <p className="quiet">每次点选都已保存，没有网络也能提交。</p>
    </section>
  )
}
