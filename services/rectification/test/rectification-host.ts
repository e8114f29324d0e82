import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import {
  type EvidenceRef,
  findingConfirmed,
  permissions,
  postingChanged,
  roles,
  schoolRegistered,
} from '@dulian/contracts'
import { deterministicId } from '@dulian/event-sourcing'
import { type Answer, ok, startTestHost, type TestHost, type TestPerson } from '@dulian/service-host/testing'
import { rectificationService } from '../src/service.ts'

export const zoneA = '0197a000-0000-7000-8000-0000000000a1'
export const zoneB = '0197a000-0000-7000-8000-0000000000a2'
export const supervisorA = '0197a000-0000-7000-8000-000000000501'
export const supervisorB = '0197a000-0000-7000-8000-000000000502'
export const schoolA = '0197a000-0000-7000-8000-000000000001'
export const schoolB = '0197a000-0000-7000-8000-000000000002'
export const foreignSchool = '0197a000-0000-7000-8000-000000000091'

const schools = [
  ['yongchuan', schoolA, '示例第一小学', zoneA, '城区责任区', supervisorA, '示例督学甲'],
  ['yongchuan', schoolB, '示例第二小学', zoneB, '乡镇责任区', supervisorB, '示例督学乙'],
  ['qijiang', foreignSchool, '示例外区小学', null, null, null, null],
] as const

export const api = '/api/rectification'

export interface RectificationHost extends TestHost {
  readonly head: TestPerson
  readonly staff: TestPerson
  readonly supervisor: TestPerson
  readonly otherSupervisor: TestPerson
  readonly zoneHead: TestPerson
  readonly otherZoneHead: TestPerson
  readonly principal: TestPerson
  readonly otherPrincipal: TestPerson
  readonly liaison: TestPerson
  readonly foreignHead: TestPerson
  /** A file in the service's store, as evidence. */
  evidence(content?: string): Promise<EvidenceRef>
  /** The inspections confirm a finding at that school; answers the problem it leads to. */
  finding(school?: string, given?: { readonly itemCode?: string; readonly foundOn?: string }): Promise<string>
  /** The head decides on one problem; answers the version the problem has then. */
  demand(problemId: string, dueOn: string, demand?: string): Promise<number>
  problem(problemId: string, person?: TestPerson): Promise<Answer['body']>
}

/** The service at work (Monday 2026-11-02, 9:00 in China) with two schools, their supervisors, and another office. */
export async function startRectification(t: TestContext, now = '2026-11-02T01:00:00Z'): Promise<RectificationHost> {
  const host = await startTestHost({ services: [rectificationService], access: { permissions, roles }, now })
  t.after(() => host.dispose())
  for (const [office, schoolId, name, zoneId, zoneName, supervisorId, supervisorName] of schools) {
    const kinds = { kind: 'school', stage: 'primary', ownership: 'public' }
    const school = { office, schoolId, code: schoolId.slice(-10), name, ...kinds, zoneId, zoneName, enrolment: 900 }
    await host.announce(schoolRegistered, school, office)
    const posting = { office, schoolId, supervisorId, supervisorName, from: '2026-09-01' }
    if (supervisorId !== null) await host.announce(postingChanged, posting, office)
  }
  await host.settle()
  const principal = host.as({ subject: 'principal-a', name: '示例校长', roles: ['school-principal'], school: schoolA })
  const head = host.as({ subject: 'head', name: '示例主任', roles: ['office-head'] })

  return {
    ...host,
    head,
    staff: host.as({ subject: 'staff', name: '示例科员', roles: ['office-staff'] }),
    supervisor: host.as({
      subject: 'sup-a',
      name: '示例督学甲',
      roles: ['school-supervisor'],
      supervisor: supervisorA,
    }),
    otherSupervisor: host.as({ subject: 'sup-b', roles: ['school-supervisor'], supervisor: supervisorB }),
    zoneHead: host.as({
      subject: 'zone-a',
      name: '示例组长',
      roles: ['zone-head'],
      zone: zoneA,
      supervisor: supervisorA,
    }),
    otherZoneHead: host.as({ subject: 'zone-b', roles: ['zone-head'], zone: zoneB, supervisor: supervisorB }),
    principal,
    otherPrincipal: host.as({ subject: 'principal-b', roles: ['school-principal'], school: schoolB }),
    liaison: host.as({ subject: 'liaison', roles: ['department-liaison'], body: '区住建委' }),
    foreignHead: host.as({ subject: 'head-q', office: 'qijiang', roles: ['office-head'] }),

    async evidence(content = '整改后的现场记录') {
      const { body } = ok(await principal.upload(`${api}/files`, { name: '现场记录.txt', content }), 201)
      return { ...body, service: 'rectification' }
    },

    async finding(schoolId = schoolA, { itemCode = 'A05', foundOn = '2026-11-02' } = {}) {
      const school = schools.find(([, id]) => id === schoolId)
      assert.ok(school)
      const [office, , schoolName, zoneId, zoneName, supervisorId, supervisorName] = school
      const findingId = deterministicId('test-finding', schoolId, itemCode, foundOn)
      const data = {
        ...findingConfirmed.example,
        office,
        findingId,
        schoolId,
        schoolName,
        zoneId,
        zoneName,
        supervisorId: supervisorId ?? supervisorA,
        supervisorName: supervisorName ?? '示例督学丙',
        itemCode,
        itemTitle: `消防通道畅通（${itemCode}）`,
        foundOn,
        confirmedAt: new Date(host.clock.now()).toISOString(),
      }
      await host.announce(findingConfirmed, data, office)
      await host.settle()
      return deterministicId('problem', findingId)
    },

    async demand(problemId, dueOn, demand = '清理楼梯间，保持通道畅通') {
      const body = { form: 'writing', problems: [{ problemId, demand, dueOn }] }
      const issued = ok(await head.post(`${api}/decisions`, body), 201)
      const after = ok(await head.get(`${api}/problems/${problemId}`, { 'min-position': issued.body.position }))
      return after.body.version
    },

    problem: async (problemId, person = head) => ok(await person.get(`${api}/problems/${problemId}`)).body,
  }
}
