import {
  type AsyncRouteComponent,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  type RouteComponent,
} from '@tanstack/react-router'
import type { ComponentType } from 'react'
import type { Permission, ScopeKind } from '../api/types.ts'
import { EmptyState, ErrorState, SkeletonLines } from '../kit/states.tsx'
import { Frame } from './frame/frame.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: Missing })
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./sign-in/sign-in-page.tsx'), 'SignInPage'),
})
const frame = createRoute({ getParentRoute: () => root, id: 'frame', component: Frame })

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** The right that opens the page; the frame asks for it before it shows anything. */
    readonly permission?: Permission
    /** Only for those whose right reaches at least one of these. */
    readonly scopes?: readonly ScopeKind[]
  }
}

/** One page in the frame: loaded when first opened, and only for those who hold the right. */
function page<N extends string>(
  path: string,
  load: () => Promise<Record<N, ComponentType>>,
  name: N,
  permission?: Permission,
  scopes?: readonly ScopeKind[],
) {
  const take = async (): Promise<{ default: ComponentType }> => ({ default: (await load())[name] })
  const component: AsyncRouteComponent<object> = lazyRouteComponent(take)
  return createRoute({
    getParentRoute: () => frame,
    path,
    component: component as RouteComponent,
    staticData: { ...(permission === undefined ? {} : { permission }), ...(scopes === undefined ? {} : { scopes }) },
  })
}

const wide: readonly ScopeKind[] = ['office', 'zone', 'supervisor', 'body']

