import type { EvidenceRef } from '@dulian/contracts'
import type { ChecklistEdition, ChecklistItem } from '../src/checklist/checklist-item.ts'
import type { SchoolFacts, SupervisorTerm } from '../src/visit/decide.ts'
import type { VisitRecorded } from '../src/visit/events.ts'
import type { GivenAnswer, RecordVisit } from '../src/visit/record.ts'

export const visitId = '0197a000-0000-7000-8000-000000000701'
export const schoolId = '0197a000-0000-7000-8000-000000000001'
export const zoneId = '0197a000-0000-7000-8000-0000000000a1'
export const supervisorId = '0197a000-0000-7000-8000-000000000501'

export const school: SchoolFacts = {
  schoolId,
  name: '示例第一小学',
  zoneId,
  zoneName: '城区责任区',
  closedOn: null,
}

export const supervisor: SupervisorTerm = {
  supervisorId,
  name: '示例督学甲',
  termFrom: '2025-09-01',
  termTo: '2028-08-31',
}

function item(code: string, group: string, title: string, given: Partial<ChecklistItem> = {}): ChecklistItem {
  return {
    code,
    group,
    title,
    clause: null,
    prompt: null,
    negative: null,
    evidence: 'optional',
    severity: 'ordinary',
    ...given,
  }
}

export const staff = { subject: 'staff', name: '示例科员' }

export const checklist: ChecklistEdition = {
  checklistId: '0197a000-0000-7000-8000-000000000c01',
  edition: 2,
  title: '每月进校督查清单',
  appliesTo: { kinds: [], stages: [] },
  items: [
    item('A01', '学校安全', '消防通道畅通', { severity: 'serious' }),
    item('C02', '“阴阳课表”', '课表执行一致，没有“阴阳课表”'),
    item('D01', '“双减”', '作业符合“双减”要求'),
  ],
  rule: null,
}

export const photo: EvidenceRef = {
  hash: 'a'.repeat(64),
  name: '课表.jpg',
  mediaType: 'image/jpeg',
  size: 2048,
  service: 'inspections',
}

export const signatures: VisitRecorded['signatures'] = {
  supervisor: { name: '示例督学甲', signedAt: '2026-11-03T03:00:00.000Z', image: null },
  school: { name: '示例校长', signedAt: '2026-11-03T03:01:00.000Z', image: null },
}

export function answer(code: string, given: Partial<GivenAnswer> = {}): GivenAnswer {
  return { code, answer: 'yes', note: null, evidence: [], ...given }
}

/** A record with everything in order; give what the test is about. */
export function record(given: Partial<RecordVisit> = {}): RecordVisit {
  return {
    visitId,
    visitedOn: '2026-11-03',
    answers: checklist.items.map(({ code }) => answer(code)),
    signatures,
    today: '2026-11-03',
    ...given,
  }
}
