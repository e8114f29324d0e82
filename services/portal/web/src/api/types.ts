import type { EvidenceRef, Permission, Role, ScopeKind } from '@dulian/contracts'

/** Documents as the services answer them. Replaced by the generated ones where those exist; the names stay. */

export type Severity = 'ordinary' | 'serious' | 'urgent'
export type SchoolKind = 'school' | 'kindergarten' | 'special' | 'vocational' | 'training-institution'
export type SchoolStage =
  | 'preschool'
  | 'primary'
  | 'junior'
  | 'nine-year'
  | 'senior'
  | 'complete-secondary'
  | 'vocational'
  | 'special'
  | 'training'
export type Ownership = 'public' | 'private' | 'private-inclusive'
export type SupervisorCategory = 'government' | 'school' | 'invited'
export type Employment = 'full-time' | 'part-time'

export interface Page<T> {
  items: T[]
  nextCursor?: string | null
}

/** What every command answers. */
export interface CommandAnswer {
  id: string
  version: number
  position: string
}

/** What happened to a thing, one line of its history. */
export interface HistoryEntry {
  event: string
  title?: string
  at: string
  actor?: string
  actorName?: string
  note?: string
  evidence?: EvidenceRef[]
  documentNumber?: string
}

export interface DemoCard {
  card: string
  office: string
  officeName?: string
  roles: string[]
  name: string
}

export interface Me {
  subject: string
  name: string
  office: string
  officeName: string
  roles: { role: Role; title: string }[]
  permissions: Partial<Record<Permission, ScopeKind>>
  zone?: string
  school?: string
  body?: string
  supervisor?: string
  demo: boolean
}

export interface School {
  schoolId: string
  office: string
  code: string
  name: string
  kind: SchoolKind
  stage: SchoolStage
  ownership: Ownership
  address?: string | null
  zoneId: string | null
  zoneName: string | null
  enrolment: number | null
  status: 'open' | 'closed'
  supervisorId: string | null
  supervisorName: string | null
  postedFrom: string | null
  version: number
  history?: HistoryEntry[]
}

export interface Zone {
  zoneId: string
  name: string
  headSupervisorId: string | null
  headName: string | null
  schools: number
  version: number
}

export interface Supervisor {
  supervisorId: string
  name: string
  category: SupervisorCategory
  employment: Employment
  homeUnit: string
  field: string
  phoneMasked: string | null
  status?: string
  termFrom: string | null
  termTo: string | null
  termState: 'none' | 'running' | 'near-end' | 'ended'
  certificateNumber: string | null
  schools: number
  version: number
  history?: HistoryEntry[]
}

export interface Posting {
  schoolId: string
  schoolName?: string
  supervisorId: string
  supervisorName?: string
  from: string
  to: string | null
}

export interface Body {
  name: string
  role: 'lead' | 'cooperating'
}
export interface PlanDate {
  text: string
  from: string
  to: string
}
export interface PlanQuantity {
  text: string
  value: number
  unit?: string
  comparator?: '>=' | '<=' | '>' | '<' | '≈'
}
export interface ParsedItem {
  marker: string
  level: number
  heading?: string
  text: string
  bodies: Body[]
  dates: PlanDate[]
  quantities: PlanQuantity[]
  children: ParsedItem[]
}
export interface ParsedPlan {
  title: string
  office?: string
  issuedOn?: string
  documentNumber?: string
  recipients: string[]
  preamble: string
  items: ParsedItem[]
  trailing: string
}
export interface PlanWarning {
  code?: string
  detail: string
  path?: string
}
export interface PlanProposal {
  plan: ParsedPlan
  warnings: (PlanWarning | string)[]
  sourceHash: string
}
export interface PlanItem {
  itemId: string
  parentId: string | null
  marker: string
  level: number
  heading?: string | null
  text: string
  bodies: Body[]
  dates: PlanDate[]
  quantities: PlanQuantity[]
  order: number
  taskId?: string | null
  excluded?: boolean
  note?: string | null
  /** As printed, when the text was corrected. */
  printed?: { heading?: string | null; text: string } | null
}
export type PlanState = 'imported' | 'adopted' | 'issued' | 'closed'
export interface PlanSummary {
  planId: string
  title: string
  documentNumber: string | null
  office: string
  year: number
  state: PlanState
  items: number
  tasks: number
  done: number
  version: number
  importedAt: string
}
export interface Plan extends Omit<PlanSummary, 'items'> {
  preamble: string
  trailing: string
  recipients: string[]
  issuedOn: string | null
  items: PlanItem[]
  source: { fileName: string; hash: string }
}

export type TaskState = 'assigned' | 'in-progress' | 'completed'
export interface Task {
  taskId: string
  planId: string
  planTitle: string
  itemPath: string
  title: string
  text: string
  bodies: Body[]
  lead: string | null
  dueOn: string | null
  state: TaskState
  progressPercent: number
  lastProgress: string | null
  evidence: number
  linkedVisits: number
  linkedProblems: number
  openProblems: number
  version: number
}
export interface TaskEvidence {
  evidence: EvidenceRef
  note?: string | null
  at: string
  actorName?: string
}
export interface TaskRecord extends Omit<Task, 'evidence'> {
  timeline: HistoryEntry[]
  evidence: TaskEvidence[]
  linked: {
    visits: { visitId: string; schoolName: string; visitedOn: string; negatives: number }[]
    problems: { problemId: string; title: string; schoolName: string; state: string }[]
  }
}

