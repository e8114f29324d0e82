import type { TestContext } from 'node:test'
import {
  type EvidenceRef,
  permissions,
  postingChanged,
  roles,
  schoolRegistered,
  supervisorAppointed,
} from '@dulian/contracts'
import { ok, startTestHost, type TestHost, type TestPerson } from '@dulian/service-host/testing'
import { inspectionsService } from '../src/service.ts'

export const zoneA = '0197a000-0000-7000-8000-0000000000a1'
export const zoneB = '0197a000-0000-7000-8000-0000000000a2'
export const supervisorA = '0197a000-0000-7000-8000-000000000501'
export const supervisorB = '0197a000-0000-7000-8000-000000000502'
export const schoolA = '0197a000-0000-7000-8000-000000000001'
export const schoolB = '0197a000-0000-7000-8000-000000000002'
export const kindergarten = '0197a000-0000-7000-8000-000000000003'
export const training = '0197a000-0000-7000-8000-000000000004'
export const foreignSchool = '0197a000-0000-7000-8000-000000000091'
export const foreignSupervisor = '0197a000-0000-7000-8000-000000000591'

const schools = [
  ['yongchuan', schoolA, '示例第一小学', 'school', 'primary', zoneA, '城区责任区', supervisorA, '示例督学甲'],
  ['yongchuan', schoolB, '示例第二小学', 'school', 'primary', zoneB, '乡镇责任区', supervisorB, '示例督学乙'],
  [
    'yongchuan',
    kindergarten,
    '示例幼儿园',
    'kindergarten',
    'preschool',
    zoneA,
    '城区责任区',
    supervisorA,
    '示例督学甲',
  ],
  [
    'yongchuan',
    training,
    '示例培训机构',
    'training-institution',
    'training',
    zoneA,
    '城区责任区',
    supervisorA,
    '示例督学甲',
  ],
  ['qijiang', foreignSchool, '示例外区小学', 'school', 'primary', null, null, foreignSupervisor, '示例督学丙'],
] as const

export interface InspectionsHost extends TestHost {
  readonly head: TestPerson
  readonly staff: TestPerson
  readonly supervisor: TestPerson
  readonly otherSupervisor: TestPerson
  readonly zoneHead: TestPerson
  readonly otherZoneHead: TestPerson
  readonly principal: TestPerson
  readonly foreignHead: TestPerson
  readonly foreignSupervisorPerson: TestPerson
  /** A photo in the service's file store, as evidence. */
  photo(content?: string): Promise<EvidenceRef>
}

/** The service at work on 2026-11-03 with two offices' schools, supervisors and postings. */
export async function startInspections(t: TestContext): Promise<InspectionsHost> {
  const host = await startTestHost({
    services: [inspectionsService],
    access: { permissions, roles },
    now: '2026-11-03T01:00:00Z',
  })
  t.after(() => host.dispose())
  const appointed = new Set<string>()
  for (const [office, schoolId, name, kind, stage, zoneId, zoneName, supervisorId, supervisorName] of schools) {
    const school = {
      office,
      schoolId,
      code: schoolId.slice(-10),
      name,
      kind,
      stage,
      ownership: 'public',
      zoneId,
      zoneName,
      enrolment: 900,
    }
    await host.announce(schoolRegistered, school, office)
    await host.announce(postingChanged, { office, schoolId, supervisorId, supervisorName, from: '2026-09-01' }, office)
    if (appointed.has(supervisorId)) continue
    appointed.add(supervisorId)
    const term = { termFrom: '2025-09-01', termTo: '2028-08-31' }
    const person = { office, supervisorId, name: supervisorName, category: 'school', employment: 'part-time', ...term }
    await host.announce(supervisorAppointed, person, office)
  }
  await host.settle()
  const supervisor = host.as({
    subject: 'sup-a',
    name: '示例督学甲',
    roles: ['school-supervisor'],
    supervisor: supervisorA,
  })
  return {
    ...host,
    head: host.as({ subject: 'head', name: '示例主任', roles: ['office-head'] }),
    staff: host.as({ subject: 'staff', name: '示例科员', roles: ['office-staff'] }),
    supervisor,
    otherSupervisor: host.as({ subject: 'sup-b', roles: ['school-supervisor'], supervisor: supervisorB }),
    zoneHead: host.as({ subject: 'zone-a', roles: ['zone-head'], zone: zoneA, supervisor: supervisorA }),
    otherZoneHead: host.as({ subject: 'zone-b', roles: ['zone-head'], zone: zoneB, supervisor: supervisorB }),
    principal: host.as({ subject: 'principal-a', roles: ['school-principal'], school: schoolA }),
    foreignHead: host.as({ subject: 'head-q', office: 'qijiang', roles: ['office-head'] }),
    foreignSupervisorPerson: host.as({
      subject: 'sup-q',
      office: 'qijiang',
      roles: ['school-supervisor'],
      supervisor: foreignSupervisor,
    }),
    photo: async (content = '课表与公示不一致') => {
      const file = { name: '现场记录.txt', content }
      const { body } = ok(await supervisor.upload('/api/inspections/files', file), 201)
      return { ...body, service: 'inspections' }
    },
  }
}

export const bothSigned = {
  supervisor: { name: '示例督学甲', signedAt: '2026-11-03T01:30:00.000Z' },
  school: { name: '示例校长', signedAt: '2026-11-03T01:31:00.000Z' },
}

/** All items of the month's list for that kind of school answered 是, but for those given as negative: code → note (and evidence). */
export async function answersFor(
  person: TestPerson,
  negative: Record<string, { note: string; evidence?: EvidenceRef[] }> = {},
  kind = 'school',
): Promise<object[]> {
  const { body } = await person.get('/api/inspections/checklists')
  const lists = body.items as { standing: boolean; appliesTo: { kinds: string[] }; items: { code: string }[] }[]
  const list = lists.find(({ standing, appliesTo }) => standing && appliesTo.kinds.includes(kind))
  const items = list?.items ?? []
  return items.map(({ code }) =>
    negative[code] === undefined ? { code, answer: 'yes' } : { code, answer: 'no', ...negative[code] },
  )
}
