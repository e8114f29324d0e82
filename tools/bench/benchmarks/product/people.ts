import type { Issuer } from './sign-in.ts'
import { OFFICES, officeOf } from './stored-tasks.ts'

/** `Authorization` headers: person n is the head of the office of every task n, n + OFFICES, … */
export async function signInHeads(issuer: Issuer, count: number): Promise<string[]> {
  if (count % OFFICES !== 0) throw new RangeError(`people and tasks meet only in multiples of ${OFFICES}`)
  return await Promise.all(
    Array.from({ length: count }, (_, index) =>
      issuer.authorize({ subject: `person-${index}`, office: officeOf(index), roles: ['office-head'] }),
    ),
  )
}
