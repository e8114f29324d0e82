import type { Decoded } from '@dulian/event-sourcing'
import type { HistoryLine } from '@dulian/http-kit'
import type { TalentEvent } from './events.ts'

const outcomes = { appointed: '已聘任', withdrawn: '本人退出', unsuitable: '不再培养' } as const

export function describeTalentEvent(event: Decoded<TalentEvent>): HistoryLine {
  switch (event.type) {
    case 'TalentListed':
      return { title: '列入后备人才', note: `${event.data.recommendedBy}推荐。${event.data.plan}` }
    case 'TalentStepNoted':
      return { title: '培养记录', note: `${event.data.on}：${event.data.text}` }
    case 'TalentDelisted':
      return { title: `出库：${outcomes[event.data.outcome]}`, note: `${event.data.on}：${event.data.reason}` }
    default:
      event satisfies never
      return { title: '', note: null }
  }
}
