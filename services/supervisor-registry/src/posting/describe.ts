import type { Decoded } from '@dulian/event-sourcing'
import type { HistoryLine } from '@dulian/http-kit'
import type { PostingEvent } from './events.ts'

/** A posting's event in the words of the school's history. */
export function describePostingEvent(event: Decoded<PostingEvent>): HistoryLine {
  switch (event.type) {
    case 'SupervisorPosted':
      return { title: '挂牌督学', note: `${event.data.supervisorName}，${event.data.from} 起` }
    case 'PostingReplaced':
      return { title: '更换挂牌督学', note: `${event.data.supervisorName}，${event.data.from} 起` }
    case 'PostingEnded':
      return { title: '结束挂牌', note: `至 ${event.data.on}：${event.data.reason}` }
    case 'RecusalCleared':
      return { title: '回避预检通过', note: '没有应当回避的情形' }
    case 'RatioOverridden':
      return { title: '超配比安排', note: `${event.data.ratio}，共 ${event.data.schools} 所：${event.data.reason}` }
    default:
      event satisfies never
      return { title: '', note: null }
  }
}
