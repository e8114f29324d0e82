import { chinaDate } from '@dulian/calendar'
import type { Clock } from '@dulian/event-sourcing'
import { query, scopeWhere } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { KnownSchools } from './queries.ts'

export const MySchool = z.object({
  schoolId: z.string(),
  name: z.string(),
  kind: z.string(),
  zoneName: z.string().nullable(),
  enrolment: z.number().nullable(),
  lastVisitOn: z.string().nullable(),
  visitedThisMonth: z.boolean(),
  openProblems: z.number().int(),
})

/** The phone's first screen: the schools a supervisor answers for. */
export function knownSchoolRoutes(app: FastifyInstance, { schools, clock }: { schools: KnownSchools; clock: Clock }) {
  query(app, {
    url: '/my-schools',
    permission: 'visit.record',
    summary: '我挂牌督导的学校',
    tags: ['督导检查'],
    answer: z.object({ items: z.array(MySchool) }),
    freshness: () => schools.view,
    handle: async ({ scope }) => {
      const month = chinaDate(clock.now()).slice(0, 7)
      const mine = await schools.listSchools({ ...scopeWhere(scope), status: 'open' })
      return {
        items: mine.map((school) => ({
          schoolId: school.schoolId,
          name: school.name,
          kind: school.kind,
          zoneName: school.zoneName,
          enrolment: school.enrolment,
          lastVisitOn: school.lastVisitOn,
          visitedThisMonth: school.lastVisitOn?.slice(0, 7) === month,
          openProblems: school.openProblemIds.length,
        })),
      }
    },
  })
}