export interface ChecklistItem {
  code: string
  title: string
  clause?: string | null
  prompt?: string | null
}
export interface Checklist {
  checklistId: string
  title: string
  state: 'draft' | 'published'
  edition?: number
  items: ChecklistItem[]
  publishedAt?: string | null
  version: number
}
export interface ChecklistSummary extends Omit<Checklist, 'items'> {
  items: number
}

export type VisitState = 'scheduled' | 'started' | 'recorded' | 'cancelled' | 'missed'
export type Answer = 'yes' | 'no' | 'not-applicable'
export interface VisitAnswer {
  code: string
  answer: Answer
  note?: string
  evidence: EvidenceRef[]
}
export interface Signature {
  name: string
  signedAt: string
  image?: EvidenceRef
}
export interface Finding {
  findingId: string
  itemCode: string
  itemTitle: string
  description: string
  severity: Severity
  evidence: EvidenceRef[]
  state: 'proposed' | 'confirmed' | 'dismissed'
  visitId?: string
  schoolId?: string
  schoolName?: string
  supervisorName?: string
  foundOn?: string
  problemId?: string | null
  version?: number
}
export interface Visit {
  visitId: string
  schoolId: string
  schoolName: string
  supervisorId: string
  supervisorName: string
  zoneId: string | null
  zoneName: string | null
  scheduledFor: string | null
  visitedOn: string | null
  state: VisitState
  checklistId: string
  items: number
  negatives: number
  findings: number
  taskId: string | null
  version: number
}
export interface VisitRecord extends Omit<Visit, 'items' | 'findings'> {
  checklistTitle?: string
  checklist?: ChecklistItem[]
  items: ChecklistItem[]
  answers: VisitAnswer[]
  signatures: { supervisor: Signature; school: Signature } | null
  findings: Finding[]
  timeline: HistoryEntry[]
}
export interface MySchool {
  schoolId: string
  name: string
  kind: SchoolKind
  zoneName: string | null
  enrolment: number | null
  lastVisitOn: string | null
  visitedThisMonth: boolean
  openProblems: number
}
export interface CoverageRow {
  schoolId: string
  name: string
  zoneName: string | null
  supervisorName: string | null
  visits: number
  lastVisitOn: string | null
  covered: boolean
}
export interface Coverage extends Page<CoverageRow> {
  month: string
  totals: { schools: number; covered: number; visits: number }
}

export type ProblemState = 'opened' | 'demanded' | 'reported' | 'returned' | 'verified' | 'cancelled'
export type Lamp = 'on-time' | 'due-soon' | 'overdue' | 'closed'
export interface ProblemSource {
  kind: string
  title: string
  level: 'school' | 'district' | 'city' | 'national'
  year: number
}
export interface NextStep {
  role: string
  action: string
  by: string | null
}
export interface Problem {
  problemId: string
  number: string
  title: string
  description: string
  severity: Severity
  schoolId: string
  schoolName: string
  zoneId: string | null
  zoneName: string | null
  supervisorId: string | null
  supervisorName: string | null
  source: ProblemSource
  state: ProblemState
  demand: string | null
  dueOn: string | null
  originalDueOn: string | null
  overdue: boolean
  workingDaysLeft: number | null
  urgings: number
  evidence: number
  version: number
  openedOn: string
  nextStep: NextStep | null
}
export interface ProblemReport {
  text: string
  evidence: EvidenceRef[]
  at: string
  actorName?: string
}
export interface ProblemRecord extends Omit<Problem, 'evidence'> {
  evidence?: EvidenceRef[] | number
  timeline: HistoryEntry[]
  reports: ProblemReport[]
  decisions: { decisionId: string; documentNumber: string; issuedOn?: string; demand?: string; dueOn?: string }[]
  notices: NoticeSummary[]
  visitId?: string | null
  taskId?: string | null
}
export interface NoticeSummary {
  noticeId: string
  documentNumber: string
  problemId: string
  problemNumber?: string
  title?: string
  schoolName?: string
  newDueOn: string
  text?: string | null
  issuedAt?: string
  issuedOn?: string
}
export interface DecisionDemand {
  problemId: string
  number?: string
  title?: string
  schoolName?: string
  demand: string
  dueOn: string
}
export interface Decision {
  decisionId: string
  documentNumber: string
  form: 'writing' | 'meeting'
  meeting?: string | null
  issuedOn?: string
  issuedAt?: string
  note?: string | null
  problems: DecisionDemand[] | number
  version?: number
}

export interface BoardTile {
  problemId: string
  number: string
  title: string
  schoolName: string
  unit: string
  state: ProblemState
  lamp: Lamp
  workingDaysLeft: number | null
  dueOn: string | null
}
export interface Board {
  asOf: string
  totals: { open: number; dueSoon: number; overdue: number; awaitingVerification: number; cancelled: number }
  tiles: BoardTile[]
}

export interface RebuildProgress {
  done: number
  total: number
  perSecond?: number
  etaSeconds?: number | null
  state?: string
}
export interface ViewStatus {
  name: string
  position: string
  lag: number
  generation: number
  rebuild?: RebuildProgress | null
}
export interface ParkedEvent {
  eventId: string
  type?: string
  stream?: string
  error?: string
  attempts?: number
  parkedAt?: string
}
export interface SubscriptionStatus {
  name: string
  state: string
  lag?: number
  parked: ParkedEvent[]
}
export interface DeadLetter {
  id: string
  topic?: string
  type?: string
  error?: string
  at?: string
}
export interface SystemStatus {
  views: ViewStatus[]
  subscriptions: SubscriptionStatus[]
  deadLetters: DeadLetter[]
}
export type { EvidenceRef, Permission, Role, ScopeKind }
