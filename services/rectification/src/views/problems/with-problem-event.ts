import { chinaDate } from '@dulian/calendar'
import { type Decoded, streamOf } from '@dulian/event-sourcing'
import { searchTokens } from '@dulian/views'
import type { Ground, ProblemEvent, ProblemOpened } from '../../problem/events.ts'
import type { ProblemStage } from '../../problem/state.ts'
import { NO_DATE, type Party, type ProblemDocument, type TimelineEntry, type Wait } from './problem-document.ts'

/** So many characters of a description can be found by searching. */
const SEARCHED = 200

/** The document after one more event; `undefined` when there is no problem it could belong to. */
export function withProblemEvent(
  before: ProblemDocument | undefined,
  event: Decoded<ProblemEvent>,
): ProblemDocument | undefined {
  if (event.type === 'ProblemOpened') return opened(event.data, event)
  if (before === undefined) return undefined
  switch (event.type) {
    case 'DemandSet': {
      const { decisionId, documentNumber, demand, dueOn, issuedBy } = event.data
      const decisions = [...before.decisions, { decisionId, documentNumber, receivedOn: null }]
      return moved(before, event, 'demanded', {
        change: { decisionId, documentNumber, demand, dueOn, originalDueOn: dueOn, decisions },
        entry: {
          title: '已下达整改决定',
          note: `${demand}（${dueOn} 前完成）`,
          documentNumber,
          actorName: issuedBy.name,
        },
      })
    }
    case 'DeadlineExtended': {
      const { dueOn, formerDueOn, reason, extendedBy } = event.data
      return moved(before, event, before.state, {
        change: { dueOn },
        entry: { title: '已批准延期', note: `${formerDueOn} 延至 ${dueOn}：${reason}`, actorName: extendedBy.name },
      })
    }
    case 'DeadlinePassed':
      return moved(before, event, before.state, {
        change: {},
        entry: { title: '整改逾期', note: `期限 ${event.data.dueOn} 已过，未见整改报告` },
      })
    case 'ProblemUrged': {
      const { noticeId, documentNumber, dueOn, text, urgedBy, urgedOn, level, levelName } = event.data
      const notice = { noticeId, documentNumber, issuedOn: urgedOn, newDueOn: dueOn, levelName, receivedOn: null }
      return moved(before, event, before.state, {
        change: {
          dueOn,
          urgings: before.urgings + 1,
          urgingLevel: Math.max(before.urgingLevel, level),
          notices: [...before.notices, notice],
        },
        entry: { title: `已发出督办通知（${levelName}）`, note: text, documentNumber, actorName: urgedBy.name },
      })
    }
    case 'RectificationReported': {
      const { text, evidence, reportedOn, reportedBy } = event.data
      const report = { text, evidence, reportedOn, reportedBy, outcome: 'waiting', outcomeNote: null } as const
      return moved(before, event, 'reported', {
        change: {
          reports: [...before.reports, report],
          evidenceCount: before.evidenceCount + evidence.length,
        },
        entry: { title: '学校已提交整改报告', note: text, evidence, actorName: reportedBy.name, bySchool: true },
      })
    }
    case 'RectificationReturned': {
      const { reason, dueOn, returnedBy } = event.data
      return moved(before, event, 'returned', {
        change: { dueOn, reports: settled(before.reports, 'returned', reason) },
        entry: { title: '整改报告被退回', note: `${reason}（${dueOn} 前重新提交）`, actorName: returnedBy.name },
      })
    }
    case 'RectificationVerified': {
      const { finding, evidence, verifiedBy } = event.data
      return moved(before, event, 'verified', {
        change: {
          reports: settled(before.reports, 'verified', finding),
          evidenceCount: before.evidenceCount + evidence.length,
        },
        entry: { title: '核查通过', note: finding, evidence, actorName: verifiedBy.name },
      })
    }
    case 'ProblemCancelled': {
      const { note, cancelledOn, cancelledBy } = event.data
      return moved(before, event, 'cancelled', {
        change: {
          cancelledOn,
          askedBody: null,
          replyDueOn: null,
          reCheckFrom: null,
          reCheckDueOn: null,
          reCheckedOn: null,
          effectConfirmedOn: null,
          reCheckOpen: true,
          effectOpen: true,
        },
        entry: { title: '已销号', note, actorName: cancelledBy.name },
      })
    }
    case 'BodyAsked': {
      const { body, question, replyDueOn, askedBy } = event.data
      return moved(before, event, before.state, {
        change: { askedBody: body, replyDueOn, body },
        entry: {
          title: `已请${body}协办`,
          note: `${question}（${replyDueOn} 前回复）`,
          actorName: askedBy.name,
          audience: 'office',
        },
      })
    }
    case 'BodyReplied': {
      const { body, text, evidence, repliedBy } = event.data
      return moved(before, event, before.state, {
        change: { askedBody: null, replyDueOn: null },
        entry: { title: `${body}已回复`, note: text, evidence, actorName: repliedBy.name, audience: 'office' },
      })
    }
    case 'ReCheckScheduled': {
      const { from, dueOn } = event.data
      return moved(before, event, before.state, {
        change: { reCheckFrom: from, reCheckDueOn: dueOn },
        entry: { title: '已安排回头看', note: `${from} 至 ${dueOn}`, audience: 'office' },
      })
    }
    case 'ReCheckPassed': {
      const { finding, evidence, checkedOn, checkedBy } = event.data
      return moved(before, event, before.state, {
        change: {
          reCheckedOn: checkedOn,
          reCheckOpen: false,
          evidenceCount: before.evidenceCount + evidence.length,
        },
        entry: { title: '回头看通过', note: finding, evidence, actorName: checkedBy.name },
      })
    }
    case 'EffectConfirmed': {
      const { note, confirmedOn, confirmedBy } = event.data
      return moved(before, event, before.state, {
        change: { effectConfirmedOn: confirmedOn, effectOpen: false },
        entry: { title: '整改成效已确认', note, actorName: confirmedBy.name },
      })
    }
    case 'ReboundFound': {
      const { description, evidence, foundBy, severity, times, urgingLevel, taskId } = event.data
      return moved(before, event, 'rebounded', {
        change: {
          severity,
          rebounds: times,
          urgingLevel,
          taskId,
          demand: null,
          dueOn: null,
          originalDueOn: null,
          decisionId: null,
          documentNumber: null,
          cancelledOn: null,
          reCheckFrom: null,
          reCheckDueOn: null,
          reCheckedOn: null,
          effectConfirmedOn: null,
          reCheckOpen: false,
          effectOpen: false,
          evidenceCount: before.evidenceCount + evidence.length,
        },
        entry: { title: `问题反弹，重新立案（第${times}次）`, note: description, evidence, actorName: foundBy.name },
      })
    }
    default: {
      const unknown: never = event
      return unknown
    }
  }
}

