import type { ApiClient } from '../../api/client.ts'
import { uploadFile } from '../../api/files.ts'
import { type ApiProblem, asProblem } from '../../api/problem.ts'
import type { EvidenceRef } from '../../api/types.ts'
import type { FieldDatabase, OutboxEntry, OutboxStep } from './field-database.ts'
import { fillIn } from './fill-in.ts'
import { blobOf } from './photos.ts'

const LOCK = 'dulian-outbox'
/** Milliseconds between looks for something to send. */
const LOOK = 15_000
const LONGEST_WAIT = 300_000
/** Days that a sent entry stays to be seen. */
const KEEP_DAYS = 7

/**
 * Sends what waits, from the foreground, with or without a service worker: first the pictures, then the commands in
 * order, each under the key fixed when the entry was made. Whatever cuts it off, it goes on where it was.
 */
export class Outbox {
  readonly #db: FieldDatabase
  readonly #api: ApiClient
  readonly #owner: () => string | undefined
  readonly #onSent: () => void
  #running = false
  #again = false

  constructor(options: { db: FieldDatabase; api: ApiClient; owner: () => string | undefined; onSent: () => void }) {
    this.#db = options.db
    this.#api = options.api
    this.#owner = options.owner
    this.#onSent = options.onSent
  }

  /** Looks by itself whenever there may be a network again. Answers how to stop. */
  start(): () => void {
    const now = () => void this.send({ hurry: true })
    const look = () => void this.send()
    const seen = () => document.visibilityState === 'visible' && now()
    window.addEventListener('online', now)
    window.addEventListener('pageshow', now)
    document.addEventListener('visibilitychange', seen)
    const timer = window.setInterval(look, LOOK)
    now()
    return () => {
      window.removeEventListener('online', now)
      window.removeEventListener('pageshow', now)
      document.removeEventListener('visibilitychange', seen)
      window.clearInterval(timer)
    }
  }

  /** Sends all that is due; `hurry` does not wait for the pause after a failure. */
  async send(options: { hurry?: boolean } = {}): Promise<void> {
    if (this.#running) {
      this.#again = true
      return
    }
    this.#running = true
    try {
      do {
        this.#again = false
        await inOneTab(() => this.#sendDue(options.hurry === true))
      } while (this.#again)
    } finally {
      this.#running = false
    }
  }

  /** Gives a refused entry back to be corrected. */
  async reopen(entry: OutboxEntry): Promise<void> {
    const { visits, problemDrafts, selfChecks, outbox } = this.#db
    await this.#db.transaction('rw', visits, problemDrafts, selfChecks, outbox, async () => {
      await outbox.delete(entry.id)
      await visits.update(entry.draftId, { state: 'open' })
      await problemDrafts.update(entry.draftId, { state: 'open' })
      await selfChecks.update(entry.draftId, { state: 'open' })
    })
  }

  async #sendDue(hurry: boolean): Promise<void> {
    const owner = this.#owner()
    if (owner === undefined || this.#api.token === undefined) return
    const now = Date.now()
    const waiting = await this.#db.outbox.where({ owner, state: 'waiting' }).sortBy('createdAt')
    for (const entry of waiting) {
      if (!hurry && entry.nextTryAt > now) continue
      if (!(await this.#sendOne(entry))) return
    }
    await this.#forgetOld(owner)
  }

  /** Whether the next entry may be tried. */
  async #sendOne(entry: OutboxEntry): Promise<boolean> {
    try {
      for (let step = entry.done; step < entry.steps.length; step += 1) {
        const next = entry.steps[step]
        if (next === undefined) break
        await this.#sendStep(entry, next)
        await this.#db.outbox.update(entry.id, { done: step + 1 })
      }
      await this.#finish(entry)
      this.#onSent()
      return true
    } catch (error) {
      return await this.#explain(entry, asProblem(error))
    }
  }

  async #sendStep(entry: OutboxEntry, step: OutboxStep): Promise<void> {
    const evidence = await this.#upload(entry)
    const body = fillIn(step.body, evidence)
    await this.#api.raw(step.path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'idempotency-key': step.idempotencyKey,
        ...(step.version === undefined ? {} : { 'if-match': `"v${step.version}"` }),
      },
      body: JSON.stringify(body),
    })
  }

  /** Every picture of the entry, uploaded once: its reference is kept before the command is sent. */
  async #upload(entry: OutboxEntry): Promise<Map<string, EvidenceRef[]>> {
    const photos = await this.#db.photos.where({ parentId: entry.draftId }).sortBy('takenAt')
    const bySlot = new Map<string, EvidenceRef[]>()
    for (const photo of photos) {
      let evidence = photo.evidence
      if (evidence === undefined) {
        evidence = await uploadFile(
          this.#api,
          entry.service,
          blobOf(photo),
          photo.name,
          photo.id,
          undefined,
          photo.keepPlace,
        )
        await this.#db.photos.update(photo.id, { evidence })
      }
      bySlot.set(photo.slot, [...(bySlot.get(photo.slot) ?? []), evidence])
    }
    return bySlot
  }

  async #finish(entry: OutboxEntry): Promise<void> {
    const { visits, problemDrafts, selfChecks, photos, outbox } = this.#db
    await this.#db.transaction('rw', [visits, problemDrafts, selfChecks, photos, outbox], async () => {
      await outbox.put({
        ...withoutProblem(entry),
        done: entry.steps.length,
        state: 'sent',
        sentAt: new Date().toISOString(),
      })
      await visits.delete(entry.draftId)
      await problemDrafts.delete(entry.draftId)
      await selfChecks.delete(entry.draftId)
      await photos.where({ parentId: entry.draftId }).delete()
    })
  }

  async #explain(entry: OutboxEntry, problem: ApiProblem): Promise<boolean> {
    const attempts = entry.attempts + 1
    const known = {
      title: problem.title,
      detail: problem.detail,
      ...(problem.traceId === undefined ? {} : { traceId: problem.traceId }),
    }
    if (problem.isTemporary || problem.status === 401 || problem.status >= 500) {
      const pause = problem.retryAfter === undefined ? 5_000 * 2 ** Math.min(attempts, 6) : problem.retryAfter * 1_000
      const nextTryAt = Date.now() + Math.min(pause, LONGEST_WAIT)
      await this.#db.outbox.update(entry.id, { attempts, nextTryAt, problem: known })
      // Without a network or a sign-in the others would fail as well.
      return problem.status >= 500 && problem.status !== 503
    }
    await this.#db.outbox.update(entry.id, { attempts, state: 'refused', problem: known })
    return true
  }

  async #forgetOld(owner: string): Promise<void> {
    const before = new Date(Date.now() - KEEP_DAYS * 86_400_000).toISOString()
    const old = await this.#db.outbox
      .where({ owner, state: 'sent' })
      .filter((entry) => (entry.sentAt ?? '') < before)
      .primaryKeys()
    await this.#db.outbox.bulkDelete(old)
  }
}

/** One tab at a time where the browser can see to it; elsewhere the request numbers keep things single. */
async function inOneTab(work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return await work()
  await navigator.locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock !== null) await work()
  })
}

function withoutProblem({ problem: _problem, ...entry }: OutboxEntry): OutboxEntry {
  return entry
}
