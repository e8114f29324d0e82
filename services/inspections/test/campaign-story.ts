import type { TestContext } from 'node:test'
import { type EvidenceRef, schoolRegistered, supervisorAppointed } from '@dulian/contracts'
import { ok, type TestPerson } from '@dulian/service-host/testing'
import {
  bothSigned,
  type InspectionsHost,
  startInspections,
  supervisorA,
  supervisorB,
  zoneA,
} from './inspections-host.ts'

const api = '/api/inspections'
const third = '0197a000-0000-7000-8000-000000000503'
/** A school that nobody is posted at. */
export const unposted = '0197a000-0000-7000-8000-000000000005'

export const team = [supervisorA, supervisorB, third]

/** The office with a third 督学, and a school without a posting. */
export async function startWithTeam(t: TestContext): Promise<InspectionsHost> {
  const host = await startInspections(t)
  const office = 'yongchuan'
  const term = { termFrom: '2025-09-01', termTo: '2028-08-31' }
  await host.announce(supervisorAppointed, {
    office,
    supervisorId: third,
    name: '示例督学丁',
    category: 'government',
    employment: 'full-time',
    ...term,
  })
  await host.announce(schoolRegistered, {
    office,
    schoolId: unposted,
    code: '9',
    name: '示例无挂牌小学',
    kind: 'school',
    stage: 'primary',
    ownership: 'public',
    zoneId: zoneA,
    zoneName: '城区责任区',
    enrolment: 300,
  })
  await host.settle()
  return host
}

/** A 开学专项督导 from today to 20 November, ready to be planned. */
export async function campaignOf(person: TestPerson, given: object = {}): Promise<object> {
  const { body } = await person.get(`${api}/checklists`)
  const lists = body.items as { checklistId: string; title: string }[]
  const opening = lists.find(({ title }) => title === '开学专项督导')
  return {
    title: '2026年秋季开学专项督导',
    topic: '开学专项督导',
    type: 'special',
    season: 'autumn',
    from: '2026-11-03',
    to: '2026-11-20',
    checklistId: opening?.checklistId,
    team,
    ...given,
  }
}

/** Planned and opened, with its visits scheduled. */
export async function openedCampaign(
  host: InspectionsHost,
  given: object = {},
): Promise<{ readonly id: string; readonly version: number }> {
  const planned = ok(await host.staff.post(`${api}/campaigns`, await campaignOf(host.staff, given)), 201)
  const opened = ok(await host.staff.post(`${api}/campaigns/${planned.body.id}/open`, {}, { ifMatch: 1 }))
  await host.settle()
  return { id: planned.body.id, version: opened.body.version }
}

/** Whoever is sent there makes the campaign's visit; everything 是 but what is given. */
export async function recordCampaignVisit(
  host: InspectionsHost,
  {
    campaignId,
    schoolId,
    negative = {},
  }: {
    readonly campaignId: string
    readonly schoolId: string
    readonly negative?: Record<string, { note: string; evidence?: EvidenceRef[] }>
  },
): Promise<void> {
  const { items } = ok(await host.head.get(`${api}/campaign-schools?campaignId=${campaignId}`)).body
  const school = items.find((one: { schoolId: string }) => one.schoolId === schoolId)
  const path = `${api}/visits/${school.visitId}`
  const { checklist } = ok(await host.head.get(path)).body
  const answers = (checklist.items as { code: string }[]).map(({ code }) =>
    negative[code] === undefined ? { code, answer: 'yes' } : { code, answer: 'no', ...negative[code] },
  )
  const person = school.supervisorId === supervisorA ? host.supervisor : host.otherSupervisor
  ok(await person.post(`${path}/record`, { visitedOn: '2026-11-03', answers, signatures: bothSigned }))
  await host.settle()
}