/** Whose turn it is in a stage; `undefined` when nobody's. */
export function partyOf(
  state: ProblemStage,
  { supervisorId, askedBody }: { readonly supervisorId: string | null; readonly askedBody: string | null },
): Party | undefined {
  if (askedBody !== null) return 'body'
  switch (state) {
    case 'opened':
    case 'rebounded':
    case 'verified':
      return 'office'
    case 'demanded':
    case 'returned':
      return 'school'
    case 'reported':
      return supervisorId === null ? 'office' : 'supervisor'
    case 'cancelled':
      return undefined
    default: {
      const unknown: never = state
      return unknown
    }
  }
}

interface Step {
  readonly change: Partial<ProblemDocument>
  readonly entry: Pick<TimelineEntry, 'title'> & Partial<TimelineEntry>
}

function opened(data: ProblemOpened, event: Decoded<ProblemEvent>): ProblemDocument {
  const { office, id: problemId } = streamOf(event)
  const { source, openedBy, origin, ground, ...facts } = data
  const { itemCode, itemTitle, clause } = ground
  const entry = timelineEntry(event, {
    title: '问题已立案',
    note: `${source.title}（${source.year}年）`,
    actorName: openedBy?.name ?? null,
    evidence: origin === null ? data.evidence : [],
  })
  return {
    ...facts,
    office,
    problemId,
    origin,
    sourceKind: source.kind,
    sourceTitle: source.title,
    sourceLevel: source.level,
    sourceYear: source.year,
    sourceDocument: source.documentNumber,
    itemCode,
    itemTitle,
    groundItem: groundItemOf(ground),
    groundClause: clause,
    state: 'opened',
    open: true,
    running: false,
    demand: null,
    dueOn: null,
    originalDueOn: null,
    sortDue: NO_DATE,
    urgings: 0,
    urgingLevel: 0,
    rebounds: 0,
    askedBody: null,
    replyDueOn: null,
    reCheckFrom: null,
    reCheckDueOn: null,
    reCheckedOn: null,
    effectConfirmedOn: null,
    reCheckOpen: false,
    effectOpen: false,
    evidenceCount: data.evidence.length,
    foundOn: origin?.foundOn ?? null,
    cancelledOn: null,
    decisionId: null,
    documentNumber: null,
    waits: [{ party: 'office', from: chinaDate(event.envelope.time), to: null }],
    words: searchTokens(data.number, data.title, data.schoolName, source.title, data.description.slice(0, SEARCHED)),
    version: event.envelope.version,
    timeline: [...originEntries(data), entry],
    reports: [],
    decisions: [],
    notices: [],
  }
}

