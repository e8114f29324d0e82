import { newId } from '../../api/idempotency-key.ts'
import type { ChecklistItem } from '../../api/types.ts'
import { today } from '../../words/format.ts'
import type { DraftAnswer, FieldDatabase, OutboxEntry, OutboxStep, VisitDraft } from './field-database.ts'
import { SCHOOL_SIGNATURE, SUPERVISOR_SIGNATURE } from './visit-gaps.ts'

export interface VisitStart {
  readonly owner: string
  readonly supervisorName: string
  readonly schoolId: string
  readonly schoolName: string
  readonly checklist: { checklistId: string; edition: number; title: string; items: readonly ChecklistItem[] }
  readonly scheduledVisitId: string | null
  readonly taskId: string | null
}

/** The open draft for this school, or a new one: starting twice does not make two. */
export async function startVisit(db: FieldDatabase, start: VisitStart): Promise<VisitDraft> {
  return await db.transaction('rw', db.visits, async () => {
    const begun = await db.visits.where({ owner: start.owner, schoolId: start.schoolId }).toArray()
    const open = begun.find((draft) => draft.state === 'open' && draft.scheduledVisitId === start.scheduledVisitId)
    if (open !== undefined) return open
    const now = new Date().toISOString()
    const draft: VisitDraft = {
      ...start,
      id: start.scheduledVisitId ?? newId(),
      state: 'open',
      startedAt: now,
      visitedOn: today(),
      answers: {},
      schoolSigner: '',
      updatedAt: now,
    }
    await db.visits.put(draft)
    return draft
  })
}

type Change = Partial<Pick<VisitDraft, 'answers' | 'supervisorName' | 'schoolSigner' | 'visitedOn' | 'keepPlace'>>

/** Changes what is being written; a queued visit stays as it was submitted. */
export async function changeVisit(db: FieldDatabase, id: string, change: (draft: VisitDraft) => Change): Promise<void> {
  await db.transaction('rw', db.visits, async () => {
    const draft = await db.visits.get(id)
    if (draft === undefined || draft.state !== 'open') return
    await db.visits.put({ ...draft, ...change(draft), updatedAt: new Date().toISOString() })
  })
}

export async function answerItem(db: FieldDatabase, id: string, code: string, answer: DraftAnswer): Promise<void> {
  await changeVisit(db, id, (draft) => ({
    answers: { ...draft.answers, [code]: { ...draft.answers[code], ...answer } },
  }))
}

/** 其余全部为“是”: only what is still open is answered. */
export async function answerRest(db: FieldDatabase, id: string): Promise<void> {
  await changeVisit(db, id, (draft) => ({
    answers: Object.fromEntries(
      draft.checklist.items.map(({ code }) => {
        const given = draft.answers[code] ?? {}
        return [code, given.answer === undefined ? { ...given, answer: 'yes' as const } : given]
      }),
    ),
  }))
}

export async function dropVisit(db: FieldDatabase, id: string): Promise<void> {
  await db.transaction('rw', db.visits, db.photos, async () => {
    await db.visits.delete(id)
    await db.photos.where({ parentId: id }).delete()
  })
}

/** Hands the visit to the outbox, both in one transaction: it is either still a draft or surely on its way. */
export async function submitVisit(db: FieldDatabase, id: string): Promise<OutboxEntry | undefined> {
  return await db.transaction('rw', db.visits, db.outbox, async () => {
    const draft = await db.visits.get(id)
    if (draft === undefined || draft.state !== 'open') return undefined
    const now = new Date().toISOString()
    const entry: OutboxEntry = {
      id: newId(),
      owner: draft.owner,
      kind: 'visit',
      title: `${draft.schoolName} · 进校督查`,
      draftId: draft.id,
      service: 'inspections',
      steps: stepsOf(draft, now),
      done: 0,
      state: 'waiting',
      attempts: 0,
      nextTryAt: 0,
      createdAt: now,
    }
    await db.visits.put({ ...draft, state: 'queued', updatedAt: now })
    await db.outbox.put(entry)
    return entry
  })
}

function stepsOf(draft: VisitDraft, signedAt: string): OutboxStep[] {
  const record = {
    visitedOn: draft.visitedOn,
    answers: draft.checklist.items.map(({ code }) => {
      const { answer, note = '' } = draft.answers[code] ?? {}
      return { code, answer, evidence: { photosOf: code }, ...(note.trim() === '' ? {} : { note: note.trim() }) }
    }),
    signatures: {
      supervisor: { name: draft.supervisorName.trim(), signedAt, image: { photoOf: SUPERVISOR_SIGNATURE } },
      school: { name: draft.schoolSigner.trim(), signedAt, image: { photoOf: SCHOOL_SIGNATURE } },
    },
  }
  if (draft.scheduledVisitId === null) {
    const { checklistId, edition } = draft.checklist
    const body = {
      ...record,
      visitId: draft.id,
      schoolId: draft.schoolId,
      checklistId,
      ...(edition > 0 ? { checklistEdition: edition } : {}),
      startedAt: draft.startedAt,
      ...(draft.taskId === null ? {} : { taskId: draft.taskId }),
    }
    return [{ path: '/api/inspections/visits/quick', body, idempotencyKey: newId() }]
  }
  const visit = `/api/inspections/visits/${draft.scheduledVisitId}`
  return [
    { path: `${visit}/start`, body: { at: draft.startedAt }, idempotencyKey: newId() },
    { path: `${visit}/record`, body: record, idempotencyKey: newId() },
  ]
}
