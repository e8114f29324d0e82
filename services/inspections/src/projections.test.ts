import assert from 'node:assert/strict'
import { test } from 'node:test'
import { streamName } from '@dulian/event-sourcing'
import { EventLog, project, projectionSuite } from '@dulian/event-sourcing/testing'
import { historySuite } from '@dulian/history/testing'
import { clockEvents } from '@dulian/service-host'
import { addCampaign, addDuties } from '../test/golden-stories.ts'
import {
  answer,
  checklist,
  photo,
  record,
  school,
  schoolId,
  staff,
  supervisor,
  supervisorId,
  visitId,
  zoneId,
} from '../test/samples.ts'
import { checklistEvents } from './checklist/events.ts'
import { inbox } from './integration/consume.ts'
import { projections } from './projections.ts'
import { CAMPAIGNS, campaignsProjection } from './views/campaigns/projection.ts'
import { campaignsHistory, listedCampaign, listedCampaignSchool } from './views/campaigns-history/projection.ts'
import { coverageProjection } from './views/coverage/projection.ts'
import { coverageHistory } from './views/coverage-history/projection.ts'
import { findingsProjection } from './views/findings/projection.ts'
import { findingsHistory } from './views/findings-history/projection.ts'
import type { KnownSchool } from './views/known-schools/known-school.ts'
import { knownSchoolsProjection } from './views/known-schools/projection.ts'
import { knownSchoolsHistory } from './views/known-schools-history/projection.ts'
import { ledgerProjection } from './views/ledger/projection.ts'
import { ledgerHistory } from './views/ledger-history/projection.ts'
import { monthlyDutiesProjection } from './views/monthly-duties/projection.ts'
import { monthlyDutiesHistory } from './views/monthly-duties-history/projection.ts'
import { visitsProjection } from './views/visits/projection.ts'
import { listedVisit, visitsHistory } from './views/visits-history/projection.ts'
import { confirmFinding, dismissFinding, missVisit, recordVisit, scheduleVisit, startVisit } from './visit/decide.ts'
import { type VisitEvent, visitEvents } from './visit/events.ts'
import { evolveVisit, initialVisit, type Visit } from './visit/state.ts'

const otherSupervisor = '0197a000-0000-7000-8000-000000000502'
const otherVisit = '0197a000-0000-7000-8000-000000000702'
const problemId = '0197a000-0000-7000-8000-000000000a01'

const registered = {
  office: 'yongchuan',
  schoolId,
  code: '3150000001',
  name: '示例第一小学',
  kind: 'school',
  stage: 'primary',
  ownership: 'public',
  zoneId,
  zoneName: '城区责任区',
  enrolment: 1240,
} as const

/** A month of everything: registry facts, a list, two visits, one finding to its cancelled problem, a new posting. */
function aMonth() {
  const office = 'yongchuan'
  const log = new EventLog()
  const told = (id: string, event: Parameters<typeof inbox.encode>[0]) =>
    log.add(inbox, streamName('inbox', office, id), event)
  let state: Visit = initialVisit
  const happened = (id: string, events: readonly VisitEvent[]) => {
    for (const event of events) log.add(visitEvents, streamName('visit', office, id), event)
    state = events.reduce(evolveVisit, state)
  }
  told('posting', {
    type: 'PostingChanged',
    data: { office, schoolId, supervisorId, supervisorName: '示例督学甲', from: '2026-09-01' },
  })
  told('school', { type: 'SchoolRegistered', data: registered })
  told('supervisor', {
    type: 'SupervisorAppointed',
    data: {
      office,
      supervisorId,
      name: '示例督学甲',
      category: 'school',
      employment: 'part-time',
      termFrom: '2025-09-01',
      termTo: '2028-08-31',
    },
  })
  told('recusal', {
    type: 'RecusalFactChanged',
    data: {
      office,
      factId: problemId,
      supervisorId: otherSupervisor,
      kind: 'kinship',
      schoolId,
      schoolName: '示例第一小学',
      description: '配偶任该校校长',
      from: null,
      to: null,
      withdrawn: false,
    },
  })
  told('task', {
    type: 'TaskAssigned',
    data: {
      office,
      taskId: problemId,
      planId: problemId,
      planTitle: '工作要点',
      itemPath: '四、 › 3.',
      title: '每月摸排',
      bodies: [],
    },
  })
  log.add(checklistEvents, streamName('checklist', office, checklist.checklistId), {
    type: 'ChecklistDrafted',
    data: { title: '专项', appliesTo: checklist.appliesTo, items: checklist.items },
  })
  log.add(checklistEvents, streamName('checklist', office, checklist.checklistId), {
    type: 'ChecklistPublished',
    data: { edition: 1, title: '专项', appliesTo: checklist.appliesTo, items: checklist.items },
  })

  const plan = {
    school,
    supervisor,
    checklist,
    scheduledFor: '2026-11-03',
    taskId: null,
    by: staff,
    today: '2026-11-02',
  }
  happened(visitId, scheduleVisit(plan, state))
  happened(visitId, startVisit({ at: '2026-11-03T01:00:00.000Z' }, state))
  const negative = (code: string) => answer(code, { answer: 'no', note: '不符合', evidence: [photo] })
  happened(visitId, recordVisit(record({ answers: [negative('A01'), negative('C02'), answer('D01')] }), state))
  const findings = state.stage === 'recorded' ? [...state.findings.keys()] : []
  const [first = '', second = ''] = findings
  happened(
    visitId,
    confirmFinding(
      { findingId: first, severity: 'urgent', description: '通道被堵', at: '2026-11-04T01:00:00.000Z', by: staff },
      state,
    ),
  )
  happened(visitId, dismissFinding({ findingId: second, reason: '已解释', by: staff }, state))
  const key = {
    office,
    problemId,
    schoolId,
    schoolName: '示例第一小学',
    findingId: first,
    visitId,
    taskId: null,
    title: '消防通道畅通',
  }
  told('problem', { type: 'ProblemOpened', data: { ...key, openedOn: '2026-11-04' } })

  state = initialVisit
  happened(otherVisit, scheduleVisit({ ...plan, scheduledFor: '2026-11-20' }, state))
  log.at('2026-11-10T01:00:00.000Z')
  told('posting', {
    type: 'PostingChanged',
    data: { office, schoolId, supervisorId: otherSupervisor, supervisorName: '示例督学乙', from: '2026-12-01' },
  })
  const beforeDecember = log.events.length
  log.at('2026-11-30T16:00:05.000Z')
  log.add(clockEvents, streamName('clock', 'all', 'days'), {
    type: 'DayBegan',
    data: { date: '2026-12-01', workingDay: true },
  })
  happened(otherVisit, missVisit({ date: '2026-12-01' }, state))
  const beforeCancel = log.events.length
  told('problem', { type: 'ProblemCancelled', data: { ...key, cancelledAt: '2026-12-02T03:00:00.000Z' } })
  told('problem', { type: 'ProblemRebounded', data: { ...key, reboundedOn: '2026-12-03', times: 1 } })
  told('problem', { type: 'ProblemCancelled', data: { ...key, cancelledAt: '2026-12-04T03:00:00.000Z' } })
  told('supervisor', { type: 'SupervisorDismissed', data: { office, supervisorId, dismissedOn: '2026-12-01' } })
  told('school', { type: 'SchoolClosed', data: { office, schoolId, closedOn: '2026-12-31' } })
  told('school', { type: 'SchoolChanged', data: { ...registered, enrolment: 0 } })
  addCampaign(log)
  addDuties(log)
  return { events: log.events, beforeDecember, beforeCancel }
}

