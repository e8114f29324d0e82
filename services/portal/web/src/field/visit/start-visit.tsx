import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd-mobile'
import type { Visit } from '../../api/types.ts'
import { useMe } from '../../app/app-context.tsx'
import { useFieldStore } from '../store/field-store.tsx'
import { useFieldRead } from '../store/use-field-read.ts'
import { useLive } from '../store/use-live.ts'
import { useScheduledVisits } from './use-scheduled-visits.ts'
import { useStartVisit } from './use-start-visit.ts'

interface Look {
  readonly label?: string
  readonly fill?: 'solid' | 'outline'
  readonly large?: boolean
}

interface StartVisitProps extends Look {
  readonly schoolId: string
  readonly schoolName: string
}

/**
 * Goes on with the visit begun at a school, else begins the one that is scheduled there, else one of the usual kind: a
 * visit scheduled must not stay open because somebody came to the school another way.
 */
export function StartVisit({ schoolId, schoolName, ...look }: StartVisitProps) {
  const me = useMe()
  const { db } = useFieldStore()
  const navigate = useNavigate()
  const { visits } = useScheduledVisits()
  const start = useStartVisit()
  const drafts = useLive(`drafts ${me.subject}`, () => db.visits.where({ owner: me.subject }).toArray()) ?? []
  const here = drafts.filter((draft) => draft.schoolId === schoolId)
  const open = here.find(({ state }) => state === 'open')
  if (open !== undefined) {
    return <BeginButton {...look} label="继续" onClick={() => void navigate({ to: `/visits/${open.id}` })} />
  }
  if (here.length > 0) return <span className="quiet">待发送</span>
  const scheduled = visits.find((visit) => visit.schoolId === schoolId)
  if (scheduled !== undefined) return <StartScheduledVisit visit={scheduled} {...look} />
  return <BeginButton {...look} disabled={!start.ready} onClick={() => void start.begin({ schoolId, schoolName })} />
}

/** Brings the checklist as it was when the visit was scheduled: a later edition does not change it any more. */
export function StartScheduledVisit({ visit, ...look }: Look & { readonly visit: Visit }) {
  const me = useMe()
  const start = useStartVisit()
  const record = useFieldRead(me.subject, '/api/inspections/visits/{id}', { path: { id: visit.visitId } })
  const checklist = record.data?.body.checklist
  const { visitId, taskId, schoolId, schoolName } = visit
  return (
    <>
      {record.isError && <span className="field-error">清单没有读到，请联网后下拉刷新再开始。</span>}
      <BeginButton
        {...look}
        disabled={checklist === undefined}
        onClick={() =>
          checklist !== undefined &&
          void start.begin({ schoolId, schoolName, scheduled: { visitId, taskId, checklist } })
        }
      />
    </>
  )
}

interface BeginButtonProps extends Look {
  readonly disabled?: boolean
  readonly onClick: () => void
}

function BeginButton({ label = '督查', fill = 'solid', large = false, disabled = false, onClick }: BeginButtonProps) {
  return (
    <Button
      color="primary"
      fill={fill}
      {...(large ? { block: true, size: 'large' as const } : {})}
      disabled={disabled}
      onClick={onClick}
    >
      {label}
    </Button>
  )
}
