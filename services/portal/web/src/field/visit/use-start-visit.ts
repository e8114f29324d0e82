import { useNavigate } from '@tanstack/react-router'
import type { Checklist } from '../../api/types.ts'
import { useMe } from '../../app/app-context.tsx'
import type { VisitDraft } from '../store/field-database.ts'
import { useFieldStore } from '../store/field-store.tsx'
import { useFieldRead } from '../store/use-field-read.ts'
import { startVisit } from '../store/visit-drafts.ts'

interface Begin {
  readonly schoolId: string
  readonly schoolName: string
  readonly scheduled?: {
    readonly visitId: string
    readonly taskId: string | null
    /** As it was when the visit was scheduled. */
    readonly checklist: VisitDraft['checklist']
  }
}

/** Begins a visit at a school, or goes on with the one begun; works without a network once the lists were read. */
export function useStartVisit(): { ready: boolean; missing: boolean; begin: (visit: Begin) => Promise<void> } {
  const me = useMe()
  const { db } = useFieldStore()
  const navigate = useNavigate()
  const lists = useFieldRead(me.subject, '/api/inspections/checklists', { query: { state: 'published', limit: 50 } })
  const published: readonly Checklist[] = lists.data?.body.items ?? []
  const mine = useFieldRead(me.subject, '/api/inspections/my-schools', {})
  const monthly = published.filter((list) => list.standing)
  const usual = monthly[0] ?? published[0]
  /** 幼儿园 have a monthly list of their own. */
  const usualAt = (schoolId: string): Checklist | undefined => {
    const kind = mine.data?.body.items.find((school) => school.schoolId === schoolId)?.kind
    return monthly.find(({ appliesTo }) => appliesTo.kinds.some((one) => one === kind)) ?? usual
  }
  return {
    ready: usual !== undefined,
    missing: (lists.isSuccess && usual === undefined) || lists.isError,
    begin: async ({ schoolId, schoolName, scheduled }) => {
      const checklist = scheduled?.checklist ?? usualAt(schoolId)
      if (checklist === undefined) return
      const { checklistId, edition, title, items } = checklist
      const draft = await startVisit(db, {
        owner: me.subject,
        supervisorName: me.name,
        schoolId,
        schoolName,
        checklist: { checklistId, edition, title, items },
        scheduledVisitId: scheduled?.visitId ?? null,
        taskId: scheduled?.taskId ?? null,
      })
      await navigate({ to: `/visits/${draft.id}` })
    },
  }
}
