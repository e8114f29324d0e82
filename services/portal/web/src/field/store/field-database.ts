import Dexie, { type Table } from 'dexie'
import type { Answer, ChecklistItem, EvidenceRef } from '../../api/types.ts'

export interface DraftAnswer {
  readonly answer?: Answer
  readonly note?: string
}

/** A visit while it is being written; kept at every tap. Its id is the visit's id from the first moment on. */
export interface VisitDraft {
  readonly id: string
  readonly owner: string
  /** `queued` belongs to the outbox and cannot be edited. */
  readonly state: 'open' | 'queued'
  readonly schoolId: string
  readonly schoolName: string
  readonly checklist: {
    readonly checklistId: string
    readonly edition: number
    readonly title: string
    readonly items: readonly ChecklistItem[]
  }
  /** Set when the visit was scheduled by the office: then it is recorded, not created. */
  readonly scheduledVisitId: string | null
  readonly taskId: string | null
  readonly startedAt: string
  readonly visitedOn: string
  readonly answers: Readonly<Record<string, DraftAnswer>>
  readonly supervisorName: string
  readonly schoolSigner: string
  /** Pictures added from now on keep where they were taken. */
  readonly keepPlace?: boolean
  readonly updatedAt: string
}

/** What is written about a problem on the phone: a report, a verification or a return. */
export interface ProblemDraft {
  /** `report:<problemId>` and the like. */
  readonly id: string
  readonly owner: string
  readonly state: 'open' | 'queued'
  readonly text: string
  readonly keepPlace?: boolean
  readonly updatedAt: string
}

/** A school's self-check while it is being written; its id is the self-check's. */
export interface SelfCheckDraft {
  readonly id: string
  readonly owner: string
  readonly state: 'open' | 'queued'
  readonly answers: Readonly<Record<string, DraftAnswer>>
  readonly statement: string
  readonly keepPlace?: boolean
  readonly updatedAt: string
}

/** A picture or signature as bytes: a Blob in the store is not kept safely by every browser. */
export interface StoredPhoto {
  readonly id: string
  /** The draft it belongs to. */
  readonly parentId: string
  /** Item code, `signature-supervisor`, `signature-school`, or `evidence`. */
  readonly slot: string
  readonly name: string
  readonly mediaType: string
  readonly size: number
  readonly bytes: ArrayBuffer
  readonly takenAt: string
  /** As chosen when it was added; sent along with it, whenever that is. */
  readonly keepPlace?: boolean
  /** Known once it has been uploaded; the command then always names the same reference. */
  readonly evidence?: EvidenceRef
}

/** One request of an outbox entry. `{ photosOf: slot }` and `{ photoOf: slot }` in the body stand for uploaded pictures. */
export interface OutboxStep {
  readonly path: string
  readonly body: unknown
  readonly version?: number
  /** Fixed when the entry is made, so that sending it again is stored once. */
  readonly idempotencyKey: string
}

export interface OutboxEntry {
  readonly id: string
  readonly owner: string
  readonly kind: 'visit' | 'report' | 'verify' | 'return' | 'lasting' | 'rebound' | 'self-check'
  readonly title: string
  /** The draft it came from; given back when the server refuses it. */
  readonly draftId: string
  readonly service: string
  readonly steps: readonly OutboxStep[]
  /** Steps already answered. */
  readonly done: number
  readonly state: 'waiting' | 'sent' | 'refused'
  readonly attempts: number
  readonly nextTryAt: number
  readonly problem?: { readonly title: string; readonly detail: string; readonly traceId?: string }
  readonly createdAt: string
  readonly sentAt?: string
}

/** What a query answered last, for reading without a network. */
export interface KeptAnswer {
  readonly key: string
  readonly owner: string
  readonly body: unknown
  readonly at: string
}

/** The phone's own store. */
export class FieldDatabase extends Dexie {
  readonly visits: Table<VisitDraft, string>
  readonly problemDrafts: Table<ProblemDraft, string>
  readonly selfChecks: Table<SelfCheckDraft, string>
  readonly photos: Table<StoredPhoto, string>
  readonly outbox: Table<OutboxEntry, string>
  readonly answers: Table<KeptAnswer, string>

  constructor(name = 'dulian-field') {
    super(name)
    this.version(1).stores({
      visits: 'id, owner, [owner+schoolId]',
      problemDrafts: 'id, owner',
      photos: 'id, parentId, [parentId+slot]',
      outbox: 'id, owner, [owner+state]',
      answers: 'key, owner',
    })
    this.version(2).stores({ selfChecks: 'id, owner' })
    this.visits = this.table('visits')
    this.problemDrafts = this.table('problemDrafts')
    this.selfChecks = this.table('selfChecks')
    this.photos = this.table('photos')
    this.outbox = this.table('outbox')
    this.answers = this.table('answers')
  }
}