/** Code and title together: a code alone means something else on another checklist. */
export function groundItemOf({ itemCode, itemTitle }: Pick<Ground, 'itemCode' | 'itemTitle'>): string | null {
  const item = [itemCode, itemTitle].filter((part) => part !== null && part !== '').join(' ')
  return item === '' ? null : item
}

/** 发现: the checklist line and its confirmation, as the inspections told them. */
function originEntries(data: ProblemOpened): TimelineEntry[] {
  const { origin, description, evidence } = data
  if (origin === null) return []
  const { itemCode, itemTitle, clause, foundOn, foundBy, confirmedAt, confirmedBy } = origin
  const told = { actor: 'service:inspections', bySchool: false, documentNumber: null, audience: 'all' } as const
  const basis = clause === null ? '' : `（依据${clause}）`
  return [
    {
      ...told,
      event: 'VisitRecorded',
      title: `进校督查发现：${itemCode} ${itemTitle}${basis}`,
      // Only the day of the visit is known here.
      at: foundOn,
      actorName: foundBy,
      note: description,
      evidence,
    },
    {
      ...told,
      event: 'FindingConfirmed',
      title: '发现的问题已确认',
      at: confirmedAt,
      actorName: confirmedBy,
      note: null,
      evidence: [],
    },
  ]
}

function moved(
  before: ProblemDocument,
  event: Decoded<ProblemEvent>,
  state: ProblemStage,
  { change, entry }: Step,
): ProblemDocument {
  const running = state === 'demanded' || state === 'returned'
  const dueOn = change.dueOn === undefined ? before.dueOn : change.dueOn
  return {
    ...before,
    ...change,
    state,
    open: state !== 'cancelled',
    running,
    sortDue: running && dueOn !== null ? dueOn : NO_DATE,
    waits: waited(before.waits, partyOf(state, { ...before, ...change }), chinaDate(event.envelope.time)),
    timeline: [...before.timeline, timelineEntry(event, entry)],
    version: event.envelope.version,
  }
}

/** The turn passes to another party on a day; a clock set back never makes a stretch end before it began. */
function waited(waits: readonly Wait[], party: Party | undefined, day: string): Wait[] {
  const last = waits.at(-1)
  if (last === undefined || last.party === party) return [...waits]
  // Nobody waits after a cancellation, until the problem comes back.
  if (last.to !== null)
    return party === undefined ? [...waits] : [...waits, { party, from: later(day, last.to), to: null }]
  const turn = day < last.from ? last.from : day
  const closed = [...waits.slice(0, -1), { ...last, to: turn }]
  return party === undefined ? closed : [...closed, { party, from: turn, to: null }]
}

function later(one: string, other: string): string {
  return one > other ? one : other
}

function settled(reports: ProblemDocument['reports'], outcome: 'returned' | 'verified', outcomeNote: string) {
  return reports.map((report) => (report.outcome === 'waiting' ? { ...report, outcome, outcomeNote } : report))
}

function timelineEntry(event: Decoded<ProblemEvent>, entry: Step['entry']): TimelineEntry {
  return {
    event: event.type,
    at: event.envelope.time,
    actor: event.envelope.meta.actor,
    actorName: null,
    bySchool: false,
    note: null,
    evidence: [],
    documentNumber: null,
    audience: 'all',
    ...entry,
  }
}
