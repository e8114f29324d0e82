import { z } from 'zod'
import { publishedEvent } from '../published-event.ts'
import { Id, OfficeId } from '../vocabulary/vocabulary.ts'

const service = 'office'

/** A task exists and has responsible bodies; what other services do for it names its id. */
export const taskAssigned = publishedEvent({
  service,
  name: 'task-assigned',
  version: 1,
  audience: 'internal',
  title: '任务已分解',
  schema: z.object({
    office: OfficeId,
    taskId: Id,
    planId: Id,
    planTitle: z.string(),
    /** The item's markers from the top, e.g. `二、 › 6.`. */
    itemPath: z.string(),
    title: z.string(),
    bodies: z.array(z.object({ name: z.string(), role: z.enum(['lead', 'cooperating']) })),
  }),
  example: {
    office: 'qijiang',
    taskId: '0197a000-0000-7000-8000-000000000901',
    planId: '0197a000-0000-7000-8000-000000000900',
    planTitle: '示例区2026年教育督导工作要点',
    itemPath: '二、 › 6.',
    title: '做好专项督导。',
    bodies: [{ name: '区政府教育督导室', role: 'lead' }],
  },
})

export const officeEvents = [taskAssigned]
