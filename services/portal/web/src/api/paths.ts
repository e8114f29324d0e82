import type * as t from './types.ts'

/**
 * The routes in the shape that openapi-typescript writes. `generated/schema.d.ts` takes this file's place: only the
 * import in client.ts changes.
 */
interface Params<Q, P> {
  query?: Q
  path: P
  header?: never
  cookie?: never
}
interface Read<A, Q = undefined, P = undefined> {
  parameters: Q extends undefined
    ? P extends undefined
      ? { query?: never }
      : { path: P }
    : P extends undefined
      ? { query?: Q }
      : Params<Q, P>
  requestBody?: never
  responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': A } } }
}
interface Write<B, P = undefined, A = t.CommandAnswer> {
  parameters: P extends undefined ? { query?: never } : { path: P }
  requestBody: { content: { 'application/json': B } }
  responses: { 200: { headers: Record<string, unknown>; content: { 'application/json': A } } }
}
interface PageQuery {
  limit?: number
  cursor?: string
}
interface ById {
  id: string
}

interface RegistryPaths {
  '/api/supervisor-registry/schools': {
    get: Read<
      t.Page<t.School>,
      PageQuery & {
        q?: string
        kind?: string
        stage?: string
        ownership?: string
        zoneId?: string
        supervisorId?: string
        status?: string
      }
    >
    post: Write<{
      code: string
      name: string
      kind: t.SchoolKind
      stage: t.SchoolStage
      ownership: t.Ownership
      address?: string
      zoneId?: string
      enrolment?: number
    }>
  }
  '/api/supervisor-registry/schools/{id}': { get: Read<t.School, undefined, ById> }
  '/api/supervisor-registry/schools/{id}/correct': {
    post: Write<
      {
        name?: string
        kind?: t.SchoolKind
        stage?: t.SchoolStage
        ownership?: t.Ownership
        address?: string
        zoneId?: string
        reason: string
      },
      ById
    >
  }
  '/api/supervisor-registry/schools/{id}/enrolment': { post: Write<{ enrolment: number; asOf: string }, ById> }
  '/api/supervisor-registry/schools/{id}/close': { post: Write<{ closedOn: string; reason: string }, ById> }
  '/api/supervisor-registry/schools/{id}/posting': {
    post: Write<{ supervisorId: string; from: string; overrideReason?: string }, ById>
  }
  '/api/supervisor-registry/schools/{id}/posting/end': { post: Write<{ on: string; reason: string }, ById> }
  '/api/supervisor-registry/zones': { get: Read<t.Page<t.Zone>, PageQuery>; post: Write<{ name: string }> }
  '/api/supervisor-registry/zones/{id}/head': { post: Write<{ supervisorId: string }, ById> }
  '/api/supervisor-registry/supervisors': {
    get: Read<t.Page<t.Supervisor>, PageQuery & { category?: string; employment?: string; status?: string; q?: string }>
    post: Write<{
      name: string
      category: t.SupervisorCategory
      employment: t.Employment
      homeUnit: string
      field: string
      phone: string
    }>
  }
  '/api/supervisor-registry/supervisors/{id}': { get: Read<t.Supervisor, undefined, ById> }
  '/api/supervisor-registry/supervisors/{id}/appoint': {
    post: Write<{ termFrom: string; termTo?: string; decidedBy: string; decidedOn: string }, ById>
  }
  '/api/supervisor-registry/supervisors/{id}/dismiss': {
    post: Write<{ ground: string; on: string; reason: string }, ById>
  }
  '/api/supervisor-registry/postings': {
    get: Read<t.Page<t.Posting>, PageQuery & { schoolId?: string; supervisorId?: string }>
  }
}

interface ItemCorrection {
  heading?: string
  text?: string
  bodies?: t.Body[]
  dates?: t.PlanDate[]
  quantities?: t.PlanQuantity[]
  note?: string
}
interface OfficePaths {
  '/api/office/plans/parse': { post: Write<{ text: string; fileName: string }, undefined, t.PlanProposal> }
  '/api/office/plans': {
    get: Read<t.Page<t.PlanSummary>, PageQuery & { year?: number; state?: string }>
    post: Write<{ fileName: string; text: string; year?: number }>
  }
  '/api/office/plans/{id}': { get: Read<t.Plan, undefined, ById> }
  '/api/office/plans/{id}/items/{itemId}/correct': { post: Write<ItemCorrection, { id: string; itemId: string }> }
  '/api/office/plans/{id}/adopt': { post: Write<Record<string, never>, ById> }
  '/api/office/plans/{id}/issue': {
    post: Write<{ documentNumber: string; issuedOn: string; recipients: string[] }, ById>
  }
  '/api/office/plans/{id}/close': { post: Write<Record<string, never>, ById> }
  '/api/office/tasks': {
    get: Read<
      t.Page<t.Task>,
      PageQuery & { planId?: string; state?: string; body?: string; q?: string; overdue?: boolean }
    >
  }
  '/api/office/tasks/{id}': { get: Read<t.TaskRecord, undefined, ById> }
  '/api/office/tasks/{id}/progress': { post: Write<{ percent: number; note: string }, ById> }
  '/api/office/tasks/{id}/evidence': { post: Write<{ evidence: t.EvidenceRef; note?: string }, ById> }
  '/api/office/tasks/{id}/complete': { post: Write<{ note: string }, ById> }
  '/api/office/tasks/{id}/reopen': { post: Write<{ reason: string }, ById> }
  '/api/office/tasks/{id}/assign': { post: Write<{ bodies: t.Body[]; dueOn?: string }, ById> }
}

