import { Instant } from '@dulian/contracts'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'

const Kind = z.enum(['schools', 'supervisors'])

/** Somebody began to bring a table into the registry. Of the table only its hash is kept: its rows become events of their own. */
export const ImportBegan = z.object({
  kind: Kind,
  fileName: z.string(),
  /** SHA-256 of the file, lower-case hex. */
  fileHash: z.string(),
  rows: z.number().int().nonnegative(),
  /** Name of whoever began it; null in what was stored before names were. */
  startedBy: z.string().nullable(),
  at: Instant,
})
export type ImportBegan = z.infer<typeof ImportBegan>

/** What an import came to. Without it the import was broken off: the same file can be imported again. */
export const RegistryImported = z.object({
  kind: Kind,
  fileName: z.string(),
  fileHash: z.string(),
  rows: z.number().int().nonnegative(),
  created: z.number().int().nonnegative(),
  changed: z.number().int().nonnegative(),
  unchanged: z.number().int().nonnegative(),
  refused: z.number().int().nonnegative(),
  /** `cancelled`: the rows behind the sum of the counts were not looked at. */
  outcome: z.enum(['finished', 'cancelled', 'failed']),
  at: Instant,
})
export type RegistryImported = z.infer<typeof RegistryImported>

const declarations = {
  ImportBegan: {
    stored: 'import-began.v2',
    schema: ImportBegan,
    upcasters: {
      'import-began.v1': {
        to: 'import-began.v2',
        upcast: (data: unknown) => ({ ...Object(data), startedBy: null }),
      },
    },
  },
  RegistryImported: { stored: 'registry-imported.v1', schema: RegistryImported },
}

export const importEvents = eventCatalogue(declarations)
export type ImportEvent = EventOf<typeof declarations>
