import { newId } from '../../api/idempotency-key.ts'
import type { SelfCheckRecord } from '../../api/types.ts'
import type { DraftAnswer, FieldDatabase, OutboxEntry, SelfCheckDraft } from './field-database.ts'

type Change = Partial<Pick<SelfCheckDraft, 'answers' | 'statement' | 'keepPlace'>>

/** The draft of a self-check; one that was sent back begins with what was handed in. */
export async function beginSelfCheck(db: FieldDatabase, owner: string, check: SelfCheckRecord): Promise<void> {
  await db.transaction('rw', db.selfChecks, async () => {
    if ((await db.selfChecks.get(check.selfCheckId)) !== undefined) return
    const answers = Object.fromEntries(
      check.answers.map(({ code, answer, note }) => [code, { answer, ...(note === null ? {} : { note }) }]),
    )
    const updatedAt = new Date().toISOString()
    await db.selfChecks.put({
      id: check.selfCheckId,
      owner,
      state: 'open',
      answers,
      statement: check.statement ?? '',
      updatedAt,
    })
  })
}

async function change(db: FieldDatabase, id: string, to: (draft: SelfCheckDraft) => Change): Promise<void> {
  await db.transaction('rw', db.selfChecks, async () => {
    const draft = await db.selfChecks.get(id)
    if (draft === undefined || draft.state !== 'open') return
    await db.selfChecks.put({ ...draft, ...to(draft), updatedAt: new Date().toISOString() })
  })
}

export async function answerSelfCheck(db: FieldDatabase, id: string, code: string, answer: DraftAnswer): Promise<void> {
  await change(db, id, (draft) => ({ answers: { ...draft.answers, [code]: { ...draft.answers[code], ...answer } } }))
}

export async function answerRestOfSelfCheck(db: FieldDatabase, id: string, codes: readonly string[]): Promise<void> {
  await change(db, id, ({ answers }) => ({
    answers: Object.fromEntries(
      codes.map((code) => [code, { ...answers[code], answer: answers[code]?.answer ?? ('yes' as const) }]),
    ),
  }))
}

export async function writeStatement(db: FieldDatabase, id: string, statement: string): Promise<void> {
  await change(db, id, () => ({ statement }))
}

export async function keepPlaceInSelfCheck(db: FieldDatabase, id: string, keepPlace: boolean): Promise<void> {
  await change(db, id, () => ({ keepPlace }))
}

/** What keeps a self-check from being handed in. */
export function gapsOfSelfCheck(check: SelfCheckRecord, draft: SelfCheckDraft): { anchor: string; message: string }[] {
  const open = check.items.filter(({ code }) => draft.answers[code]?.answer === undefined)
  const [first] = open
  const gaps =
    first === undefined
      ? []
      : [{ anchor: `item-${first.code}`, message: `还有 ${open.length} 条没有选择，从“${first.title}”开始` }]
  for (const { code, title } of check.items) {
    const given = draft.answers[code]
    if (given?.answer === 'no' && (given.note ?? '').trim() === '') {
      gaps.push({ anchor: `item-${code}`, message: `“${title}”选了“否”，请写明情况` })
    }
  }
  if (draft.statement.trim() === '') gaps.push({ anchor: 'statement', message: '请写明自查情况' })
  return gaps
}

/** Hands the self-check to the outbox, both in one transaction. */
export async function submitSelfCheckDraft(
  db: FieldDatabase,
  check: SelfCheckRecord,
): Promise<OutboxEntry | undefined> {
  return await db.transaction('rw', db.selfChecks, db.outbox, async () => {
    const draft = await db.selfChecks.get(check.selfCheckId)
    if (draft === undefined || draft.state !== 'open') return undefined
    const now = new Date().toISOString()
    const earlier = new Map(check.answers.map((answer) => [answer.code, answer.evidence]))
    const answers = check.items.map(({ code }) => {
      const { answer, note = '' } = draft.answers[code] ?? {}
      const kept = earlier.get(code) ?? []
      const evidence = kept.length > 0 ? kept : { photosOf: code }
      return { code, answer, evidence, ...(note.trim() === '' ? {} : { note: note.trim() }) }
    })
    const entry: OutboxEntry = {
      id: newId(),
      owner: draft.owner,
      kind: 'self-check',
      title: `${check.schoolName} · 学校自查`,
      draftId: draft.id,
      service: 'inspections',
      steps: [
        {
          path: `/api/inspections/self-checks/${check.selfCheckId}/submit`,
          body: { answers, statement: draft.statement.trim() },
          idempotencyKey: newId(),
        },
      ],
      done: 0,
      state: 'waiting',
      attempts: 0,
      nextTryAt: 0,
      createdAt: now,
    }
    await db.selfChecks.put({ ...draft, state: 'queued', updatedAt: now })
    await db.outbox.put(entry)
    return entry
  })
}
