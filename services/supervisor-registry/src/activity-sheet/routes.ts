import { chinaDate, InputDay } from '@dulian/calendar'
import { Id } from '@dulian/contracts'
import { deterministicId } from '@dulian/event-sourcing'
import { command, requireInScope } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Registry } from '../registry.ts'
import { sheetIdOf } from './activity-sheet.ts'
import { recordActivity, strikeActivity } from './decide.ts'
import { ActivityKind } from './events.ts'

/** 政府督学履职活动: what each took part in, by year. */
export function activitySheetRoutes(app: FastifyInstance, registry: Registry): void {
  const { activitySheets, supervisors } = registry
  const tags = ['政府督学']
  const permission = 'registry.manage'

  command(app, {
    url: '/supervisors/:id/activities',
    tags,
    permission,
    summary: '登记政府督学的一次履职活动',
    params: z.object({ id: Id }),
    body: z.object({
      on: InputDay,
      kind: ActivityKind,
      title: z.string().trim().min(1).max(100),
      text: z.string().trim().min(1).max(2_000),
    }),
    answer: z.object({ activityId: z.string() }),
    precondition: 'none',
    handle: async ({ params, body, context, scope }) => {
      requireInScope(scope, { office: context.office, supervisorId: params.id })
      const { state: supervisor } = await supervisors.get(context.office, params.id)
      const activityId = deterministicId(context.commandId, 'activity')
      const today = chinaDate(context.at)
      const done = await activitySheets.execute(sheetIdOf(params.id, body.on), context, {
        decide: (state) => recordActivity({ activityId, supervisorId: params.id, supervisor, today, ...body }, state),
      })
      return { ...done, activityId }
    },
  })

  command(app, {
    url: '/supervisors/:id/activities/:activityId/strike',
    tags,
    permission,
    summary: '撤销误登的履职活动',
    params: z.object({ id: Id, activityId: Id }),
    body: z.object({ on: InputDay, reason: z.string().trim().min(1).max(500) }),
    precondition: 'none',
    handle: async ({ params: { id, activityId }, body: { on, reason }, context, scope }) => {
      requireInScope(scope, { office: context.office, supervisorId: id })
      return await activitySheets.execute(sheetIdOf(id, on), context, {
        decide: (state) => strikeActivity({ activityId, reason }, state),
      })
    },
  })
}