export interface QuickVisit {
  schoolId: string
  checklistId?: string
  visitedOn: string
  answers: t.VisitAnswer[]
  signatures: { supervisor: t.Signature; school: t.Signature }
  taskId?: string
}
interface InspectionPaths {
  '/api/inspections/checklists': {
    get: Read<t.Page<t.ChecklistSummary>, PageQuery>
    post: Write<{ title: string; items: t.ChecklistItem[] }>
  }
  '/api/inspections/checklists/{id}': { get: Read<t.Checklist, undefined, ById> }
  '/api/inspections/checklists/{id}/publish': { post: Write<Record<string, never>, ById> }
  '/api/inspections/my-schools': { get: Read<t.Page<t.MySchool>, PageQuery> }
  '/api/inspections/visits': {
    get: Read<
      t.Page<t.Visit>,
      PageQuery & { month?: string; schoolId?: string; supervisorId?: string; zoneId?: string; state?: string }
    >
    post: Write<{ schoolId: string; supervisorId: string; scheduledFor: string; checklistId: string; taskId?: string }>
  }
  '/api/inspections/visits/quick': { post: Write<QuickVisit> }
  '/api/inspections/visits/{id}': { get: Read<t.VisitRecord, undefined, ById> }
  '/api/inspections/visits/{id}/start': { post: Write<{ at?: string }, ById> }
  '/api/inspections/visits/{id}/record': { post: Write<Omit<QuickVisit, 'schoolId' | 'checklistId' | 'taskId'>, ById> }
  '/api/inspections/visits/{id}/cancel': { post: Write<{ reason: string }, ById> }
  '/api/inspections/visits/{id}/findings/{findingId}/confirm': {
    post: Write<{ severity: t.Severity; description?: string }, { id: string; findingId: string }>
  }
  '/api/inspections/visits/{id}/findings/{findingId}/dismiss': {
    post: Write<{ reason: string }, { id: string; findingId: string }>
  }
  '/api/inspections/findings': { get: Read<t.Page<t.Finding>, PageQuery & { state?: string }> }
  '/api/inspections/coverage': { get: Read<t.Coverage, PageQuery & { month?: string; zoneId?: string }> }
}

interface RectificationPaths {
  '/api/rectification/problems': {
    get: Read<
      t.Page<t.Problem>,
      PageQuery & {
        state?: string
        source?: string
        year?: number
        schoolId?: string
        zoneId?: string
        supervisorId?: string
        overdue?: boolean
        q?: string
        asOf?: string
      }
    >
    post: Write<{
      schoolId: string
      schoolName: string
      title: string
      description: string
      severity: t.Severity
      source: t.ProblemSource
    }>
  }
  '/api/rectification/problems/{id}': { get: Read<t.ProblemRecord, undefined, ById> }
  '/api/rectification/problems/{id}/extend': { post: Write<{ dueOn: string; reason: string }, ById> }
  '/api/rectification/problems/{id}/report': { post: Write<{ text: string; evidence: t.EvidenceRef[] }, ById> }
  '/api/rectification/problems/{id}/return': { post: Write<{ reason: string; dueOn?: string }, ById> }
  '/api/rectification/problems/{id}/verify': { post: Write<{ finding: string; evidence: t.EvidenceRef[] }, ById> }
  '/api/rectification/problems/{id}/cancel': { post: Write<{ note: string }, ById> }
  '/api/rectification/problems/{id}/urge': { post: Write<{ newDueOn: string; text?: string }, ById> }
  '/api/rectification/decisions': {
    get: Read<t.Page<t.Decision>, PageQuery>
    post: Write<{
      form: 'writing' | 'meeting'
      meeting?: string
      problems: { problemId: string; demand: string; dueOn: string }[]
      note?: string
    }>
  }
  '/api/rectification/decisions/{id}': { get: Read<t.Decision, undefined, ById> }
  '/api/rectification/notices': { get: Read<t.Page<t.NoticeSummary>, PageQuery> }
  '/api/rectification/board': { get: Read<t.Board, { asOf?: string; zoneId?: string; source?: string }> }
}

type SystemOf<S extends string> = { [P in `/api/${S}/system/status`]: { get: Read<t.SystemStatus> } } & {
  [P in `/api/${S}/system/subscriptions/{name}/${'replay' | 'skip'}`]: {
    post: Write<{ eventId: string }, { name: string }>
  }
} & { [P in `/api/${S}/system/views/{name}/rebuild`]: { post: Write<Record<string, never>, { name: string }> } } & {
  [P in `/api/${S}/system/dead-letters/{id}/${'replay' | 'skip'}`]: { post: Write<Record<string, never>, ById> }
}
export type ServiceName = 'supervisor-registry' | 'office' | 'inspections' | 'rectification'

interface PortalPaths {
  '/auth/demo': {
    get: Read<{ cards: t.DemoCard[] } | t.DemoCard[]>
    post: Write<{ card: string }, undefined, { accessToken: string; expiresAt: string }>
  }
  '/auth/me': { get: Read<t.Me> }
  '/system/demo/clear': { post: Write<Record<string, never>, undefined, { cleared?: boolean }> }
}

export type paths = RegistryPaths &
  OfficePaths &
  InspectionPaths &
  RectificationPaths &
  PortalPaths &
  SystemOf<'supervisor-registry'> &
  SystemOf<'office'> &
  SystemOf<'inspections'> &
  SystemOf<'rectification'>
