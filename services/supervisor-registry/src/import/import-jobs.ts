import { setImmediate as nextTurn } from 'node:timers/promises'
import { chinaDate } from '@dulian/calendar'
import { type CommandContext, followUp, isDomainError, RecentlyUsed } from '@dulian/event-sourcing'
import { registryError } from '../errors.ts'
import type { InTurn } from '../in-turn.ts'
import type { Registry } from '../registry.ts'
import type { CellProblem } from './cell-problem.ts'
import { endImport } from './decide.ts'
import type { RegistryImported } from './events.ts'
import type { About, ImportKindName, JudgedRow, Table } from './import-kind.ts'
import { zonesOf } from './zones-of.ts'

/** Rows that are judged and stored together, with the event loop free in between. */
const CHUNK = 200
/** Milliseconds: nobody waits at a screen for a single step. */
const PATIENCE = 60_000
/** Problems that are kept to be shown; the file of errors has all of them. */
const MOST_PROBLEMS = 500

/** An import as far as it is. Kept in memory: what stays of it are the rows' own events and what it came to. */
export interface ImportJob {
  readonly id: string
  readonly office: string
  readonly kind: ImportKindName
  readonly fileName: string
  readonly startedBy: string
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly total: number
  state: 'running' | RegistryImported['outcome']
  done: number
  created: number
  changed: number
  unchanged: number
  refused: number
  problems: CellProblem[]
  endedAt: number | null
  isCancelled: boolean
}

/** The imports of this process: one at a time per office. */
export class ImportJobs {
  readonly #registry: Registry
  readonly #jobs = new RecentlyUsed<string, ImportJob>(200)
  readonly #running = new Map<string, ImportJob>()
  readonly #work = new Set<Promise<void>>()
  #isStopping = false

  constructor(registry: Registry) {
    this.#registry = registry
  }

  find(office: string, id: string): ImportJob | undefined {
    const job = this.#jobs.get(id)
    return job?.office === office ? job : undefined
  }

  /** Throws `IMPORT_UNDER_WAY` when another import of the office is not over. */
  requireNone(office: string, id: string): void {
    const other = this.#running.get(office)
    if (other === undefined || other.id === id) return
    const { fileName, done, total } = other
    throw registryError('IMPORT_UNDER_WAY', { fileName, done, total, importId: other.id })
  }

  /** Begins the work and comes back at once. Nothing when this import is known already. */
  start(id: string, table: Table, file: { fileName: string; fileHash: string }, context: CommandContext): void {
    if (this.#jobs.get(id) !== undefined) return
    const job: ImportJob = {
      ...{ id, office: context.office, kind: table.kind, fileName: file.fileName, startedBy: context.actor },
      ...{ startedAt: this.#registry.clock.now(), total: table.length, state: 'running', done: 0 },
      ...{ created: 0, changed: 0, unchanged: 0, refused: 0, problems: [], endedAt: null, isCancelled: false },
    }
    this.#jobs.set(id, job)
    this.#running.set(job.office, job)
    const work = this.#run(job, table, file, context).finally(() => {
      this.#running.delete(job.office)
      this.#work.delete(work)
    })
    this.#work.add(work)
  }

  cancel(job: ImportJob): void {
    job.isCancelled = true
  }

  /** Lets what is in hand come to its end and begins nothing more; what is left is imported by the same file again. */
  async stop(): Promise<void> {
    this.#isStopping = true
    await Promise.all(this.#work)
  }

  async #run(
    job: ImportJob,
    table: Table,
    file: { fileName: string; fileHash: string },
    context: CommandContext,
  ): Promise<void> {
    let outcome: RegistryImported['outcome'] = 'finished'
    try {
      const zones = await zonesOf(this.#registry, job.office, PATIENCE)
      const about = { registry: this.#registry, office: job.office, patience: PATIENCE, zones, ...file }
      for (let from = 0; from < table.length; from += CHUNK) {
        if (this.#isStopping) return
        if (job.isCancelled) {
          outcome = 'cancelled'
          break
        }
        await this.#chunk(job, table, from, { ...about, on: chinaDate(context.at), planned: new Map() }, context)
        await nextTurn()
      }
    } catch {
      // The storage is away or full: what is stored stays, the count says how far it came.
      outcome = 'failed'
    }
    const { created, changed, unchanged, refused } = job
    const at = new Date(this.#registry.clock.now()).toISOString()
    const ending = { created, changed, unchanged, refused, outcome, at }
    try {
      await this.#registry.imports.execute(job.id, followUp(context, 'end'), {
        decide: (state) => endImport(ending, state),
      })
    } catch {
      outcome = 'failed'
    }
    job.endedAt = this.#registry.clock.now()
    job.state = outcome
  }

  async #chunk(job: ImportJob, table: Table, from: number, about: About, context: CommandContext): Promise<void> {
    const keys = table.turns(from, CHUNK, about)
    await inTurns(this.#registry.turns, keys, async () => {
      const rows = await table.judge(from, CHUNK, about)
      await Promise.all(rows.map((row) => this.#carryOut(job, row, context)))
    })
  }

  async #carryOut(
    job: ImportJob,
    { row, outcome, problems, carryOut }: JudgedRow,
    context: CommandContext,
  ): Promise<void> {
    let refusals = problems
    if (carryOut !== undefined) {
      try {
        await carryOut(followUp(context, `row ${row}`))
      } catch (error) {
        if (!isDomainError(error) || error.kind === 'unavailable') throw error
        // Somebody was quicker between the judgement and the deed.
        refusals = [{ row, column: null, value: '', code: error.code, reason: error.title, advice: error.detail }]
      }
    }
    if (refusals.length > 0) job.refused += 1
    else if (outcome === 'new') job.created += 1
    else if (outcome === 'changed') job.changed += 1
    else job.unchanged += 1
    job.problems.push(...refusals.slice(0, MOST_PROBLEMS - job.problems.length))
    job.done += 1
  }
}

/** Takes all turns before the work; always in one order, so that two who want the same cannot wait for each other. */
async function inTurns<T>(turns: InTurn, keys: readonly string[], work: () => Promise<T>): Promise<T> {
  const [first, ...rest] = keys
  return first === undefined ? await work() : await turns.run(first, () => inTurns(turns, rest, work))
}
