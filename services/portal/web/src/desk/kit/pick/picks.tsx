import type { School } from '../../../api/types.ts'
import { useRights } from '../../../app/app-context.tsx'
import { type PickFieldProps, RemoteSelect } from './remote-select.tsx'

/** The three picks of the registry are nothing to those who may not read it. */
export function SchoolPick({ onPick, ...props }: PickFieldProps & { onPick?: (school: School) => void }) {
  if (!useRights().can('registry.read')) return null
  return (
    <RemoteSelect
      {...props}
      path="/api/supervisor-registry/schools"
      query={{ status: 'open' }}
      searches
      idOf={(school) => school.schoolId}
      labelOf={(school) => school.name}
      onPick={onPick}
    />
  )
}

export function SupervisorPick(props: PickFieldProps) {
  if (!useRights().can('registry.read')) return null
  return (
    <RemoteSelect
      {...props}
      path="/api/supervisor-registry/supervisors"
      searches
      idOf={(supervisor) => supervisor.supervisorId}
      labelOf={(supervisor) => `${supervisor.name}（${supervisor.homeUnit}）`}
    />
  )
}

export function ZonePick(props: PickFieldProps) {
  if (!useRights().can('registry.read')) return null
  return (
    <RemoteSelect
      {...props}
      path="/api/supervisor-registry/zones"
      idOf={(zone) => zone.zoneId}
      labelOf={(zone) => zone.name}
    />
  )
}

/** Only what is published can be used on a visit. */
export function ChecklistPick(props: PickFieldProps) {
  return (
    <RemoteSelect
      {...props}
      path="/api/inspections/checklists"
      query={{ state: 'published' }}
      idOf={(checklist) => checklist.checklistId}
      labelOf={(checklist) => checklist.title}
    />
  )
}

export function TaskPick(props: PickFieldProps) {
  return (
    <RemoteSelect
      {...props}
      path="/api/office/tasks"
      searches
      idOf={(task) => task.taskId}
      labelOf={(task) => `${task.itemPath} ${task.title}`}
    />
  )
}

export function PlanPick(props: PickFieldProps) {
  return (
    <RemoteSelect {...props} path="/api/office/plans" idOf={(plan) => plan.planId} labelOf={(plan) => plan.title} />
  )
}
