import { fileRoutes } from '@dulian/files'
import { documentRegisterStream } from '@dulian/official-documents'
import type { ServiceDefinition } from '@dulian/service-host'
import { decisionStream } from './decision/decision.ts'
import { decisionLetterRoutes } from './decision/letter-routes.ts'
import { decisionRoutes } from './decision/routes.ts'
import { decisionClaimStream } from './decision-claim/decision-claim.ts'
import { numberRegister } from './document-register/document-register.ts'
import { feedbackStream } from './feedback/feedback.ts'
import { feedbackRoutes } from './feedback/routes.ts'
import { consumes } from './integration/consume.ts'
import { publishes } from './integration/publish.ts'
import { issueNoticeWhenProblemUrged } from './policies/issue-notice-when-problem-urged.ts'
import { openProblemWhenFindingConfirmed } from './policies/open-problem-when-finding-confirmed.ts'
import { openProblemsWhenFeedbackRegistered } from './policies/open-problems-when-feedback-registered.ts'
import { passDeadlinesWhenDayBegins } from './policies/pass-deadlines-when-day-begins.ts'
import { scheduleReCheckWhenProblemCancelled } from './policies/schedule-re-check-when-problem-cancelled.ts'
import { setDemandsWhenDecisionIssued } from './policies/set-demands-when-decision-issued.ts'
import { aftercareRoutes } from './problem/aftercare-routes.ts'
import { problemStream } from './problem/problem.ts'
import { problemRoutes } from './problem/routes.ts'
import { projections } from './projections.ts'
import { noticeLetterRoutes } from './urging-notice/letter-routes.ts'
import { urgingNoticeStream } from './urging-notice/urging-notice.ts'
import { boardChanges } from './views/board/board-changes.ts'
import { boardRoutes } from './views/board/routes.ts'
import { boardStreamRoute } from './views/board/stream-route.ts'
import { deadlinesProjection } from './views/deadlines/projection.ts'
import { decisionsProjection } from './views/decisions/projection.ts'
import { decisionViewRoutes } from './views/decisions/routes.ts'
import { decisionsHistory } from './views/decisions-history/projection.ts'
import { feedbacksProjection } from './views/feedbacks/projection.ts'
import { feedbackViewRoutes } from './views/feedbacks/routes.ts'
import { fileOwners } from './views/file-owners/projection.ts'
import { visibleFile } from './views/file-owners/visible-file.ts'
import { listRoutes } from './views/lists/routes.ts'
import { noticesProjection } from './views/notices/projection.ts'
import { noticeRoutes } from './views/notices/routes.ts'
import { noticesHistory } from './views/notices-history/projection.ts'
import { problemDifferenceRoute } from './views/problem-history/difference-route.ts'
import { problemHistoryProjection } from './views/problem-history/projection.ts'
import { problemsProjection } from './views/problems/projection.ts'
import { problemViews } from './views/problems/queries.ts'
import { problemViewRoutes } from './views/problems/routes.ts'
import { waitingRoutes } from './views/waiting/routes.ts'

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
    const claims = platform.streams(decisionClaimStream)
    const feedbacks = platform.streams(feedbackStream)
    const notices = platform.streams(urgingNoticeStream)
    const numbers = numberRegister(platform.streams(documentRegisterStream))
    const problemsView = platform.view(problemsProjection)
    const views = problemViews({ live: problemsView, history: platform.view(problemHistoryProjection), clock })
    const changes = boardChanges(store, problemsView)
    return {
      async routes(app) {
        problemRoutes(app, { problems, notices, numbers, views, files, calendar })
        aftercareRoutes(app, { problems, views, files })
        feedbackRoutes(app, { feedbacks, problems, numbers, views, files })
        feedbackViewRoutes(app, platform.view(feedbacksProjection))
        problemViewRoutes(app, { problems: views, clock, calendar })
        boardRoutes(app, { problems: views, calendar })
        problemDifferenceRoute(app, views.overTime)
        boardStreamRoute(app, { changes, clock })
        decisionRoutes(app, { decisions, problems, claims, numbers, calendar, clock })
        decisionViewRoutes(app, {
          live: platform.view(decisionsProjection),
          history: platform.view(decisionsHistory),
          clock,
        })
        noticeRoutes(app, {
          past: { live: platform.view(noticesProjection), history: platform.view(noticesHistory), clock },
          notices,
        })
        listRoutes(app, { problems: views, calendar, audit: platform.audit })
        waitingRoutes(app, { problems: views, calendar })
        decisionLetterRoutes(app, { decisions: platform.view(decisionsProjection), problems, clock })
        noticeLetterRoutes(app, { notices: platform.view(noticesProjection), problems, views, calendar, clock })
        await fileRoutes(app, {
          files,
          permissionToRead: 'problem.read',
          permissionToWrite: ['problem.open', 'problem.report', 'problem.verify', 'problem.recheck', 'problem.reply'],
          isVisible: visibleFile(platform.view(fileOwners), views),
          tags: ['整改问责'],
        })
      },
      policies: [
        openProblemWhenFindingConfirmed({ problems, numbers, views }),
        openProblemsWhenFeedbackRegistered({ problems, numbers, views }),
        scheduleReCheckWhenProblemCancelled(problems, calendar),
        setDemandsWhenDecisionIssued(problems),
        issueNoticeWhenProblemUrged(notices),
        passDeadlinesWhenDayBegins(problems, platform.view(deadlinesProjection)),
      ],
    }
  },
}
