import { newId } from '../../api/idempotency-key.ts'
import type { FieldDatabase, OutboxEntry, ProblemDraft } from './field-database.ts'

/** `lasting` and `rebound` are the two results of a re-check. */
export type ProblemAction = 'report' | 'verify' | 'return' | 'lasting' | 'rebound'

export function problemDraftId(action: ProblemAction, problemId: string): string {
  return `${action}:${problemId}`
}

/** Keeps what is being written about a problem. */
export async function writeProblemDraft(
  db: FieldDatabase,
  id: string,
  owner: string,
  change: Partial<Pick<ProblemDraft, 'text' | 'keepPlace'>>,
): Promise<void> {
  await db.transaction('rw', db.problemDrafts, async () => {
    const draft = await db.problemDrafts.get(id)
    if (draft?.state === 'queued') return
    const next: ProblemDraft = {
      text: '',
      ...draft,
      id,
      owner,
      state: 'open',
      ...change,
      updatedAt: new Date().toISOString(),
    }
    await db.problemDrafts.put(next)
  })
}

interface Submission {
  readonly action: ProblemAction
  readonly owner: string
  readonly problemId: string
  readonly title: string
  /** Version of the problem that the person saw. */
  readonly version: number
}

const bodies: Readonly<Record<ProblemAction, (text: string) => unknown>> = {
  report: (text) => ({ text, evidence: { photosOf: 'evidence' } }),
  verify: (text) => ({ finding: text, evidence: { photosOf: 'evidence' } }),
  return: (text) => ({ reason: text }),
  lasting: (text) => ({ result: 'lasting', finding: text, evidence: { photosOf: 'evidence' } }),
  rebound: (text) => ({ result: 'rebound', finding: text, evidence: { photosOf: 'evidence' } }),
}

const steps: Readonly<Record<ProblemAction, string>> = {
  report: 'report',
  verify: 'verify',
  return: 'return',
  lasting: 're-check',
  rebound: 're-check',
}

/** Hands a report, verification or return to the outbox. */
export async function submitProblemDraft(db: FieldDatabase, input: Submission): Promise<OutboxEntry | undefined> {
  const { action, owner, problemId, title, version } = input
  const draftId = problemDraftId(action, problemId)
  return await db.transaction('rw', db.problemDrafts, db.outbox, async () => {
    const draft = await db.problemDrafts.get(draftId)
    if (draft === undefined || draft.state !== 'open') return undefined
    const now = new Date().toISOString()
    const entry: OutboxEntry = {
      id: newId(),
      owner,
      kind: action,
      title,
      draftId,
      service: 'rectification',
      steps: [
        {
          path: `/api/rectification/problems/${problemId}/${steps[action]}`,
          body: bodies[action](draft.text.trim()),
          version,
          idempotencyKey: newId(),
        },
      ],
      done: 0,
      state: 'waiting',
      attempts: 0,
      nextTryAt: 0,
      createdAt: now,
    }
    await db.problemDrafts.put({ ...draft, state: 'queued', updatedAt: now })
    await db.outbox.put(entry)
    return entry
  })
}
