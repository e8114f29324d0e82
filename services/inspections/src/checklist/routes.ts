import { FindingSeverity } from '@dulian/contracts'
import type { Streams } from '@dulian/event-sourcing'
import { command, newStreamId } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { ChecklistItem } from './checklist-item.ts'
import { draftChecklist, publishChecklist, reviseChecklist } from './decide.ts'
import type { ChecklistEvent } from './events.ts'
import type { Checklist } from './state.ts'

const Wording = z.object({
  title: z.string().trim().min(1).max(100),
  items: z
    .array(
      z.object({
        code: z.string().trim().min(1).max(32),
        title: z.string().trim().min(1).max(200),
        clause: z.string().trim().max(300).optional(),
        prompt: z.string().trim().max(500).optional(),
        severity: FindingSeverity.default('ordinary'),
      }),
    )
    .max(200),
})
const Id = z.object({ id: z.uuid() })

/** Commands on 督查清单. */
export function checklistRoutes(app: FastifyInstance, checklists: Streams<Checklist, ChecklistEvent>) {
  command(app, {
    url: '/checklists',
    permission: 'checklist.manage',
    summary: '起草督查清单',
    tags: ['督导检查'],
    precondition: 'new',
    body: Wording,
    handle: async ({ body, context, expected }) =>
      await checklists.execute(newStreamId(context), context, {
        expected,
        decide: (state) => draftChecklist({ title: body.title, items: body.items.map(toItem) }, state),
      }),
  })

  command(app, {
    url: '/checklists/:id/revise',
    permission: 'checklist.manage',
    summary: '修订督查清单（发布后生效）',
    tags: ['督导检查'],
    precondition: 'if-match',
    params: Id,
    body: Wording,
    handle: async ({ params, body, context, expected }) =>
      await checklists.execute(params.id, context, {
        expected,
        decide: (state) => reviseChecklist({ title: body.title, items: body.items.map(toItem) }, state),
      }),
  })

  command(app, {
    url: '/checklists/:id/publish',
    permission: 'checklist.manage',
    summary: '发布督查清单',
    tags: ['督导检查'],
    precondition: 'if-match',
    params: Id,
    body: z.object({}).default({}),
    handle: async ({ params, context, expected }) =>
      await checklists.execute(params.id, context, { expected, decide: (state) => publishChecklist(state) }),
  })
}

function toItem(given: z.infer<typeof Wording>['items'][number]): ChecklistItem {
  return { ...given, clause: given.clause || null, prompt: given.prompt || null }
}
