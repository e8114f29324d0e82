import { FindingSeverity, SchoolKind, SchoolStage } from '@dulian/contracts'
import type { Streams } from '@dulian/event-sourcing'
import { command, newStreamId } from '@dulian/http-kit'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { type ChecklistItem, EvidenceNeed } from './checklist-item.ts'
import { draftChecklist, publishChecklist, reviseChecklist } from './decide.ts'
import type { ChecklistEvent } from './events.ts'
import type { Checklist, Wording } from './state.ts'

const GivenWording = z.object({
  title: z.string().trim().min(1).max(100),
  /** Kinds and stages of school the list is for; whatever is empty or absent leaves nobody out. */
  appliesTo: z
    .object({
      kinds: z.array(SchoolKind).max(5).default([]),
      stages: z.array(SchoolStage).max(9).default([]),
    })
    .default({ kinds: [], stages: [] }),
  items: z
    .array(
      z.object({
        code: z.string().trim().min(1).max(32),
        group: z.string().trim().max(50).optional(),
        title: z.string().trim().min(1).max(200),
        clause: z.string().trim().max(300).optional(),
        prompt: z.string().trim().max(500).optional(),
        negative: z.string().trim().max(200).optional(),
        evidence: EvidenceNeed.default('optional'),
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
    body: GivenWording,
    handle: async ({ body, context, expected }) =>
      await checklists.execute(newStreamId(context), context, {
        expected,
        decide: (state) => draftChecklist(toWording(body), state),
      }),
  })

  command(app, {
    url: '/checklists/:id/revise',
    permission: 'checklist.manage',
    summary: '修订督查清单（发布后生效）',
    tags: ['督导检查'],
    precondition: 'if-match',
    params: Id,
    body: GivenWording,
    handle: async ({ params, body, context, expected }) =>
      await checklists.execute(params.id, context, {
        expected,
        decide: (state) => reviseChecklist(toWording(body), state),
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

function toWording({ title, appliesTo, items }: z.infer<typeof GivenWording>): Wording {
  return { title, appliesTo, items: items.map(toItem) }
}

function toItem(given: z.infer<typeof GivenWording>['items'][number]): ChecklistItem {
  return {
    ...given,
    group: given.group || null,
    clause: given.clause || null,
    prompt: given.prompt || null,
    negative: given.negative || null,
  }
}
