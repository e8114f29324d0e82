import { EventLog } from '@dulian/event-sourcing/testing'
import { postingEvents } from '../src/posting/events.ts'
import { type RelationFact, relationEvents } from '../src/relation/events.ts'
import { type SchoolDetails, schoolEvents } from '../src/school/events.ts'
import { type SupervisorAppointed, type SupervisorRegistered, supervisorEvents } from '../src/supervisor/events.ts'
import { zoneEvents } from '../src/zone/events.ts'

export const ids = {
  cityZone: '0197a000-0000-7000-8000-0000000000a1',
  hillZone: '0197a000-0000-7000-8000-0000000000a2',
  first: '0197a000-0000-7000-8000-000000000001',
  second: '0197a000-0000-7000-8000-000000000002',
  jia: '0197a000-0000-7000-8000-000000000501',
  yi: '0197a000-0000-7000-8000-000000000502',
  spouse: '0197a000-0000-7000-8000-000000000601',
  desk: '0197a000-0000-7000-8000-000000000602',
}

export const person: SupervisorRegistered = {
  name: '示例督学甲',
  category: 'school',
  employment: 'part-time',
  homeUnit: '示例教师进修学院',
  field: '学前教育',
  phone: '13800000001',
}

export const firstSchool: SchoolDetails = {
  code: '3150000001',
  name: '示例第一小学',
  kind: 'school',
  stage: 'primary',
  ownership: 'public',
  address: null,
  zoneId: ids.cityZone,
  zoneName: '城区责任区',
  enrolment: 1240,
}

const secondSchool: SchoolDetails = { ...firstSchool, code: '3150000002', name: '示例第二幼儿园', kind: 'kindergarten' }

const term: SupervisorAppointed = {
  name: person.name,
  category: person.category,
  employment: person.employment,
  termFrom: '2023-09-01',
  termTo: '2026-08-31',
  inOfficeFrom: '2023-09-01',
  noticeFrom: '2026-06-03',
  consecutiveTerm: 1,
  decidedBy: '示例委员会',
  decidedOn: '2023-08-20',
  rules: [],
}

export const spouse: RelationFact = {
  factId: ids.spouse,
  kind: 'kinship',
  schoolId: ids.second,
  schoolName: '示例第二幼儿园',
  description: '配偶任该园园长',
  from: '2024-09-01',
  to: null,
}

const desk: RelationFact = { ...spouse, factId: ids.desk, kind: 'present-employer', description: '任职于该园' }

const ratio = { schools: 1, large: false, rules: [] }

