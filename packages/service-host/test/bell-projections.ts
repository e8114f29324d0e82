import { defineProjection, eventCatalogue, on, type Projection } from '@dulian/event-sourcing'
import { z } from 'zod'

export const bellEvents = eventCatalogue({
  BellRung: { stored: 'bell-rung.v1', schema: z.object({ times: z.number().int(), note: z.string() }) },
})

/** Refuses events that carry this note, until the test says that the mistake is mended. */
export const mistake = { note: 'poison', mended: false }

export const rings: Projection = defineProjection(
  { name: 'rings', revision: 1, collections: { rings: { indexes: { byOffice: ['office', 'times'] } } } },
  [
    on(bellEvents, {
      BellRung: async ({ data, envelope }, unit) => {
        if (data.note === mistake.note && !mistake.mended) throw new RangeError('bell cracked')
        const before = await unit.get<{ times: number }>('rings', envelope.stream)
        unit.put('rings', envelope.stream, { office: envelope.meta.office, times: (before?.times ?? 0) + data.times })
      },
    }),
  ],
)

export const projections: readonly Projection[] = [rings]
