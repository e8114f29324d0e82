import { addDays } from '@dulian/calendar'
import { streamName } from '@dulian/event-sourcing'
import { EventLog, projectionSuite } from '@dulian/event-sourcing/testing'
import { historySuite } from '@dulian/history/testing'
import { answer, checklist, schoolId, staff, zoneId } from '../../../test/samples.ts'
import { firstWording } from '../../bulletin/bulletin-letter.ts'
import { draftBulletin, issueBulletin, rewordBulletin } from '../../bulletin/decide.ts'
import { bulletinEvents } from '../../bulletin/events.ts'
import { evolveBulletin, initialBulletin } from '../../bulletin/state.ts'
import { openSelfCheck, returnSelfCheck, submitSelfCheck } from '../../self-check/decide.ts'
import { selfCheckEvents } from '../../self-check/events.ts'
import { evolveSelfCheck, initialSelfCheck } from '../../self-check/state.ts'
import { returnZoneSummary, submitZoneSummary } from '../../zone-summary/decide.ts'
import { zoneSummaryEvents } from '../../zone-summary/events.ts'
import { evolveZoneSummary, initialZoneSummary } from '../../zone-summary/state.ts'
import { bulletinsProjection } from '../bulletins/projection.ts'
import { bulletinsHistory, listedBulletin } from '../bulletins-history/projection.ts'
import { selfChecksProjection } from '../self-checks/projection.ts'
import { listedSelfCheck, selfChecksHistory } from '../self-checks-history/projection.ts'
import { zoneSummariesProjection } from '../zone-summaries/projection.ts'
import { zoneSummariesHistory } from '../zone-summaries-history/projection.ts'

const office = 'yongchuan'
const period = '2026-11'
const id = '0197a000-0000-7000-8000-000000000d01'
const today = '2026-11-28'

/** A month in its four steps, with everything sent back once; some recorded before the day they are told for, some after. */
function aRoutineMonth() {
  const log = new EventLog()
  let day = '2026-11-23'
  const nextDay = () => {
    day = addDays(day, 1)
    log.at(`${day}T01:00:00.000Z`)
  }
  let check = initialSelfCheck
  const submit = {
    answers: checklist.items.map(({ code }) => answer(code)),
    statement: '已自查',
    checklist,
    by: staff,
    today,
  }
  const school = { schoolId, name: '示例第一小学', kind: 'school', zoneId, zoneName: '城区责任区', closedOn: null }
  const reference = { checklistId: checklist.checklistId, edition: 2, title: checklist.title }
  const rule = { id: 'self-check-term', version: 1 }
  const open = { period, school, checklist: reference, openedOn: '2026-11-01', dueOn: '2026-11-25', rule, by: null }
  for (const step of [
    (state: typeof check) => openSelfCheck(open, state),
    (state: typeof check) => submitSelfCheck(submit, state),
    (state: typeof check) => returnSelfCheck({ reason: '补充', by: staff, today }, state),
    (state: typeof check) => submitSelfCheck({ ...submit, statement: '已补充' }, state),
  ]) {
    nextDay()
    for (const event of step(check)) {
      log.add(selfCheckEvents, streamName('selfCheck', office, id), event)
      check = evolveSelfCheck(check, event)
    }
  }
  let summary = initialZoneSummary
  const counts = {
    schools: 1,
    selfChecks: 1,
    selfCheckNegatives: 0,
    toVisit: 1,
    visited: 1,
    visits: 1,
    findings: 0,
    confirmed: 0,
    openProblems: 0,
  }
  const zone = { period, zoneId, zoneName: '城区责任区', counts, negatives: [], gaps: [], gapsReason: null }
  const handIn = { ...zone, text: '本月平稳', by: staff, today, bulletinIssued: false }
  for (const step of [
    (state: typeof summary) => submitZoneSummary(handIn, state),
    (state: typeof summary) => returnZoneSummary({ reason: '补充', by: staff, today, bulletinIssued: false }, state),
    (state: typeof summary) => submitZoneSummary({ ...handIn, text: '本月总体平稳' }, state),
  ]) {
    nextDay()
    for (const event of step(summary)) {
      log.add(zoneSummaryEvents, streamName('zoneSummary', office, id), event)
      summary = evolveZoneSummary(summary, event)
    }
  }
  let bulletin = initialBulletin
  const drawn = { ...zone, summaryId: id, version: 3, text: '本月总体平稳', submittedBy: '示例组长' }
  const { summaryId, version, zoneName, text, gapsReason, submittedBy } = drawn
  const summaries = [{ summaryId, version, zoneId, zoneName, text, counts, gapsReason, submittedBy }]
  const wording = firstWording(period, summaries, [])
  for (const step of [
    (state: typeof bulletin) => draftBulletin({ period, wording, summaries, missing: [], by: staff, today }, state),
    (state: typeof bulletin) => rewordBulletin({ wording: { ...wording, requirements: '抓好整改' }, by: staff }, state),
    (state: typeof bulletin) =>
      issueBulletin(
        { documentNumber: '永教督通〔2026〕1号', approver: '示例主任', standing: summaries, by: staff, today },
        state,
      ),
  ]) {
    nextDay()
    for (const event of step(bulletin)) {
      log.add(bulletinEvents, streamName('bulletin', office, id), event)
      bulletin = evolveBulletin(bulletin, event)
    }
  }
  return log.events
}

for (const projection of [selfChecksProjection, zoneSummariesProjection, bulletinsProjection]) {
  projectionSuite(projection, aRoutineMonth())
}
historySuite(selfChecksHistory, selfChecksProjection, aRoutineMonth(), (_collection, check) => listedSelfCheck(check))
historySuite(zoneSummariesHistory, zoneSummariesProjection, aRoutineMonth())
historySuite(bulletinsHistory, bulletinsProjection, aRoutineMonth(), (_collection, bulletin) =>
  listedBulletin(bulletin),
)