/** Two zones, two schools and two supervisors through everything that can happen to them. */
export function registryStory(): EventLog {
  const zone = (id: string) => `zone-yongchuan-${id}`
  const school = (id: string) => `school-yongchuan-${id}`
  const supervisor = (id: string) => `supervisor-yongchuan-${id}`
  const relation = (id: string) => `relation-yongchuan-${id}`
  const posting = (id: string) => `posting-yongchuan-${id}`
  const jia = { supervisorId: ids.jia, supervisorName: '示例督学甲' }
  const yi = { supervisorId: ids.yi, supervisorName: '示例督学乙' }
  return new EventLog()
    .add(zoneEvents, zone(ids.cityZone), { type: 'ZoneEstablished', data: { name: '城区责任区' } })
    .add(zoneEvents, zone(ids.hillZone), { type: 'ZoneEstablished', data: { name: '山区责任区' } })
    .add(schoolEvents, school(ids.first), {
      type: 'SchoolRegistered',
      data: { school: firstSchool, zoneLimitOverride: null },
    })
    .add(schoolEvents, school(ids.second), {
      type: 'SchoolRegistered',
      data: { school: secondSchool, zoneLimitOverride: null },
    })
    .add(supervisorEvents, supervisor(ids.jia), { type: 'SupervisorRegistered', data: person })
    .add(supervisorEvents, supervisor(ids.yi), {
      type: 'SupervisorRegistered',
      data: { ...person, name: '示例督学乙', employment: 'full-time' },
    })
    .add(supervisorEvents, supervisor(ids.jia), { type: 'SupervisorAppointed', data: term })
    .add(supervisorEvents, supervisor(ids.jia), {
      type: 'CertificateIssued',
      data: { certificateNumber: '督学证〔2023〕1号', termFrom: '2023-09-01', issuedOn: '2023-09-01' },
    })
    .add(supervisorEvents, supervisor(ids.yi), {
      type: 'SupervisorAppointed',
      data: { ...term, name: '示例督学乙', employment: 'full-time' },
    })
    .add(supervisorEvents, supervisor(ids.yi), {
      type: 'SupervisorDetailsCorrected',
      data: {
        homeUnit: '示例实验小学',
        formerHomeUnit: person.homeUnit,
        field: '小学数学',
        phone: '13800000009',
        effectiveFrom: '2023-09-10',
        reason: '工作调动',
      },
    })
    .add(zoneEvents, zone(ids.cityZone), { type: 'ZoneHeadNamed', data: yi })
    .add(postingEvents, posting(ids.first), { type: 'SupervisorPosted', data: { ...jia, from: '2023-09-01', ratio } })
    .add(postingEvents, posting(ids.second), { type: 'SupervisorPosted', data: { ...jia, from: '2023-09-01', ratio } })
    .add(schoolEvents, school(ids.first), {
      type: 'SchoolDetailsCorrected',
      data: {
        school: { ...firstSchool, name: '示例实验小学', zoneId: ids.hillZone, zoneName: '山区责任区' },
        reason: '更名',
        zoneLimitOverride: null,
        effectiveFrom: '2026-09-01',
      },
    })
    .add(schoolEvents, school(ids.first), {
      type: 'EnrolmentReported',
      data: {
        school: {
          ...firstSchool,
          name: '示例实验小学',
          zoneId: ids.hillZone,
          zoneName: '山区责任区',
          enrolment: 1302,
        },
        asOf: '2026-09-10',
      },
    })
    .add(postingEvents, posting(ids.first), {
      type: 'PostingReplaced',
      data: { ...yi, from: '2026-10-16', formerSupervisorId: ids.jia, formerTo: '2026-10-15', ratio },
    })
    .add(supervisorEvents, supervisor(ids.jia), {
      type: 'TermNearingEnd',
      data: { termTo: '2026-08-31', noticedOn: '2026-06-03' },
    })
    .add(supervisorEvents, supervisor(ids.jia), {
      type: 'TermEnded',
      data: { termTo: '2026-08-31', endedOn: '2026-09-01' },
    })
    .add(postingEvents, posting(ids.second), {
      type: 'PostingEnded',
      data: { supervisorId: ids.jia, on: '2026-10-31', reason: '任期届满' },
    })
    .add(schoolEvents, school(ids.second), {
      type: 'SchoolClosed',
      data: { closedOn: '2026-10-31', reason: '并入示例第三幼儿园' },
    })
    .add(supervisorEvents, supervisor(ids.yi), {
      type: 'SupervisorDismissed',
      data: { ground: 'own-request', form: 'removal', on: '2026-11-01', reason: '本人申请' },
    })
    .add(relationEvents, relation(ids.yi), {
      type: 'RelationDeclared',
      data: { fact: spouse, source: 'supervisor', relativeName: '示例亲属' },
    })
    .add(relationEvents, relation(ids.yi), {
      type: 'RelationDeclared',
      data: { fact: desk, source: 'office', relativeName: null },
    })
    .add(relationEvents, relation(ids.yi), {
      type: 'RelationVerified',
      data: { fact: spouse, note: '已核对任职文件' },
    })
    .add(relationEvents, relation(ids.yi), {
      type: 'RelationContested',
      data: { fact: desk, statement: '只是借调' },
    })
    .add(relationEvents, relation(ids.yi), { type: 'RelationEnded', data: { fact: { ...spouse, to: '2026-10-31' } } })
    .add(relationEvents, relation(ids.yi), { type: 'RelationWithdrawn', data: { fact: desk, reason: '借调未成' } })
}
