import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { ErrorState, SkeletonLines } from '../kit/states.tsx'
import { FieldFrame } from './frame/field-frame.tsx'
import { FieldHome } from './frame/field-home.tsx'
import { MePage } from './me/me-page.tsx'
import { SentPage } from './me/sent-page.tsx'
import { FieldProblem } from './problems/field-problem.tsx'
import { FieldProblems } from './problems/field-problems.tsx'
import { ProblemSheet } from './problems/problem-sheet.tsx'
import { SelfCheckSheet } from './self-check/self-check-sheet.tsx'
import { FieldTasks } from './tasks/field-tasks.tsx'
import { FieldSchool } from './visit/field-school.tsx'
import { VisitSheet } from './visit/visit-sheet.tsx'

// All pages but the sign-in come with the entry: without a network nothing more could be fetched.
const root = createRootRoute({ component: Outlet, notFoundComponent: FieldMissing })
const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('./sign-in/field-sign-in.tsx'), 'FieldSignIn'),
})
const frame = createRoute({ getParentRoute: () => root, id: 'frame', component: FieldFrame })
const parent = () => frame

const pages = [
  createRoute({ getParentRoute: parent, path: '/', component: FieldHome }),
  createRoute({
    getParentRoute: parent,
    path: '/schools/$schoolId',
    component: FieldSchool,
  }),
  createRoute({
    getParentRoute: parent,
    path: '/visits/$draftId',
    component: VisitSheet,
  }),
  createRoute({
    getParentRoute: parent,
    path: '/sent/$entryId',
    component: SentPage,
  }),
  createRoute({
    getParentRoute: parent,
    path: '/tasks',
    component: FieldTasks,
  }),
  createRoute({
    getParentRoute: parent,
    path: '/problems',
    component: FieldProblems,
  }),
  createRoute({
    getParentRoute: parent,
    path: '/problems/$problemId',
    component: FieldProblem,
  }),
  createRoute({
    getParentRoute: parent,
    path: '/problems/$problemId/$action',
    component: ProblemSheet,
  }),
  createRoute({
    getParentRoute: parent,
    path: '/self-checks/$selfCheckId',
    component: SelfCheckSheet,
  }),
  createRoute({
    getParentRoute: parent,
    path: '/me',
    component: MePage,
  }),
]

/** The routes of the field entry, all below `/m`. */
export function newFieldRouter() {
  return createRouter({
    routeTree: root.addChildren([signIn, frame.addChildren(pages)]),
    basepath: '/m',
    defaultPreload: 'intent',
    defaultPendingComponent: () => <SkeletonLines lines={6} />,
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

function FieldMissing() {
  return (
    <main className="field-wait">
      <h1>没有这个页面</h1>
      <a href="/m">回到首页</a>
    </main>
  )
}
