import { Id } from '@dulian/contracts'
import { type EventOf, eventCatalogue } from '@dulian/event-sourcing'
import { z } from 'zod'

/** Who somebody is at the issuer, tied to who they are here. Neither ever changes: another identity is another account. */
export const AccountLinked = z.object({
  /** Exactly as in the tokens' `iss`. */
  issuer: z.string(),
  subject: z.string(),
  name: z.string(),
})
export type AccountLinked = z.infer<typeof AccountLinked>

/** What of the office a role reaches; null where it does not narrow. Names as they were on the day. */
export const Reach = z.object({
  zoneId: Id.nullable(),
  zoneName: z.string().nullable(),
  schoolId: Id.nullable(),
  schoolName: z.string().nullable(),
  body: z.string().nullable(),
  supervisorId: Id.nullable(),
  supervisorName: z.string().nullable(),
})
export type Reach = z.infer<typeof Reach>

/** Carries the person's name, because a publication is a function of one event. */
export const RoleGranted = Reach.extend({ name: z.string(), role: z.string() })
export type RoleGranted = z.infer<typeof RoleGranted>

export const RoleRevoked = z.object({ role: z.string(), reason: z.string() })
export type RoleRevoked = z.infer<typeof RoleRevoked>

export const AccountDisabled = z.object({ reason: z.string() })
export type AccountDisabled = z.infer<typeof AccountDisabled>

export const AccountEnabled = z.object({})
export type AccountEnabled = z.infer<typeof AccountEnabled>

const declarations = {
  AccountLinked: { stored: 'account-linked.v1', schema: AccountLinked },
  RoleGranted: { stored: 'role-granted.v1', schema: RoleGranted },
  RoleRevoked: { stored: 'role-revoked.v1', schema: RoleRevoked },
  AccountDisabled: { stored: 'account-disabled.v1', schema: AccountDisabled },
  AccountEnabled: { stored: 'account-enabled.v1', schema: AccountEnabled },
}

export const accountEvents = eventCatalogue(declarations)
export type AccountEvent = EventOf<typeof declarations>
