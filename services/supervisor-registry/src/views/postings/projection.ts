import { type Decoded, defineProjection, on, streamOf, type UnitOfWork } from '@dulian/event-sourcing'
import { type PostingEvent, postingEvents } from '../../posting/events.ts'

export const POSTINGS = 'postings'
const CURRENT = 'current'

/** Who answered for a school from when to when; `to: null` while it lasts. */
export type PostingDocument = {
  readonly office: string
  readonly schoolId: string
  readonly supervisorId: string
  readonly supervisorName: string
  readonly from: string
  readonly to: string | null
}

/** The school's open row. */
type Current = { readonly rowId: string }

export const postingsProjection = defineProjection(
  {
    name: 'postings',
    revision: 1,
    collections: {
      [POSTINGS]: {
        indexes: {
          bySchool: ['office', 'schoolId', 'from'],
          bySupervisor: ['office', 'supervisorId', 'from'],
          byDay: ['office', 'from'],
        },
      },
      [CURRENT]: { indexes: {} },
    },
  },
  [
    on(postingEvents, {
      SupervisorPosted: (event, unit) => open(event, unit, event.data),
      PostingReplaced: async (event, unit) => {
        await close(unit, streamOf(event).id, event.data.formerTo)
        open(event, unit, event.data)
      },
      PostingEnded: (event, unit) => close(unit, streamOf(event).id, event.data.on),
    }),
  ],
)

function open(
  event: Decoded<PostingEvent>,
  unit: UnitOfWork,
  posted: { readonly supervisorId: string; readonly supervisorName: string; readonly from: string },
): void {
  const { office, id } = streamOf(event)
  const { supervisorId, supervisorName, from } = posted
  const row: PostingDocument = { office, schoolId: id, supervisorId, supervisorName, from, to: null }
  unit.put(POSTINGS, `${id}:${event.envelope.version}`, row)
  unit.put(CURRENT, id, { rowId: `${id}:${event.envelope.version}` })
}

/** A posting that ends before it began never took effect and leaves no row. */
async function close(unit: UnitOfWork, schoolId: string, to: string): Promise<void> {
  const current = await unit.get<Current>(CURRENT, schoolId)
  if (current === undefined) return
  unit.remove(CURRENT, schoolId)
  const row = await unit.get<PostingDocument>(POSTINGS, current.rowId)
  if (row === undefined) return
  if (to < row.from) unit.remove(POSTINGS, current.rowId)
  else unit.put(POSTINGS, current.rowId, { ...row, to })
}