const pages = [
  page('/', () => import('./home/home-page.tsx'), 'HomePage'),
  page('/plans', () => import('./office/plan-list.tsx'), 'PlanList', 'plan.read'),
  page('/plans/import', () => import('./office/plan-import.tsx'), 'PlanImport', 'plan.manage'),
  page('/plans/$planId', () => import('./office/plan-page.tsx'), 'PlanPage', 'plan.read'),
  page('/tasks', () => import('./office/task-list.tsx'), 'TaskList', 'plan.read'),
  page('/tasks/$taskId', () => import('./office/task-page.tsx'), 'TaskPage', 'plan.read'),
  page('/schools', () => import('./supervisor-registry/school-list.tsx'), 'SchoolList', 'registry.read'),
  page('/schools/new', () => import('./supervisor-registry/school-form.tsx'), 'SchoolForm', 'registry.manage'),
  page('/schools/import', () => import('./supervisor-registry/import-page.tsx'), 'SchoolImport', 'registry.manage'),
  page('/schools/$schoolId', () => import('./supervisor-registry/school-page.tsx'), 'SchoolPage', 'registry.read'),
  page(
    '/supervisors',
    () => import('./supervisor-registry/supervisor-list.tsx'),
    'SupervisorList',
    'registry.read',
    wide,
  ),
  page(
    '/supervisors/new',
    () => import('./supervisor-registry/supervisor-form.tsx'),
    'SupervisorForm',
    'registry.manage',
  ),
  page(
    '/supervisors/import',
    () => import('./supervisor-registry/import-page.tsx'),
    'SupervisorImport',
    'registry.manage',
  ),
  page(
    '/supervisors/$supervisorId',
    () => import('./supervisor-registry/supervisor-page.tsx'),
    'SupervisorPage',
    'registry.read',
    wide,
  ),
  page('/zones', () => import('./supervisor-registry/zone-list.tsx'), 'ZoneList', 'registry.read', wide),
  page(
    '/supervisors/$supervisorId/papers/$termFrom',
    () => import('./supervisor-registry/papers-page.tsx'),
    'PapersPage',
    'registry.read',
    wide,
  ),
  page(
    '/postings',
    () => import('./supervisor-registry/posting-coverage-page.tsx'),
    'PostingCoveragePage',
    'registry.read',
    wide,
  ),
  page('/terms', () => import('./supervisor-registry/term-list.tsx'), 'TermList', 'registry.read', wide),
  page(
    '/certificates',
    () => import('./supervisor-registry/certificate-list.tsx'),
    'CertificateList',
    'registry.read',
    wide,
  ),
  page('/recusal', () => import('./supervisor-registry/recusal-page.tsx'), 'RecusalPage', 'posting.manage'),
  page('/relations', () => import('./supervisor-registry/relation-list.tsx'), 'RelationList', 'relation.manage'),
  page('/declarations', () => import('./supervisor-registry/relation-list.tsx'), 'OwnRelations', 'relation.declare'),
  page('/activities', () => import('./supervisor-registry/activity-page.tsx'), 'ActivityPage', 'registry.read', wide),
  page('/talents', () => import('./supervisor-registry/talent-list.tsx'), 'TalentList', 'registry.manage'),
  page('/talents/$talentId', () => import('./supervisor-registry/talent-page.tsx'), 'TalentPage', 'registry.manage'),
  page('/committee', () => import('./supervisor-registry/committee-page.tsx'), 'CommitteePage', 'registry.read'),
  page('/routine', () => import('./routine/routine-page.tsx'), 'RoutinePage', 'visit.read', ['office', 'zone']),
  page('/self-checks', () => import('./routine/self-check-list.tsx'), 'SelfCheckList', 'visit.read'),
  page('/self-checks/$selfCheckId', () => import('./routine/self-check-page.tsx'), 'SelfCheckPage', 'visit.read'),
  page(
    '/self-checks/$selfCheckId/form',
    () => import('./routine/self-check-form.tsx'),
    'SelfCheckForm',
    'self-check.submit',
  ),
  page('/zone-summaries', () => import('./routine/zone-summary-list.tsx'), 'ZoneSummaryList', 'visit.read', [
    'office',
    'zone',
  ]),
  page(
    '/zone-summaries/new',
    () => import('./routine/zone-summary-form.tsx'),
    'ZoneSummaryForm',
    'zone-summary.submit',
  ),
  page('/zone-summaries/$summaryId', () => import('./routine/zone-summary-page.tsx'), 'ZoneSummaryPage', 'visit.read'),
  page('/bulletins', () => import('./routine/bulletin-list.tsx'), 'BulletinList', 'visit.read'),
  page('/bulletins/$bulletinId', () => import('./routine/bulletin-page.tsx'), 'BulletinPage', 'visit.read'),
  page('/bulletins/$bulletinId/form', () => import('./routine/bulletin-form.tsx'), 'BulletinForm', 'bulletin.manage'),
  page('/levels', () => import('./routine/levels-page.tsx'), 'LevelsPage', 'visit.read'),
  page('/visits', () => import('./inspections/visit-list.tsx'), 'VisitList', 'visit.read'),
  page('/visits/new', () => import('./inspections/visit-form.tsx'), 'VisitForm', 'visit.schedule'),
  page('/visits/$visitId', () => import('./inspections/visit-page.tsx'), 'VisitPage', 'visit.read'),
  page('/coverage', () => import('./inspections/coverage-page.tsx'), 'CoveragePage', 'visit.read', wide),
  page('/coverage/schools', () => import('./inspections/duty-list.tsx'), 'DutyList', 'visit.read', wide),
  page('/campaigns', () => import('./inspections/campaign-list.tsx'), 'CampaignList', 'visit.read', wide),
  page('/campaigns/new', () => import('./inspections/campaign-form.tsx'), 'CampaignForm', 'campaign.manage'),
  page('/campaigns/compare', () => import('./inspections/comparison-page.tsx'), 'ComparisonPage', 'visit.read', wide),
  page('/campaigns/$campaignId', () => import('./inspections/campaign-page.tsx'), 'CampaignPage', 'visit.read', wide),
  page('/ledger', () => import('./inspections/ledger-page.tsx'), 'LedgerPage', 'visit.read', wide),
  page('/findings', () => import('./inspections/finding-list.tsx'), 'FindingList', 'finding.decide'),
  page('/checklists', () => import('./inspections/checklist-list.tsx'), 'ChecklistList', 'visit.read', wide),
  page('/checklists/new', () => import('./inspections/checklist-form.tsx'), 'ChecklistForm', 'checklist.manage'),
  page(
    '/checklists/$checklistId',
    () => import('./inspections/checklist-page.tsx'),
    'ChecklistPage',
    'visit.read',
    wide,
  ),
  page('/problems', () => import('./rectification/problem-list.tsx'), 'ProblemList', 'problem.read'),
  page('/problems/new', () => import('./rectification/problem-form.tsx'), 'ProblemForm', 'problem.open'),
  page('/problems/$problemId', () => import('./rectification/problem-page.tsx'), 'ProblemPage', 'problem.read'),
  page('/feedbacks/new', () => import('./rectification/feedback-form.tsx'), 'FeedbackForm', 'problem.open'),
  page('/re-checks', () => import('./rectification/re-check-list.tsx'), 'ReCheckList', 'problem.read', wide),
  page('/lists', () => import('./rectification/lists-page.tsx'), 'ListsPage', 'problem.read', wide),
  page('/waiting', () => import('./rectification/waiting-page.tsx'), 'WaitingPage', 'problem.read', wide),
  page('/decisions', () => import('./rectification/decision-list.tsx'), 'DecisionList', 'problem.read'),
  page('/decisions/new', () => import('./rectification/decision-form.tsx'), 'DecisionForm', 'problem.decide'),
  page('/decisions/$decisionId', () => import('./rectification/decision-page.tsx'), 'DecisionPage', 'problem.read'),
  page('/notices', () => import('./rectification/notice-list.tsx'), 'NoticeList', 'problem.read'),
  page('/notices/$noticeId', () => import('./rectification/notice-page.tsx'), 'NoticePage', 'problem.read'),
  page('/board', () => import('./rectification/board-page.tsx'), 'BoardPage', 'problem.read', wide),
  page('/differences', () => import('./differences/difference-page.tsx'), 'DifferencePage'),
  page('/accounts', () => import('./system/account-list.tsx'), 'AccountList', 'account.manage'),
  page('/accounts/new', () => import('./system/account-form.tsx'), 'AccountForm', 'account.manage'),
  page('/accounts/$accountId', () => import('./system/account-page.tsx'), 'AccountPage', 'account.manage'),
  page('/me/sessions', () => import('./system/my-sessions.tsx'), 'MySessions'),
  page('/audit', () => import('./system/audit-list.tsx'), 'AuditList', 'audit.read'),
  page('/system', () => import('./system/system-page.tsx'), 'SystemPage', 'system.read'),
]

/** The routes of the desk. Search values are plain text, so that addresses stay readable. */
export function newDeskRouter() {
  return createRouter({
    routeTree: root.addChildren([signIn, frame.addChildren(pages)]),
    defaultPreload: 'intent',
    defaultPendingComponent: () => <SkeletonLines lines={8} />,
    defaultPendingMs: 150,
    defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} onRetry={reset} />,
    scrollRestoration: true,
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
    stringifySearch: (search) => {
      const entries = Object.entries(search).filter(([, value]) => value !== undefined && value !== '')
      const text = new URLSearchParams(entries.map(([key, value]) => [key, String(value)])).toString()
      return text === '' ? '' : `?${text}`
    },
  })
}

function Missing() {
  return (
    <EmptyState title="没有这个页面" action={<a href="/">回到工作台</a>}>
      网址可能写错了，或者页面已经不在。
    </EmptyState>
  )
}
