import { dated, defineHistory } from '@dulian/history'
import { checklistEvents } from '../../checklist/events.ts'
import { checklistsProjection } from '../checklists/projection.ts'

/** 督查清单 on any past day [N10]; an edition holds from its publication. */
export const checklistsHistory = defineHistory({
  name: 'checklists-history',
  revision: 1,
  of: checklistsProjection,
  collections: { checklists: {} },
  dated: [
    dated(checklistEvents, {
      ChecklistDrafted: { title: '起草清单' },
      ChecklistRevised: { title: '修订清单' },
      ChecklistPublished: { title: '发布清单' },
    }),
  ],
})
