import { fileRoutes } from '@dulian/files'
import type { ServiceDefinition } from '@dulian/service-host'
import { decisionStream } from './decision/decision.ts'
import { decisionRoutes } from './decision/routes.ts'
import { documentRegisterStream, numberRegister } from './document-register/document-register.ts'
import { consumes } from './integration/consume.ts'
import { publishes } from './integration/publish.ts'
import { issueNoticeWhenProblemUrged } from './policies/issue-notice-when-problem-urged.ts'
import { openProblemWhenFindingConfirmed } from './policies/open-problem-when-finding-confirmed.ts'
import { passDeadlinesWhenDayBegins } from './policies/pass-deadlines-when-day-begins.ts'
import { setDemandsWhenDecisionIssued } from './policies/set-demands-when-decision-issued.ts'
import { problemStream } from './problem/problem.ts'
import { problemRoutes } from './problem/routes.ts'
import { projections } from './projections.ts'
import { urgingNoticeStream } from './urging-notice/urging-notice.ts'
import { boardChanges } from './views/board/board-changes.ts'
import { boardRoutes } from './views/board/routes.ts'
import { boardStreamRoute } from './views/board/stream-route.ts'
import { deadlinesProjection } from './views/deadlines/projection.ts'
import { decisionsProjection } from './views/decisions/projection.ts'
import { decisionViewRoutes } from './views/decisions/routes.ts'
import { fileOwners } from './views/file-owners/projection.ts'
import { visibleFile } from './views/file-owners/visible-file.ts'
import { noticesProjection } from './views/notices/projection.ts'
import { noticeRoutes } from './views/notices/routes.ts'
import { problemHistoryProjection } from './views/problem-history/projection.ts'
import { problemsProjection } from './views/problems/projection.ts'
import { problemViews } from './views/problems/queries.ts'
import { problemViewRoutes } from './views/problems/routes.ts'

/** 整改问责: problems, demands, deadlines, 督办, verification, 销号. */
export const rectificationService: ServiceDefinition = {
  name: 'rectification',
  title: '整改问责',
  projections,
  projectionsModule: import.meta.resolve('./projections.ts'),
  publishes,
  consumes,
  build(platform) {
    const { clock, calendar, files, store } = platform
    const problems = platform.streams(problemStream)
    const decisions = platform.streams(decisionStream)
    const notices = platform.streams(urgingNoticeStream)
    const numbers = numberRegister(platform.streams(documentRegisterStream))
    const problemsView = platform.view(problemsProjection)
    const views = problemViews(problemsView, platform.view(problemHistoryProjection))
    const changes = boardChanges(store, problemsView)
    return {
      async routes(app) {
        problemRoutes(app, { problems, notices, numbers, views, files, calendar })
        problemViewRoutes(app, { problems: views, clock, calendar })
        boardRoutes(app, { problems: views, clock, calendar })
        boardStreamRoute(app, { changes, clock })
        decisionRoutes(app, { decisions, problems, numbers, calendar, clock })
        decisionViewRoutes(app, platform.view(decisionsProjection))
        noticeRoutes(app, platform.view(noticesProjection))
        await fileRoutes(app, {
          files,
          permissionToRead: 'problem.read',
          permissionToWrite: ['problem.open', 'problem.report', 'problem.verify'],
          isVisible: visibleFile(platform.view(fileOwners), views),
          tags: ['整改问责'],
        })
      },
      policies: [
        openProblemWhenFindingConfirmed(problems, numbers),
        setDemandsWhenDecisionIssued(problems),
        issueNoticeWhenProblemUrged(notices),
        passDeadlinesWhenDayBegins(problems, platform.view(deadlinesProjection)),
      ],
    }
  },
}
