import type { Decoded } from '@dulian/event-sourcing'
import type { HistoryLine } from '@dulian/http-kit'
import type { SchoolEvent } from './events.ts'

/** A school's event in the words of its history. */
export function describeSchoolEvent(event: Decoded<SchoolEvent>): HistoryLine {
  switch (event.type) {
    case 'SchoolRegistered':
      return { title: '登记学校', note: event.data.zoneLimitOverride?.reason ?? null }
    case 'SchoolDetailsCorrected':
      return {
        title: '更正学校信息',
        note:
          event.data.effectiveFrom === null
            ? event.data.reason
            : `${event.data.reason}（自 ${event.data.effectiveFrom} 起）`,
      }
    case 'EnrolmentReported':
      return { title: '填报学生数', note: `${event.data.school.enrolment ?? 0} 人（截至 ${event.data.asOf}）` }
    case 'SchoolClosed':
      return { title: '学校撤并', note: `${event.data.closedOn}：${event.data.reason}` }
    default:
      event satisfies never
      return { title: '', note: null }
  }
}
