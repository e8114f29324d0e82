import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EventLog, project, projectionSuite } from '@dulian/event-sourcing/testing'
import { committeeEvents } from '../../committee/events.ts'
import {
  BODIES,
  COMMITTEE_VERSIONS,
  type CommitteeVersion,
  committeeProjection,
  type MemberBodyDocument,
  TENURES,
  type TenureDocument,
} from './projection.ts'

const stream = 'committee-yongchuan-board'
const bodyId = '0197a000-0000-7000-8000-000000000701'
const otherId = '0197a000-0000-7000-8000-000000000702'
const director = { seatId: 'director', role: 'director', bodyId: null, supervisorId: null } as const
const liaison = { bodyId, personName: '示例联络员', section: '教科文科', phone: '13800000002', from: '2021-09-01' }
const { events } = new EventLog().add(
  committeeEvents,
  stream,
  { type: 'MemberBodySeated', data: { bodyId, name: '示例区财政局', from: '2021-09-01' } },
  { type: 'MemberBodySeated', data: { bodyId: otherId, name: '示例区民政局', from: '2021-09-01' } },
  { type: 'SeatChanged', data: { ...director, personName: '示例主任甲', personTitle: '副区长', from: '2021-09-01' } },
  { type: 'LiaisonNamed', data: liaison },
  { type: 'SeatChanged', data: { ...director, personName: '示例主任乙', personTitle: '副区长', from: '2024-03-01' } },
  {
    type: 'MemberBodyRenamed',
    data: { bodyId, name: '示例区财政和国资局', formerName: '示例区财政局', from: '2024-03-01' },
  },
  { type: 'LiaisonNamed', data: { ...liaison, personName: '示例联络员乙', from: '2025-01-01' } },
  { type: 'LiaisonEnded', data: { bodyId, to: '2026-01-31', reason: '轮岗' } },
  { type: 'SeatVacated', data: { seatId: 'director', role: 'director', to: '2026-02-28', reason: '工作变动' } },
  { type: 'MemberBodyLeft', data: { bodyId: otherId, name: '示例区民政局', to: '2026-02-28', reason: '机构改革' } },
)

test('[G1] a change is dated: who came before held the seat through the day before', async () => {
  const view = await project(committeeProjection, events)
  const rows = view.documents<TenureDocument>(TENURES).filter(({ role }) => role === 'director')
  assert.deepEqual(
    rows.map(({ personName, from, to }) => [personName, from, to]).toSorted(),
    [
      ['示例主任乙', '2024-03-01', '2026-02-28'],
      ['示例主任甲', '2021-09-01', '2024-02-29'],
    ].toSorted(),
  )
  assert.equal(view.document<CommitteeVersion>(COMMITTEE_VERSIONS, 'yongchuan')?.version, 10)
})

test('[G3] a body without a liaison is told from one that has one', async () => {
  const before = await project(committeeProjection, events.slice(0, 7))
  assert.equal(before.document<MemberBodyDocument>(BODIES, bodyId)?.liaisonName, '示例联络员乙')
  assert.equal(before.document<MemberBodyDocument>(BODIES, bodyId)?.hasLiaison, true)
  assert.equal(before.document<MemberBodyDocument>(BODIES, otherId)?.hasLiaison, false)
  const after = await project(committeeProjection, events)
  assert.equal(after.document<MemberBodyDocument>(BODIES, bodyId)?.hasLiaison, false)
  assert.equal(after.document<MemberBodyDocument>(BODIES, otherId)?.to, '2026-02-28')
})

test('[G3] no document of the view holds a whole phone number', async () => {
  const dump = JSON.stringify((await project(committeeProjection, events.slice(0, 4))).all())
  assert.ok(!dump.includes(liaison.phone))
  assert.ok(dump.includes('138****0002'))
})

projectionSuite(committeeProjection, events)
