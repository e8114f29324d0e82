import type { PageQuery } from '@dulian/http-kit'
import type { ViewReader } from '@dulian/service-host'
import { findAll, type Page, type Where } from '@dulian/views'
import type { SelfCheckDocument } from './self-check-document.ts'

export interface SelfCheckViews {
  readonly view: ViewReader
  findSelfCheck(office: string, selfCheckId: string): Promise<SelfCheckDocument | undefined>
  /** Newest month first, by school. */
  pageOfSelfChecks(where: Where, page: PageQuery): Promise<Page<SelfCheckDocument>>
  listSelfChecks(where: Where): Promise<readonly SelfCheckDocument[]>
  /** Which of these schools, of whatever office, have been asked for their self-check of the month. */
  schoolsAsked(period: string, schoolIds: readonly string[]): Promise<ReadonlySet<string>>
}

export function selfCheckViews(view: ViewReader): SelfCheckViews {
  return {
    view,
    async findSelfCheck(office, selfCheckId) {
      const found = await view.get<SelfCheckDocument>('checks', selfCheckId)
      return found?.document.office === office ? found.document : undefined
    },
    async pageOfSelfChecks(where, { limit, cursor }) {
      const page = await view.find<SelfCheckDocument>('checks', {
        where,
        sort: [
          ['period', 'desc'],
          ['schoolName', 'asc'],
        ],
        limit,
        cursor,
      })
      return { items: page.items.map(({ document }) => document), nextCursor: page.nextCursor }
    },
    listSelfChecks: async (where) => await findAll<SelfCheckDocument>(view, 'checks', { where }),
    async schoolsAsked(period, schoolIds) {
      if (schoolIds.length === 0) return new Set()
      const found = await findAll<SelfCheckDocument>(view, 'checks', { where: { period, schoolId: { in: schoolIds } } })
      return new Set(found.map(({ schoolId }) => schoolId))
    },
  }
}
