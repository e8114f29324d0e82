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
    '/supervisors/$supervisorId',
    () => import('./supervisor-registry/supervisor-page.tsx'),
    'SupervisorPage',
    'registry.read',
    wide,
  ),
  page('/zones', () => import('./supervisor-registry/zone-list.tsx'), 'ZoneList', 'registry.read', wide),
  page('/visits', () => import('./inspections/visit-list.tsx'), 'VisitList', 'visit.read'),
  page('/visits/new', () => import('./inspections/visit-form.tsx'), 'VisitForm', 'visit.schedule'),
  page('/visits/$visitId', () => import('./inspections/visit-page.tsx'), 'VisitPage', 'visit.read'),
  page('/coverage', () => import('./inspections/coverage-page.tsx'), 'CoveragePage', 'visit.read', wide),
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
  page('/decisions', () => import('./rectification/decision-list.tsx'), 'DecisionList', 'problem.read'),
  page('/decisions/new', () => import('./rectification/decision-form.tsx'), 'DecisionForm', 'problem.decide'),
  page('/decisions/$decisionId', () => import('./rectification/decision-page.tsx'), 'DecisionPage', 'problem.read'),
  page('/notices', () => import('./rectification/notice-list.tsx'), 'NoticeList', 'problem.read'),
  page('/board', () => import('./rectification/board-page.tsx'), 'BoardPage', 'problem.read', wide),
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
