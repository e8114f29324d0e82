import { defineStream, deterministicId } from '@dulian/event-sourcing'
import { type AccountEvent, accountEvents } from './events.ts'
import { type Account, evolveAccount, initialAccount } from './state.ts'

/** One stream per person who may sign in, and office. */
export const accountStream = defineStream<Account, AccountEvent>({
  category: 'account',
  events: accountEvents,
  initial: initialAccount,
  evolve: evolveAccount,
})

/** An account's id follows from its office and its identity: linking one twice meets the same stream. */
export function accountIdOf(office: string, issuer: string, subject: string): string {
  return deterministicId('account', office, issuer, subject)
}
