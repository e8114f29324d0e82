import type { Decoded } from '@dulian/event-sourcing'
import type { HistoryLine } from '@dulian/http-kit'
import type { AccountEvent } from './events.ts'
import { titleOf } from './roles-to-grant.ts'

/** An account's event in the words of its history. */
export function describeAccountEvent(event: Decoded<AccountEvent>): HistoryLine {
  switch (event.type) {
    case 'AccountLinked':
      return { title: '建立账号', note: null }
    case 'RoleGranted': {
      const { role, zoneName, schoolName, body, supervisorName } = event.data
      const reach = [zoneName, schoolName, body, supervisorName].filter((part) => part !== null).join('、')
      return { title: `授予角色：${titleOf(role)}`, note: reach === '' ? null : reach }
    }
    case 'RoleRevoked':
      return { title: `收回角色：${titleOf(event.data.role)}`, note: event.data.reason }
    case 'AccountDisabled':
      return { title: '停用账号', note: event.data.reason }
    case 'AccountEnabled':
      return { title: '恢复账号', note: null }
    default:
      event satisfies never
      return { title: '', note: null }
  }
}
