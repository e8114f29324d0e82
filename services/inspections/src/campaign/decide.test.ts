import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ruleAt } from '@dulian/dated-rules'
import { refusal } from '@dulian/event-sourcing/testing'
import { checklist, school, staff, supervisor } from '../../test/samples.ts'
import { inspectionTeam } from '../rules/inspection-team.ts'
import { campaignStream } from './campaign.ts'
import {
  assignCampaignVisit,
  cancelCampaign,
  closeCampaign,
  openCampaign,
  type PlanCampaign,
  planCampaign,
  refuseCampaignVisit,
  replanCampaign,
} from './decide.ts'
import { campaignEvents } from './events.ts'
import { type Campaign, initialCampaign } from './state.ts'

const today = '2026-09-01'
const free = { schools: [], facts: [] }
const toPlan: PlanCampaign = {
  title: '开学专项督导',
  topic: '开学专项督导',
  type: 'special',
  season: 'autumn',
  year: 2026,
  scope: { schoolIds: [], kinds: [], stages: [], ownerships: [], zoneIds: [] },
  from: today,
  to: '2026-09-15',
  checklist,
  taskId: null,
  team: [1, 2, 3].map((number) => ({ ...supervisor, supervisorId: `0197a000-0000-7000-8000-00000000050${number}` })),
  rule: ruleAt(inspectionTeam, today),
  teamOverride: null,
  ties: free,
  by: staff,
}
const reached = {
  schoolId: school.schoolId,
  schoolName: school.name,
  zoneId: school.zoneId,
  zoneName: school.zoneName,
  supervisorId: supervisor.supervisorId,
  supervisorName: supervisor.name,
}
const send = { schoolId: school.schoolId, supervisor, visit: undefined, by: staff, today }
const close = { visited: new Set([school.schoolId]), reasons: new Map(), conclusion: '良好', by: staff, today }
const planned = (state: Campaign) => planCampaign(toPlan, state)
const opened = (state: Campaign) => openCampaign({ schools: [reached], ties: free, by: staff, today }, state)
const closed = (state: Campaign) => closeCampaign(close, state)
const given = (...steps: ((state: Campaign) => ReturnType<typeof planCampaign>)[]): Campaign =>
  steps.reduce((state, step) => step(state).reduce(campaignStream.evolve, state), initialCampaign)

test('[I3] three 督学 by 《教育督导条例》第十六条: the figure is dated data with its source', () => {
  const { value, source, effectiveFrom } = ruleAt(inspectionTeam, today)
  assert.deepEqual([value.minimum, effectiveFrom], [3, '2012-10-01'])
  assert.match(source, /第十六条/)
  const two = { ...toPlan, team: toPlan.team.slice(1) }
  assert.throws(() => planCampaign(two, initialCampaign), refusal('CAMPAIGN_TEAM_TOO_SMALL', '/team'))
  assert.equal(planCampaign({ ...two, teamOverride: '病假' }, initialCampaign).length, 1)
  const ended = { ...toPlan, team: toPlan.team.map((member) => ({ ...member, termTo: '2026-08-31' })) }
  assert.throws(() => planCampaign(ended, initialCampaign), refusal('CAMPAIGN_TEAM_TERM_NOT_RUNNING', '/team/0'))
})

test('[I3] it is opened once, in time, with schools; before that it can be changed, afterwards not', () => {
  const state = given(planned)
  assert.deepEqual(replanCampaign(toPlan, state), [], 'the same plan again is no change')
  assert.throws(
    () => openCampaign({ schools: [], ties: free, by: staff, today }, state),
    refusal('CAMPAIGN_WITHOUT_SCHOOLS'),
  )
  const late = { schools: [reached], ties: free, by: staff, today: '2026-09-16' }
  assert.throws(() => openCampaign(late, state), refusal('CAMPAIGN_PERIOD_OVER'))
  assert.deepEqual(opened(given(planned, opened)), [])
  assert.throws(() => replanCampaign(toPlan, given(planned, opened)), refusal('CAMPAIGN_ALREADY_OPENED'))
  assert.throws(() => assignCampaignVisit(send, state), refusal('CAMPAIGN_NOT_OPEN'))
})

test('[I3] nobody is replaced who has begun; a refusal of an earlier sending changes nothing any more', () => {
  const state = given(planned, opened)
  assert.throws(() => assignCampaignVisit({ ...send, visit: 'started' }, state), refusal('CAMPAIGN_VISIT_UNDER_WAY'))
  assert.deepEqual(assignCampaignVisit({ ...send, visit: 'scheduled' }, state), [])
  const again = given(planned, opened, (now) => assignCampaignVisit(send, now))
  const refused = { schoolId: school.schoolId, code: 'X', reason: '任期届满' }
  assert.deepEqual(refuseCampaignVisit({ ...refused, attempt: 1 }, again), [])
  assert.equal(refuseCampaignVisit({ ...refused, attempt: 2 }, again).length, 1)
})

test('[I3] it closes with a reason for each school unvisited, never with none visited, and then changes no more', () => {
  const state = given(planned, opened)
  assert.throws(() => closeCampaign({ ...close, visited: new Set() }, state), refusal('CAMPAIGN_NOTHING_VISITED'))
  assert.throws(() => closed(given(planned)), refusal('CAMPAIGN_NOT_OPEN'))
  const over = given(planned, opened, closed)
  assert.deepEqual(closed(over), [])
  assert.throws(() => cancelCampaign({ reason: '误', by: staff }, over), refusal('CAMPAIGN_IS_CLOSED'))
})

test('every event a campaign’s decision makes can be stored', () => {
  const state = given(planned, opened)
  const events = [
    ...planned(initialCampaign),
    ...replanCampaign({ ...toPlan, title: '改' }, given(planned)),
    ...opened(given(planned)),
    ...assignCampaignVisit(send, state),
    ...refuseCampaignVisit({ schoolId: school.schoolId, attempt: 1, code: 'X', reason: '任期届满' }, state),
    ...closed(state),
    ...cancelCampaign({ reason: '并入综合督导', by: staff }, state),
  ]
  assert.deepEqual(
    new Set(events.map((event) => campaignEvents.encode(event).type)),
    new Set(campaignEvents.storedNames),
  )
})