/** Their story is told in views/routine/routine-projections.test.ts. */
const ofRoutine = new Set(['self-checks', 'zone-summaries', 'bulletins'].flatMap((name) => [name, `${name}-history`]))
for (const projection of projections) {
  if (!ofRoutine.has(projection.space.name)) projectionSuite(projection, aMonth().events)
}
historySuite(visitsHistory, visitsProjection, aMonth().events, (_collection, visit) => listedVisit(visit))
historySuite(findingsHistory, findingsProjection, aMonth().events)
historySuite(monthlyDutiesHistory, monthlyDutiesProjection, aMonth().events)
historySuite(ledgerHistory, ledgerProjection, aMonth().events)
historySuite(knownSchoolsHistory, knownSchoolsProjection, aMonth().events)
historySuite(coverageHistory, coverageProjection, aMonth().events)
historySuite(campaignsHistory, campaignsProjection, aMonth().events, (collection, document) =>
  collection === CAMPAIGNS ? listedCampaign(document) : listedCampaignSchool(document),
)

async function schoolAfter(count: number): Promise<KnownSchool> {
  const view = await project(knownSchoolsProjection, aMonth().events.slice(0, count))
  const known = view.document<KnownSchool>('schools', schoolId)
  assert.ok(known)
  return known
}

test('[R7] a posting announced for a later day takes over when that day begins, not before', async () => {
  const { beforeDecember } = aMonth()
  assert.equal((await schoolAfter(beforeDecember)).supervisorName, '示例督学甲')
  const after = await schoolAfter(beforeDecember + 1)
  assert.deepEqual([after.supervisorName, after.postedFrom], ['示例督学乙', '2026-12-01'])
})

test('a posting told before its school is not lost', async () => {
  const known = await schoolAfter(2)
  assert.deepEqual([known.status, known.name, known.supervisorName], ['open', '示例第一小学', '示例督学甲'])
  assert.equal((await schoolAfter(1)).status, 'unknown')
})

test('open problems are counted by their ids and a closed school stays closed', async () => {
  const { beforeCancel, events } = aMonth()
  assert.deepEqual((await schoolAfter(beforeCancel)).openProblemIds, [problemId])
  const last = await schoolAfter(events.length)
  assert.deepEqual([last.openProblemIds, last.status, last.closedOn], [[], 'closed', '2026-12-31'])
})

test('[I10] the ledger has a row per school and item; a row is settled by dismissal or by 销号', async () => {
  const { events, beforeCancel } = aMonth()
  const unsettled = async (count: number) => {
    const view = await project(ledgerProjection, events.slice(0, count))
    return Object.values(view.all())
      .map((row) => row as { itemCode?: string; unsettled?: boolean })
      .filter((row) => row.itemCode !== undefined)
      .map((row) => [row.itemCode, row.unsettled])
  }
  assert.deepEqual(await unsettled(beforeCancel), [
    ['A01', true],
    ['C02', false],
    ['D01', false],
  ])
  assert.deepEqual((await unsettled(events.length)).slice(0, 3), [
    ['A01', false],
    ['C02', false],
    ['D01', false],
  ])
})
