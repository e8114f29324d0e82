import type { Decoded } from '@dulian/event-sourcing'
import type { HistoryLine } from '@dulian/http-kit'
import type { SupervisorEvent } from './events.ts'

/** A supervisor's event in the words of the person's history; the phone is in none of them. */
export function describeSupervisorEvent(event: Decoded<SupervisorEvent>): HistoryLine {
  switch (event.type) {
    case 'SupervisorRegistered':
      return { title: '登记入库', note: `${event.data.homeUnit}，${event.data.field}` }
    case 'SupervisorDetailsCorrected': {
      const { homeUnit, formerHomeUnit, field, phone, reason } = event.data
      const changes = [
        ...(homeUnit === null ? [] : [`所在单位由${formerHomeUnit ?? '—'}改为${homeUnit}`]),
        ...(field === null ? [] : [`专长改为${field}`]),
        ...(phone === null ? [] : ['电话已更换']),
      ]
      return { title: '更正信息', note: `${changes.join('，')}（${reason}）` }
    }
    case 'SupervisorAppointed':
      return { title: '聘任', note: `${event.data.termFrom} 至 ${event.data.termTo}，${event.data.decidedBy}决定` }
    case 'SupervisorReappointed':
      return { title: '续聘', note: `${event.data.termFrom} 至 ${event.data.termTo}，${event.data.decidedBy}决定` }
    case 'CertificateIssued':
      return { title: '颁发聘书和督学证', note: event.data.certificateNumber }
    case 'TermNearingEnd':
      return { title: '任期将到期', note: `${event.data.termTo} 届满` }
    case 'TermEnded':
      return { title: '任期届满', note: `任期至 ${event.data.termTo}` }
    case 'SupervisorDismissed':
      return { title: event.data.form === 'removal' ? '解任' : '解聘', note: event.data.reason }
    default:
      event satisfies never
      return { title: '', note: null }
  }
}
