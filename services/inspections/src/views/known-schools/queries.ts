import type { PageQuery } from '@dulian/http-kit'
import type { ViewReader } from '@dulian/service-host'
import { findAll, type Page, type Where } from '@dulian/views'
import { inspectionsError } from '../../errors.ts'
import type { KnownSchool, KnownSupervisor, KnownTask } from './known-school.ts'

/** What commands look up before they decide. Another office's things are not found. */
export interface KnownSchools {
  readonly view: ViewReader
  findSchool(office: string, schoolId: string): Promise<KnownSchool | undefined>
  /** Throws `SCHOOL_NOT_FOUND`. */
  getSchool(office: string, schoolId: string): Promise<KnownSchool>
  /** Throws `SUPERVISOR_NOT_FOUND`. */
  getSupervisor(office: string, supervisorId: string): Promise<KnownSupervisor>
  /** Throws `TASK_NOT_FOUND`. */
  getTask(office: string, taskId: string): Promise<KnownTask>
  /** All schools that match, by name. */
  listSchools(where: Where): Promise<readonly KnownSchool[]>
  pageOfSchools(where: Where, page: PageQuery): Promise<Page<KnownSchool>>
  /** Every open school of every office, page by page: what the clock asks. */
  pagesOfOpenSchools(): AsyncIterable<readonly KnownSchool[]>
}

export function knownSchools(view: ViewReader): KnownSchools {
  const findSchool = async (office: string, schoolId: string): Promise<KnownSchool | undefined> => {
    const found = await view.get<KnownSchool>('schools', schoolId)
    return found?.document.office === office && found.document.status !== 'unknown' ? found.document : undefined
  }
  return {
    view,
    findSchool,
    async getSchool(office, schoolId) {
      const school = await findSchool(office, schoolId)
      if (school === undefined) throw inspectionsError('SCHOOL_NOT_FOUND', { schoolId }, { pointer: '/schoolId' })
      return school
    },
    async getSupervisor(office, supervisorId) {
      const found = await view.get<KnownSupervisor>('supervisors', supervisorId)
      if (found?.document.office !== office) {
        throw inspectionsError('SUPERVISOR_NOT_FOUND', { supervisorId }, { pointer: '/supervisorId' })
      }
      return found.document
    },
    async getTask(office, taskId) {
      const found = await view.get<KnownTask>('tasks', taskId)
      if (found?.document.office !== office) {
        throw inspectionsError('TASK_NOT_FOUND', { taskId }, { pointer: '/taskId' })
      }
      return found.document
    },
    listSchools: async (where) => await findAll<KnownSchool>(view, 'schools', { where, sort: [['name', 'asc']] }),
    async pageOfSchools(where, { limit, cursor }) {
      const page = await view.find<KnownSchool>('schools', {
        where,
        sort: [['name', 'asc']],
        limit,
        cursor,
      })
      return { items: page.items.map(({ document }) => document), nextCursor: page.nextCursor }
    },
    async *pagesOfOpenSchools() {
      for (let cursor: string | undefined; ; ) {
        const page = await view.find<KnownSchool>('schools', {
          where: { status: 'open' },
          sort: [['schoolId', 'asc']],
          limit: 500,
          cursor,
        })
        yield page.items.map(({ document }) => document)
        if (page.nextCursor === undefined) return
        cursor = page.nextCursor
      }
    },
  }
}
