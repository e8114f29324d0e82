import { chinaDate } from '@dulian/calendar'
import { type LookBackQuery, type LookedBack, type ViewsOverTime, viewAt } from '@dulian/history/http'
import type { ViewReader } from '@dulian/service-host'
import { findAll, type GroupCount, type Page, type Query, type Where } from '@dulian/views'
import { rectificationError } from '../../errors.ts'
import type { Ground } from '../../problem/events.ts'
import type { ProblemDocument, ProblemFacts } from './problem-document.ts'
import { isTileFilter, type ProblemTile } from './problem-tile.ts'
import type { LabelledSchool } from './school-labels.ts'
import { groundItemOf } from './with-problem-event.ts'

/** Problems at one time: now, as known on a past day, or as by today's knowledge they were on it [N10]. */
export interface ProblemsAsOf {
  /** The day all time left is counted from. */
  readonly day: string
  /** The last day on which a problem shown may have been opened: valid from when it was found, it may have come onto the ledger later. */
  readonly openedUpTo: string
  /** To be put into the answer; absent for now. */
  readonly lookedBack?: LookedBack
  list(where: Where, query: Omit<Query, 'where'>): Promise<Page<ProblemFacts>>
  /** The open ones, as the board wants them. */
  tiles(where: Where, query: Omit<Query, 'where'>): Promise<Page<ProblemTile>>
  count(where: Where): Promise<number>
  group(by: readonly string[], where: Where): Promise<readonly GroupCount[]>
}

export interface ProblemViews {
  readonly view: ViewReader
  readonly overTime: ViewsOverTime
  findProblem(office: string, problemId: string): Promise<ProblemDocument | undefined>
  /** What this school was to put right under the same clause or checklist line, the newest cancellation first [N9]. */
  findSameGround(office: string, schoolId: string, ground: Ground): Promise<readonly ProblemDocument[]>
  /** Throws `PROBLEM_SCHOOL_NOT_FOUND`. */
  getSchool(office: string, schoolId: string, pointer?: string): Promise<LabelledSchool>
  /** Throws `HISTORY_DAY_TO_COME`; without days, or as known today: as it stands now. */
  at(days: LookBackQuery): ProblemsAsOf
}

export function problemViews(overTime: ViewsOverTime): ProblemViews {
  const problems = overTime.live
  return {
    view: problems,
    overTime,
    async findProblem(office, problemId) {
      const found = await problems.get<ProblemDocument>('problems', problemId)
      return found?.document.office === office ? found.document : undefined
    },
    async findSameGround(office, schoolId, ground) {
      const groundItem = groundItemOf(ground)
      const by = [
        ...(groundItem === null ? [] : [{ groundItem }]),
        ...(ground.clause === null ? [] : [{ groundClause: ground.clause }]),
      ]
      const found = await Promise.all(
        by.map((same) => findAll<ProblemDocument>(problems, 'problems', { where: { office, schoolId, ...same } })),
      )
      const all = new Map(found.flat().map((problem) => [problem.problemId, problem]))
      return [...all.values()].sort((one, other) => ((one.cancelledOn ?? '') < (other.cancelledOn ?? '') ? 1 : -1))
    },
    async getSchool(office, schoolId, pointer = '/schoolId') {
      const found = await problems.get<LabelledSchool>('schools', schoolId)
      if (found?.document.office !== office || found.document.status === 'unknown') {
        throw rectificationError('PROBLEM_SCHOOL_NOT_FOUND', { schoolId }, { pointer })
      }
      return found.document
    },
    at(days) {
      const { view, ...time } = viewAt(overTime, days)
      const today = chinaDate(overTime.clock.now())
      return {
        ...time,
        openedUpTo: days.validOn === undefined ? time.day : (days.asOf ?? today),
        async list(where, query) {
          const page = await view.find<ProblemFacts>('problems', { ...query, where })
          return { items: page.items.map(({ document }) => document), nextCursor: page.nextCursor }
        },
        async tiles(where, query) {
          // The past keeps no tiles; the whole problems have the same fields.
          const small = time.lookedBack === undefined && isTileFilter(where)
          const page = small
            ? await view.find<ProblemTile>('tiles', { ...query, where })
            : await view.find<ProblemFacts>('problems', { ...query, where: { ...where, open: true } })
          return { items: page.items.map(({ document }) => document), nextCursor: page.nextCursor }
        },
        count: (where) => view.count('problems', where),
        group: (by, where) => view.group('problems', by, where),
      }
    },
  }
}
