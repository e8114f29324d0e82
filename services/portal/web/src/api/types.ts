import type { EvidenceRef, Permission, Role, ScopeKind } from '@dulian/contracts'
import type { AnswerOf, CommandAnswerOf, GetPath } from './client.ts'

/** Names for what the services answer; every shape comes from the generated schema. */

type Listed<P extends GetPath> = AnswerOf<P> extends { items: (infer R)[] } ? R : never

export type DemoCard = AnswerOf<'/auth/demo'>[number]
export type Me = Omit<AnswerOf<'/auth/me'>, 'permissions'> & {
  readonly permissions: Partial<Record<Permission, ScopeKind>>
}

export type School = Listed<'/api/supervisor-registry/schools'>
export type SchoolKind = School['kind']
export type SchoolStage = School['stage']
export type Ownership = School['ownership']
export type Supervisor = Listed<'/api/supervisor-registry/supervisors'>
export type SupervisorCategory = Supervisor['category']
export type Account = Listed<'/api/supervisor-registry/accounts'>
export type OwnSession = Listed<'/auth/sessions'>
export type Employment = Supervisor['employment']

export type Papers = Listed<'/api/supervisor-registry/certificates'>
export type Relation = Listed<'/api/supervisor-registry/relations'>
export type Committee = AnswerOf<'/api/supervisor-registry/committee'>
export type CommitteeSeat = Committee['seats'][number]
export type MemberBody = Committee['bodies'][number]
export type Activity = Listed<'/api/supervisor-registry/activities'>
export type ImportCheck = CommandAnswerOf<'/api/supervisor-registry/imports/schools/check'>
export type ImportJob = AnswerOf<'/api/supervisor-registry/imports/jobs/{id}'>
export type PastImport = Listed<'/api/supervisor-registry/imports/jobs'>
export type Talent = Listed<'/api/supervisor-registry/talents'>

export type PlanProposal = CommandAnswerOf<'/api/office/plans/parse'>
export type PlanSummary = Listed<'/api/office/plans'>
export type PlanState = PlanSummary['state']
export type Plan = AnswerOf<'/api/office/plans/{id}'>
export type PlanItem = Plan['items'][number]
export type Body = PlanItem['bodies'][number]
export type PlanDate = PlanItem['dates'][number]
export type PlanQuantity = PlanItem['quantities'][number]
export type Task = Listed<'/api/office/tasks'>
export type TaskState = Task['state']
export type TaskRecord = AnswerOf<'/api/office/tasks/{id}'>

export type Checklist = AnswerOf<'/api/inspections/checklists/{id}'>
export type ChecklistItem = Checklist['items'][number]
export type Visit = Listed<'/api/inspections/visits'>
export type VisitState = Visit['state']
export type VisitRecord = AnswerOf<'/api/inspections/visits/{id}'>
export type Answer = VisitRecord['answers'][number]['answer']
export type Signature = NonNullable<VisitRecord['signatures']>['school']
export type Finding = Listed<'/api/inspections/findings'>
export type Severity = Finding['severity']
export type Campaign = Listed<'/api/inspections/campaigns'>
export type CampaignRecord = AnswerOf<'/api/inspections/campaigns/{id}'>
export type CampaignSchool = Listed<'/api/inspections/campaign-schools'>
export type CampaignComparison = AnswerOf<'/api/inspections/campaigns/{id}/comparison'>
export type MonthlyDuty = Listed<'/api/inspections/monthly-duties'>
export type LedgerSchool = Listed<'/api/inspections/ledger'>
export type LedgerFinding = LedgerSchool['lines'][number]['findings'][number]
export type MySchool = Listed<'/api/inspections/my-schools'>

export type SelfCheck = Listed<'/api/inspections/self-checks'>
export type SelfCheckRecord = AnswerOf<'/api/inspections/self-checks/{id}'>
export type ZoneSummary = Listed<'/api/inspections/zone-summaries'>
export type ZoneCounts = ZoneSummary['counts']
export type Bulletin = AnswerOf<'/api/inspections/bulletins/{id}'>
export type RoutineMonth = AnswerOf<'/api/inspections/routine'>

export type Problem = Listed<'/api/rectification/problems'>
export type ProblemState = Problem['state']
export type ProblemSource = Problem['source']
export type ProblemRecord = AnswerOf<'/api/rectification/problems/{id}'>
export type Lamp = Problem['lamp']
export type WaitingParty = AnswerOf<'/api/rectification/waiting'>['parties'][number]['party']
export type ThreeLists = AnswerOf<'/api/rectification/lists'>
export type BoardTile = AnswerOf<'/api/rectification/board'>['tiles'][number]

export type AuditEntry = Listed<'/api/audit/entries'>

export type SystemStatus = AnswerOf<'/api/office/system/status'>
export type ViewStatus = SystemStatus['views'][number]
export type SubscriptionStatus = SystemStatus['subscriptions'][number]
export type ParkedEvent = SubscriptionStatus['parked'][number]
export type DeadLetter = SystemStatus['deadLetters'][number]

export const serviceIds = ['supervisor-registry', 'office', 'inspections', 'rectification'] as const
export type ServiceName = (typeof serviceIds)[number]

/** One line of a history, as the different records tell it. */
export interface HistoryEntry {
  readonly event: string
  readonly title: string
  readonly at: string
  readonly actor: string
  readonly actorName?: string | null
  readonly note: string | null
  readonly evidence?: readonly EvidenceRef[]
  readonly documentNumber?: string | null
}

export type { EvidenceRef, Permission, Role, ScopeKind }
