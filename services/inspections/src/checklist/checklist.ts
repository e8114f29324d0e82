import { defineStream } from '@dulian/event-sourcing'
import { checklistEvents } from './events.ts'
import { evolveChecklist, initialChecklist } from './state.ts'

/** 督查清单: drafted, published in numbered editions. */
export const checklistStream = defineStream({
  category: 'checklist',
  events: checklistEvents,
  initial: initialChecklist,
  evolve: evolveChecklist,
})
