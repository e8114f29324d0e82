import type { AppliesTo, ChecklistItem } from './checklist-item.ts'
import type { ChecklistEvent } from './events.ts'

export interface Wording {
  readonly title: string
  readonly appliesTo: AppliesTo
  readonly items: readonly ChecklistItem[]
}

/** `draft` is what the next edition will say; absent while nothing is pending. */
export type Checklist =
  | { readonly stage: 'none' }
  | { readonly stage: 'draft'; readonly draft: Wording }
  | {
      readonly stage: 'published'
      /** Editions in order; the last is in use. */
      readonly editions: readonly Wording[]
      readonly draft: Wording | undefined
    }

export const initialChecklist: Checklist = { stage: 'none' }

export function evolveChecklist(state: Checklist, event: ChecklistEvent): Checklist {
  switch (event.type) {
    case 'ChecklistDrafted':
      return { stage: 'draft', draft: event.data }
    case 'ChecklistRevised':
      return state.stage === 'published' ? { ...state, draft: event.data } : { stage: 'draft', draft: event.data }
    case 'ChecklistPublished': {
      const { title, appliesTo, items } = event.data
      const before = state.stage === 'published' ? state.editions : []
      return { stage: 'published', editions: [...before, { title, appliesTo, items }], draft: undefined }
    }
    default: {
      const unknown: never = event
      return unknown
    }
  }
}
