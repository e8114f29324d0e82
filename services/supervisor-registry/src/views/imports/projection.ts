import { defineProjection, on, streamOf } from '@dulian/event-sourcing'
import { type ImportBegan, importEvents, type RegistryImported } from '../../import/events.ts'

export const IMPORTS = 'imports'

/** An import that was begun, and what it came to. */
export type ImportDocument = {
  readonly importId: string
  readonly office: string
  readonly kind: ImportBegan['kind']
  readonly fileName: string
  readonly fileHash: string
  readonly rows: number
  readonly startedBy: string | null
  readonly startedAt: string
  /** Null while it runs, and for ever when the process ended in its middle. */
  readonly ended: Pick<RegistryImported, 'created' | 'changed' | 'unchanged' | 'refused' | 'outcome' | 'at'> | null
}

export const importsProjection = defineProjection(
  {
    name: 'imports',
    revision: 1,
    collections: {
      [IMPORTS]: { indexes: { byStart: ['office', 'startedAt'], byKind: ['office', 'kind', 'startedAt'] } },
    },
  },
  [
    on(importEvents, {
      ImportBegan: (event, unit) => {
        const { office, id } = streamOf(event)
        const { at, ...began } = event.data
        unit.put(IMPORTS, id, { ...began, importId: id, office, startedAt: at, ended: null } satisfies ImportDocument)
      },
      RegistryImported: async (event, unit) => {
        const { id } = streamOf(event)
        const begun = await unit.get<ImportDocument>(IMPORTS, id)
        if (begun === undefined) return
        const { created, changed, unchanged, refused, outcome, at } = event.data
        unit.put(IMPORTS, id, { ...begun, ended: { created, changed, unchanged, refused, outcome, at } })
      },
    }),
  ],
)
