import { InputDay } from '@dulian/calendar'
import type { Fact } from '@dulian/conflict-of-interest'
import { Id } from '@dulian/contracts'
import type { CommandContext } from '@dulian/event-sourcing'
import { command, type DataScope, requireInScope } from '@dulian/http-kit'
import { awaitHead } from '@dulian/service-host'
import { findAll } from '@dulian/views'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { openRecusalBook } from '../recusal/recusal-book.ts'
import type { Registry } from '../registry.ts'
import type { School } from '../school/state.ts'
import type { Supervisor } from '../supervisor/state.ts'
import { SCHOOLS, type SchoolDocument } from '../views/schools/projection.ts'
import { endPosting, type OtherSchool, postSupervisor } from './decide.ts'

const ById = z.object({ id: Id })
const Reason = z.string().trim().min(1).max(500)

/** 挂牌督导: who answers for a school. */
export function postingRoutes(app: FastifyInstance, registry: Registry): void {
  const { schools, supervisors, postings, turns } = registry
  const tags = ['挂牌督导']

  async function visibleSchool(id: string, context: CommandContext, scope: DataScope): Promise<School> {
    const { state } = await schools.get(context.office, id)
    const zoneId = state.stage === 'unknown' ? null : state.school.zoneId
    requireInScope(scope, { office: context.office, schoolId: id, zoneId })
    return state
  }

  command(app, {
    url: '/schools/:id/posting',
    tags,
    permission: 'posting.manage',
    summary: '安排或更换挂牌督学',
    description:
      '更换时原督学负责到前一天，没有空档。超出配比（1∶5，大校 1∶1）时要写明理由。应当回避的不能安排，没有例外。',
    params: ById,
    body: z.object({ supervisorId: Id, from: InputDay, overrideReason: Reason.optional() }),
    precondition: 'none',
    handle: async ({ params, body, context, scope }) => {
      const school = await visibleSchool(params.id, context, scope)
      const { supervisorId, from, overrideReason } = body
      return await turns.run(`supervisor ${context.office} ${supervisorId}`, async () => {
        const { state: supervisor } = await supervisors.load(context.office, supervisorId)
        const otherSchools = await findOtherSchools(registry, context.office, supervisorId, params.id)
        const facts = await factsBetween(registry, context.office, { supervisorId, supervisor }, params.id, school)
        return await postings.execute(params.id, context, {
          decide: (state) =>
            postSupervisor(
              { schoolId: params.id, supervisorId, from, overrideReason, school, supervisor, otherSchools, facts },
              state,
            ),
        })
      })
    },
  })

  command(app, {
    url: '/schools/:id/posting/end',
    tags,
    permission: 'posting.manage',
    summary: '结束挂牌督导',
    params: ById,
    body: z.object({ on: InputDay, reason: Reason }),
    precondition: 'none',
    handle: async ({ params, body, context, scope }) => {
      await visibleSchool(params.id, context, scope)
      return await postings.execute(params.id, context, { decide: (state) => endPosting(body, state) })
    },
  })
}

/** What is known between the two by now: views that have caught up, as for the count of schools. */
async function factsBetween(
  registry: Registry,
  office: string,
  { supervisorId, supervisor }: { readonly supervisorId: string; readonly supervisor: Supervisor },
  schoolId: string,
  school: School,
): Promise<readonly Fact[]> {
  if (supervisor.stage === 'unknown' || school.stage === 'unknown') return []
  await awaitHead(registry.relationsView, registry.store)
  await awaitHead(registry.postingsView, registry.store)
  const book = await openRecusalBook(registry, { office, schoolId })
  const { homeUnit } = supervisor.person
  return book.factsBetween({ supervisorId, homeUnit }, { schoolId, name: school.school.name })
}

async function findOtherSchools(
  registry: Registry,
  office: string,
  supervisorId: string,
  schoolId: string,
): Promise<OtherSchool[]> {
  await awaitHead(registry.schoolsView, registry.store)
  const found = await findAll<SchoolDocument>(registry.schoolsView, SCHOOLS, {
    where: { office, supervisorId, status: 'open' },
    sort: [['code', 'asc']],
  })
  return found.filter((school) => school.schoolId !== schoolId)
}
