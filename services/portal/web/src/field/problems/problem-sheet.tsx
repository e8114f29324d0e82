import { useNavigate, useParams } from '@tanstack/react-router'
import { Button } from 'antd-mobile'
import { useState } from 'react'
import type { ProblemRecord } from '../../api/types.ts'
import { useMe } from '../../app/app-context.tsx'
import { Redirect } from '../../app/redirect.tsx'
import { ErrorState, SkeletonLines } from '../../kit/states.tsx'
import { day } from '../../words/format.ts'
import { FieldHead } from '../kit/field-head.tsx'
import { PhotoStrip } from '../kit/photo-strip.tsx'
import { PlaceSwitch } from '../kit/place-switch.tsx'
import type { ProblemDraft, StoredPhoto } from '../store/field-database.ts'
import { useFieldStore } from '../store/field-store.tsx'
import { type ProblemAction, problemDraftId, submitProblemDraft, writeProblemDraft } from '../store/problem-drafts.ts'
import { useFieldRead } from '../store/use-field-read.ts'
import { useLive } from '../store/use-live.ts'
import { NoteField } from '../visit/item-card.tsx'

interface SheetWords {
  readonly title: string
  readonly text: string
  readonly submit: string
  readonly photos: boolean
}

const words: Readonly<Record<ProblemAction, SheetWords>> = {
  report: { title: '整改报告', text: '整改情况：采取了什么措施、现在怎么样', submit: '提交整改报告', photos: true },
  verify: { title: '核查整改', text: '核查情况：看了什么、是否整改到位', submit: '核查通过', photos: true },
  return: { title: '退回整改', text: '哪里没有整改到位', submit: '退回重新整改', photos: false },
  lasting: { title: '回头看', text: '复查情况：看了什么、整改是否保持', submit: '整改成效保持', photos: true },
  rebound: { title: '问题反弹', text: '反弹情况：现在怎么样', submit: '登记问题反弹', photos: true },
}

/** What is written about a problem on the phone, with pictures; kept at every letter, sent when there is a network. */
export function ProblemSheet() {
  const me = useMe()
  const { problemId = '', action = '' } = useParams({ strict: false }) as { problemId?: string; action?: string }
  const { db } = useFieldStore()
  const known = isAction(action)
  const query = useFieldRead(me.subject, '/api/rectification/problems/{id}', { path: { id: problemId } }, known)
  const draftId = problemDraftId(known ? action : 'report', problemId)
  const loaded = useLive(draftId, async () => ({
    draft: await db.problemDrafts.get(draftId),
    photos: await db.photos.where({ parentId: draftId }).sortBy('takenAt'),
  }))
  if (!known) return <Redirect to={`/problems/${problemId}`} />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (query.data === undefined || loaded === undefined) return <SkeletonLines lines={6} />
  return <Sheet action={action} problem={query.data.body} draft={loaded.draft} photos={loaded.photos} />
}

/** What is missing would otherwise appear below the button that was tapped. */
function intoView(list: HTMLElement | null): void {
  list?.scrollIntoView({ block: 'center' })
}

function isAction(action: string): action is ProblemAction {
  return Object.keys(words).includes(action)
}

interface SheetProps {
  readonly action: ProblemAction
  readonly problem: ProblemRecord
  readonly draft: ProblemDraft | undefined
  readonly photos: readonly StoredPhoto[]
}

function Sheet({ action, problem, draft, photos }: SheetProps) {
  const me = useMe()
  const { db, outbox } = useFieldStore()
  const navigate = useNavigate()
  const [asked, setAsked] = useState(false)
  const { title, text, submit, photos: wantsPhotos } = words[action]
  const draftId = problemDraftId(action, problem.problemId)
  const gaps = [
    ...((draft?.text ?? '').trim() === '' ? ['请填写文字说明'] : []),
    ...(wantsPhotos && photos.length === 0 ? ['请至少拍一张能说明情况的照片'] : []),
  ]
  const send = async () => {
    setAsked(true)
    if (gaps.length > 0) return
    const entry = await submitProblemDraft(db, {
      action,
      owner: me.subject,
      problemId: problem.problemId,
      title: `${title}：${problem.title}`,
      version: problem.version,
    })
    if (entry === undefined) return
    void outbox.send({ hurry: true })
    await navigate({ to: `/sent/${entry.id}`, replace: true })
  }
  return (
    <>
      <FieldHead title={title} back={`/problems/${problem.problemId}`} />
      <main className="field-content">
        <section className="field-card">
          <strong>{problem.title}</strong>
          <p>{problem.demand ?? problem.description}</p>
          {problem.dueOn !== null && <p className="quiet">{day(problem.dueOn)}前完成</p>}
        </section>
        <section className="field-card">
          <NoteField
            value={draft?.text ?? ''}
            label={text}
            rows={6}
            onChange={(text) => void writeProblemDraft(db, draftId, me.subject, { text })}
          />
          {wantsPhotos && (
            <>
              <PhotoStrip
                parentId={draftId}
                slot="evidence"
                photos={photos}
                label={title}
                keepPlace={draft?.keepPlace === true}
              />
              <PlaceSwitch
                value={draft?.keepPlace === true}
                onChange={(keepPlace) => void writeProblemDraft(db, draftId, me.subject, { keepPlace })}
              />
            </>
          )}
        </section>
        {asked && gaps.length > 0 && (
          <ul className="gap-list" role="alert" ref={intoView}>
            {gaps.map((gap) => (
              <li key={gap}>{gap}</li>
            ))}
          </ul>
        )}
        <p className="quiet">填写的内容保存在手机上，没有网络也可以提交，联网后自动发送。</p>
      </main>
      <footer className="sheet-foot">
        <Button size="large" color="primary" className="sheet-submit" onClick={() => void send()}>
          {submit}
        </Button>
      </footer>
    </>
  )
}
