import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { ReactNode } from 'react'
import type { ProblemRecord } from '../../api/types.ts'
import { useMe, useRights } from '../../app/app-context.tsx'
import type { Rights } from '../../app/rights.ts'
import { day } from '../../words/format.ts'
import { NextStep } from '../kit/record-page.tsx'
import { ConfirmEffectAction, ReCheckAction, ReplyAction } from './aftercare-actions.tsx'
import { CancelAction, ReportAction, ReturnAction, VerifyAction } from './problem-actions.tsx'
import { UrgeAction } from './urge-action.tsx'

/** The next step of a problem and, for those whose turn it is, the buttons for it. */
export function ProblemNextStep({ problem }: { problem: ProblemRecord }) {
  const rights = useRights()
  const me = useMe()
  const step = problem.nextStep
  if (step === null) return undefined
  const who = {
    school: problem.schoolName,
    office: '督导室',
    supervisor: problem.supervisorName ?? '责任督学',
    body: problem.askedBody ?? '责任部门',
  }[step.role]
  // Whoever reported may not judge the report, but reports again when it was returned.
  const judged = ['reported', 'verified', 'cancelled'].includes(problem.state)
  const reporter = [...problem.timeline].reverse().find((entry) => entry.event === 'RectificationReported')?.actor
  const reportedByMe = judged && reporter !== undefined && reporter === me.subject
  const mine = !reportedByMe && isMine(problem, rights)
  return (
    <NextStep
      who={who}
      what={reportedByMe && problem.state === 'reported' ? '等待他人核查，提交报告的人不能自己核查' : step.action}
      by={step.by === null ? undefined : `${day(step.by)}前`}
      mine={mine}
    >
      {actionsOf(problem, mine, rights)}
    </NextStep>
  )
}

function isMine(problem: ProblemRecord, rights: Rights): boolean {
  switch (problem.state) {
    case 'opened':
    case 'rebounded':
      return rights.can('problem.decide', problem)
    case 'demanded':
    case 'returned':
      return rights.can('problem.report', problem)
    case 'reported':
      return rights.can('problem.verify', problem)
    case 'verified':
      return rights.can('problem.cancel', problem)
    case 'cancelled':
      return problem.reCheck?.state === 'done'
        ? rights.can('problem.cancel', problem)
        : rights.can('problem.recheck', problem)
  }
}

function actionsOf(problem: ProblemRecord, mine: boolean, rights: Rights): ReactNode {
  if (problem.askedBody !== null && problem.nextStep?.role === 'body') {
    return rights.can('problem.reply') ? <ReplyAction problem={problem} /> : undefined
  }
  if (problem.state === 'cancelled') {
    if (!mine) return undefined
    return problem.reCheck?.state === 'done' ? (
      <ConfirmEffectAction problem={problem} />
    ) : (
      <ReCheckAction problem={problem} />
    )
  }
  if ((problem.state === 'opened' || problem.state === 'rebounded') && mine) {
    return (
      <Link to="/decisions/new" search={{ problems: problem.problemId } as never}>
        <Button type="primary">下达整改决定</Button>
      </Link>
    )
  }
  const urge = problem.overdue && rights.can('problem.urge', problem) ? <UrgeAction problem={problem} /> : undefined
  if (problem.state === 'verified') return mine ? <CancelAction problem={problem} /> : undefined
  if (problem.state === 'reported') {
    return mine || urge !== undefined ? (
      <>
        {mine && <VerifyAction problem={problem} />}
        {mine && <ReturnAction problem={problem} />}
        {urge}
      </>
    ) : undefined
  }
  return mine || urge !== undefined ? (
    <>
      {mine && <ReportAction problem={problem} />}
      {urge}
    </>
  ) : undefined
}
