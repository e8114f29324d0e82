import type { PageQuery } from '@dulian/http-kit'
import type { ViewReader } from '@dulian/service-host'
import { findAll, type Page, type Where } from '@dulian/views'
import type { VisitDocument } from './visit-document.ts'

export interface VisitViews {
  readonly view: ViewReader
  findVisit(office: string, visitId: string): Promise<VisitDocument | undefined>
  /** Newest first; `from` the live view, or the past that is asked for. */
  listVisits(where: Where, page: PageQuery, from?: ViewReader): Promise<Page<VisitDocument>>
  /** Everything scheduled or started for a day before this, in all offices: what the clock asks. */
  listPendingBefore(day: string): Promise<readonly VisitDocument[]>
}

export function visitViews(view: ViewReader): VisitViews {
  return {
    view,
    async findVisit(office, visitId) {
      const found = await view.get<VisitDocument>('visits', visitId)
      return found?.document.office === office ? found.document : undefined
    },
    async listVisits(where, { limit, cursor }, from = view) {
      const page = await from.find<VisitDocument>('visits', {
        where,
        sort: [['day', 'desc']],
        limit,
        cursor,
      })
      return { items: page.items.map(({ document }) => document), nextCursor: page.nextCursor }
    },
    listPendingBefore: async (day) =>
      await findAll<VisitDocument>(view, 'visits', {
        where: { state: { in: ['scheduled', 'started'] }, day: { lt: day } },
      }),
  }
}
