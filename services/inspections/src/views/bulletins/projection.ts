import { defineProjection, on, streamOf } from '@dulian/event-sourcing'
import { type BulletinDrafted, bulletinEvents } from '../../bulletin/events.ts'

export type BulletinDocument = Omit<BulletinDrafted, 'draftedBy'> & {
  readonly office: string
  readonly bulletinId: string
  readonly state: 'drafted' | 'issued'
  readonly draftedBy: string
  readonly documentNumber: string | null
  readonly approver: string | null
  readonly issuedOn: string | null
  readonly issuedBy: string | null
  readonly version: number
}

/** 督导通报 of every office and month. */
export const bulletinsProjection = defineProjection(
  {
    name: 'bulletins',
    revision: 1,
    collections: {
      bulletins: { indexes: { byPeriod: ['office', 'period'], byState: ['office', 'state', 'period'] } },
    },
  },
  [
    on(bulletinEvents, {
      BulletinDrafted: (event, unit) => {
        const { office, id: bulletinId } = streamOf(event)
        unit.put('bulletins', bulletinId, {
          ...event.data,
          office,
          bulletinId,
          state: 'drafted',
          draftedBy: event.data.draftedBy.name,
          documentNumber: null,
          approver: null,
          issuedOn: null,
          issuedBy: null,
          version: event.envelope.version,
        } satisfies BulletinDocument)
      },
      BulletinReworded: async (event, unit) => {
        const { id } = streamOf(event)
        const known = await unit.get<BulletinDocument>('bulletins', id)
        if (known === undefined) return
        unit.put('bulletins', id, { ...known, wording: event.data.wording, version: event.envelope.version })
      },
      BulletinIssued: async (event, unit) => {
        const { id } = streamOf(event)
        const known = await unit.get<BulletinDocument>('bulletins', id)
        if (known === undefined) return
        const { documentNumber, approver, issuedOn, issuedBy } = event.data
        unit.put('bulletins', id, {
          ...known,
          state: 'issued',
          documentNumber,
          approver,
          issuedOn,
          issuedBy: issuedBy.name,
          version: event.envelope.version,
        } satisfies BulletinDocument)
      },
    }),
  ],
)
