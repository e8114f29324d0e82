import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ProblemRecord } from '../../api/types.ts'
import { useMe, useRights } from '../../app/app-context.tsx'
import { day } from '../../words/format.ts'
import { NextStep } from '../kit/record-page.tsx'
import { CancelAction, ReportAction, ReturnAction, UrgeAction, VerifyAction } from './problem-actions.tsx'

/** The next step of a problem and, for those whose turn it is, the buttons for it. */
export function ProblemNextStep({ problem }: { problem: ProblemRecord }) {
  const rights = useRights()
  const me = useMe()
  const reporter = [...problem.timeline].reverse().find((entry) => entry.event === 'RectificationReported')?.actor
  const reportedByMe = reporter !== undefined && reporter === me.subject
  switch (problem.state) {
    case 'opened':
      return (
        <NextStep who="督导室" what="下达整改决定，写明要求和期限" mine={rights.can('problem.decide', problem)}>
          {rights.can('problem.decide', problem) && (
            <Link to="/decisions/new" search={{ problems: problem.problemId } as never}>
              <Button type="primary">下达整改决定</Button>
            </Link>
          )}
        </NextStep>
      )
    case 'demanded':
    case 'returned':
      return (
        <NextStep
          who={problem.schoolName}
          what={problem.state === 'returned' ? '按退回意见重新整改，再次提交报告' : '完成整改，提交报告和照片'}
          by={problem.dueOn === null ? undefined : `${day(problem.dueOn)}前`}
          mine={rights.can('problem.report', problem)}
        >
          <ReportAction problem={problem} />
          <UrgeAction problem={problem} />
        </NextStep>
      )
    case 'reported':
      return (
        <NextStep
          who="督导室、责任区组长、责任督学"
          what={reportedByMe ? '等待他人核查，提交报告的人不能自己核查' : '到校核查整改是否到位'}
          mine={!reportedByMe && rights.can('problem.verify', problem)}
        >
          {!reportedByMe && <VerifyAction problem={problem} />}
          {!reportedByMe && <ReturnAction problem={problem} />}
          <UrgeAction problem={problem} />
        </NextStep>
      )
    case 'verified':
      return (
        <NextStep
          who="督导室主任"
          what="核查已通过，批准销号"
          mine={!reportedByMe && rights.can('problem.cancel', problem)}
        >
          {!reportedByMe && <CancelAction problem={problem} />}
        </NextStep>
      )
    case 'cancelled':
      return undefined
  }
}
