import type { Decoded } from '@dulian/event-sourcing'
import type { HistoryLine } from '@dulian/http-kit'
import type { CommitteeEvent, SeatRole } from './events.ts'

export const seatTitles = {
  director: '主任',
  'deputy-director': '副主任',
  member: '委员',
  'chief-supervisor': '总督学',
  'deputy-chief-supervisor': '副总督学',
} as const satisfies Record<SeatRole, string>

/** An event of the committee in the words of its history; no phone is in them. */
export function describeCommitteeEvent(event: Decoded<CommitteeEvent>): HistoryLine {
  switch (event.type) {
    case 'MemberBodySeated':
      return { title: '增加成员单位', note: `${event.data.name}，${event.data.from} 起` }
    case 'MemberBodyRenamed':
      return {
        title: '成员单位更名',
        note: `${event.data.formerName}更名为${event.data.name}，${event.data.from} 起`,
      }
    case 'MemberBodyLeft':
      return { title: '成员单位退出', note: `${event.data.name}，至 ${event.data.to}：${event.data.reason}` }
    case 'SeatChanged': {
      const { role, personName, personTitle, from } = event.data
      return { title: `任${seatTitles[role]}`, note: `${personName}（${personTitle}），${from} 起` }
    }
    case 'SeatVacated':
      return { title: `免${seatTitles[event.data.role]}`, note: `至 ${event.data.to}：${event.data.reason}` }
    case 'LiaisonNamed':
      return { title: '确定联络员', note: `${event.data.personName}（${event.data.section}），${event.data.from} 起` }
    case 'LiaisonEnded':
      return { title: '联络员结束', note: `至 ${event.data.to}：${event.data.reason}` }
    default:
      event satisfies never
      return { title: '', note: null }
  }
}
