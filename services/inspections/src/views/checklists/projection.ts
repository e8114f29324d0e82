import { defineProjection, on, parseStreamName } from '@dulian/event-sourcing'
import type { AppliesTo, ChecklistItem } from '../../checklist/checklist-item.ts'
import { checklistEvents } from '../../checklist/events.ts'

export type ListedChecklist = {
  readonly office: string
  readonly checklistId: string
  readonly title: string
  readonly state: 'draft' | 'published'
  /** The edition in use; 0 before the first. */
  readonly edition: number
  readonly appliesTo: AppliesTo
  readonly items: readonly ChecklistItem[]
  /** Wording of the next edition while it is being worked on. */
  readonly draft: {
    readonly title: string
    readonly appliesTo: AppliesTo
    readonly items: readonly ChecklistItem[]
  } | null
  readonly publishedAt: string | null
  readonly version: number
}

/** 督查清单 of each office. */
export const checklistsProjection = defineProjection(
  {
    name: 'checklists',
    revision: 2,
    collections: {
      checklists: { indexes: { byTitle: ['office', 'title'], byState: ['office', 'state', 'title'] } },
    },
  },
  [
    on(checklistEvents, {
      ChecklistDrafted: ({ data, envelope }, unit) => {
        const { office, id } = parseStreamName(envelope.stream)
        unit.put('checklists', id, {
          office,
          checklistId: id,
          title: data.title,
          state: 'draft',
          edition: 0,
          appliesTo: data.appliesTo,
          items: data.items,
          draft: data,
          publishedAt: null,
          version: envelope.version,
        } satisfies ListedChecklist)
      },
      ChecklistRevised: async ({ data, envelope }, unit) => {
        const { id } = parseStreamName(envelope.stream)
        const listed = await unit.get<ListedChecklist>('checklists', id)
        if (listed !== undefined) unit.put('checklists', id, { ...listed, draft: data, version: envelope.version })
      },
      ChecklistPublished: async ({ data, envelope }, unit) => {
        const { id } = parseStreamName(envelope.stream)
        const listed = await unit.get<ListedChecklist>('checklists', id)
        if (listed === undefined) return
        unit.put('checklists', id, {
          ...listed,
          title: data.title,
          appliesTo: data.appliesTo,
          items: data.items,
          state: 'published',
          edition: data.edition,
          draft: null,
          publishedAt: envelope.time,
          version: envelope.version,
        })
      },
    }),
  ],
)
