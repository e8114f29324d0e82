import { findingConfirmed, postingChanged, schoolChanged, schoolClosed, schoolRegistered } from '@dulian/contracts'
import { inboxCatalogue } from '@dulian/service-host'

const contracts = {
  FindingConfirmed: findingConfirmed,
  SchoolRegistered: schoolRegistered,
  SchoolChanged: schoolChanged,
  SchoolClosed: schoolClosed,
  PostingChanged: postingChanged,
} as const

/** What other services tell this one. */
export const consumes = Object.values(contracts)
export const inbox = inboxCatalogue(contracts)
