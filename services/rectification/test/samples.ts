import type { EvidenceRef } from '@dulian/contracts'
import type { Actor } from '../src/problem/decide.ts'
import type { ProblemOpened } from '../src/problem/events.ts'

export const problemId = '0197a000-0000-7000-8000-000000000a01'
export const otherProblemId = '0197a000-0000-7000-8000-000000000a02'
export const decisionId = '0197a000-0000-7000-8000-000000000d01'
export const noticeId = '0197a000-0000-7000-8000-000000000b01'
export const schoolId = '0197a000-0000-7000-8000-000000000001'
export const zoneId = '0197a000-0000-7000-8000-0000000000a1'
export const supervisorId = '0197a000-0000-7000-8000-000000000501'
export const findingId = '0197a000-0000-7000-8000-000000000801'
export const visitId = '0197a000-0000-7000-8000-000000000701'

export const photo: EvidenceRef = {
  hash: 'a'.repeat(64),
  name: '整改后.jpg',
  mediaType: 'image/jpeg',
  size: 2048,
  service: 'rectification',
}

export const head: Actor = { subject: 'head', name: '示例主任', schoolId: null }
export const supervisor: Actor = { subject: 'sup-a', name: '示例督学甲', schoolId: null }
export const principal: Actor = { subject: 'principal-a', name: '示例校长', schoolId }

export const facts: ProblemOpened = {
  number: '永-2026-0001',
  title: '消防通道畅通',
  description: '东侧楼梯间堆放课桌，消防通道不畅。',
  severity: 'serious',
  schoolId,
  schoolName: '示例第一小学',
  zoneId,
  zoneName: '城区责任区',
  supervisorId,
  supervisorName: '示例督学甲',
  body: null,
  source: { kind: 'routine', title: '责任督学进校督查', level: 'district', year: 2026, documentNumber: null },
  ground: { itemCode: 'A05', itemTitle: '消防通道畅通', clause: null },
  feedbackId: null,
  evidence: [],
  origin: {
    findingId,
    visitId,
    itemCode: 'A05',
    itemTitle: '消防通道畅通',
    clause: null,
    foundOn: '2026-11-03',
    foundBy: '示例督学甲',
    confirmedAt: '2026-11-04T02:00:00.000Z',
    confirmedBy: '示例主任',
  },
  findingId,
  visitId,
  taskId: null,
  openedOn: '2026-11-04',
  openedBy: null,
}
