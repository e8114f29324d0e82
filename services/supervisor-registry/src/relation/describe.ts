import type { Decoded } from '@dulian/event-sourcing'
import type { HistoryLine } from '@dulian/http-kit'
import type { RelationEvent } from './events.ts'

const sources = { supervisor: '本人申报', office: '督导室登记', 'home-unit': '所在单位即为登记学校' } as const

/** A tie's event in the words of the person's history; the relative's name is in none of them. */
export function describeRelationEvent(event: Decoded<RelationEvent>): HistoryLine {
  const { fact } = event.data
  const what = `${fact.schoolName}：${fact.description}`
  switch (event.type) {
    case 'RelationDeclared':
      return { title: '登记回避关系', note: `${what}（${sources[event.data.source]}）` }
    case 'RelationVerified':
      return { title: '核实回避关系', note: event.data.note === null ? what : `${what}。${event.data.note}` }
    case 'RelationContested':
      return { title: '对回避关系提出异议', note: `${what}。${event.data.statement}` }
    case 'RelationEnded':
      return { title: '回避关系结束', note: `${what}，至 ${fact.to ?? '—'}` }
    case 'RelationWithdrawn':
      return { title: '撤销误登的回避关系', note: `${what}。${event.data.reason}` }
    default:
      event satisfies never
      return { title: '', note: null }
  }
}
