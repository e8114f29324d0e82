import { defineProjection, on, streamOf } from '@dulian/event-sourcing'
import { searchTokens } from '@dulian/views'
import { type TalentDelisted, type TalentListed, talentEvents } from '../../talent/events.ts'

export const TALENTS = 'talents'

/** Somebody who is or was on the list of 后备人才. */
export type TalentDocument = Omit<TalentListed, 'on'> & {
  readonly office: string
  readonly talentId: string
  readonly listedOn: string
  readonly state: 'listed' | 'delisted'
  readonly outcome: TalentDelisted['outcome'] | null
  readonly delistedOn: string | null
  readonly steps: number
  readonly lastStepOn: string | null
  readonly version: number
  readonly tokens: readonly string[]
}

export const talentsProjection = defineProjection(
  {
    name: 'talents',
    revision: 1,
    collections: {
      [TALENTS]: {
        indexes: {
          byTime: ['office', 'listedOn'],
          byState: ['office', 'state', 'aim', 'listedOn'],
          byName: ['office', 'name', 'homeUnit', 'state'],
        },
        tokens: 'tokens',
      },
    },
  },
  [
    on(talentEvents, {
      TalentListed: (event, unit) => {
        const { office, id } = streamOf(event)
        const { on: listedOn, ...talent } = event.data
        unit.put(TALENTS, id, {
          ...talent,
          ...{ office, talentId: id, listedOn, state: 'listed', outcome: null, delistedOn: null },
          ...{ steps: 0, lastStepOn: null, version: event.envelope.version },
          tokens: searchTokens(talent.name, talent.homeUnit, talent.field),
        })
      },
      TalentStepNoted: async (event, unit) => {
        const known = await unit.get<TalentDocument>(TALENTS, streamOf(event).id)
        if (known === undefined) return
        const { version } = event.envelope
        // Every event but the listing is a step until the delisting, so the version counts them; a replay counts the same.
        unit.put(TALENTS, known.talentId, { ...known, steps: version - 1, lastStepOn: event.data.on, version })
      },
      TalentDelisted: async (event, unit) => {
        const known = await unit.get<TalentDocument>(TALENTS, streamOf(event).id)
        if (known === undefined) return
        const { outcome, on: delistedOn } = event.data
        const { version } = event.envelope
        unit.put(TALENTS, known.talentId, { ...known, state: 'delisted', outcome, delistedOn, version })
      },
    }),
  ],
)
