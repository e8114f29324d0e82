import { referenceTo, ruleAt } from '@dulian/dated-rules'
import { registryError } from '../errors.ts'
import { schoolsPerZone } from '../rules/supervision-rules.ts'
import type { SchoolDetails, SchoolEvent, ZoneLimitOverride } from './events.ts'
import type { School } from './state.ts'

/** The zone a school is to belong to, as looked up; `undefined` when there is no such zone. */
export interface ZoneFacts {
  readonly zoneId: string
  readonly name: string
  /** Open schools in it, without the school in hand. */
  readonly otherSchools: number
}

export interface RegisterSchool {
  readonly code: string
  readonly name: string
  readonly kind: SchoolDetails['kind']
  readonly stage: SchoolDetails['stage']
  readonly ownership: SchoolDetails['ownership']
  readonly address: string | null
  /** `null`: no zone named. */
  readonly zone: ZoneFacts | null | undefined
  readonly enrolment: number | null
  readonly overrideReason: string | undefined
  /** Day of the decision. */
  readonly on: string
}

export function registerSchool(command: RegisterSchool): SchoolEvent[] {
  const { zone, overrideReason, on, ...details } = command
  const place = placeInZone(zone, overrideReason, on)
  return [
    {
      type: 'SchoolRegistered',
      data: {
        school: { ...details, zoneId: place.zoneId, zoneName: place.zoneName },
        zoneLimitOverride: place.zoneLimitOverride,
      },
    },
  ]
}

export interface CorrectSchool {
  readonly name?: string | undefined
  readonly kind?: SchoolDetails['kind'] | undefined
  readonly stage?: SchoolDetails['stage'] | undefined
  readonly ownership?: SchoolDetails['ownership'] | undefined
  readonly address?: string | undefined
  /** Absent: stays in its zone · `undefined` facts: the named zone does not exist. */
  readonly move?: { readonly zone: ZoneFacts | undefined } | undefined
  readonly reason: string
  readonly overrideReason: string | undefined
  /** Since when it is so; absent: from today. */
  readonly effectiveFrom?: string | undefined
  readonly on: string
}

export function correctSchool(command: CorrectSchool, state: School): SchoolEvent[] {
  const { school } = requireOpen(state)
  const { effectiveFrom = null, on } = command
  if (effectiveFrom !== null && effectiveFrom > on) {
    throw registryError('SCHOOL_CORRECTION_TO_COME', { effectiveFrom, on }, { pointer: '/effectiveFrom' })
  }
  const place = correctedZone(command, school)
  const corrected: SchoolDetails = {
    ...school,
    name: command.name ?? school.name,
    kind: command.kind ?? school.kind,
    stage: command.stage ?? school.stage,
    ownership: command.ownership ?? school.ownership,
    address: command.address ?? school.address,
    zoneId: place.zoneId,
    zoneName: place.zoneName,
  }
  if (isSame(corrected, school)) throw registryError('SCHOOL_NOTHING_TO_CORRECT')
  return [
    {
      type: 'SchoolDetailsCorrected',
      data: {
        school: corrected,
        reason: command.reason,
        zoneLimitOverride: place.zoneLimitOverride,
        effectiveFrom,
      },
    },
  ]
}

export function reportEnrolment(
  command: { readonly enrolment: number; readonly asOf: string },
  state: School,
): SchoolEvent[] {
  const { school, enrolmentAsOf } = requireOpen(state)
  if (enrolmentAsOf !== null && command.asOf < enrolmentAsOf) {
    throw registryError('SCHOOL_ENROLMENT_OLDER', { known: enrolmentAsOf, asOf: command.asOf }, { pointer: '/asOf' })
  }
  if (command.asOf === enrolmentAsOf && command.enrolment === school.enrolment) return []
  return [
    { type: 'EnrolmentReported', data: { school: { ...school, enrolment: command.enrolment }, asOf: command.asOf } },
  ]
}

export function closeSchool(
  command: { readonly closedOn: string; readonly reason: string },
  state: School,
): SchoolEvent[] {
  if (state.stage === 'closed') {
    if (state.closedOn === command.closedOn) return []
    throw registryError('SCHOOL_CLOSED_ON_ANOTHER_DAY', { name: state.school.name, closedOn: state.closedOn })
  }
  requireOpen(state)
  return [{ type: 'SchoolClosed', data: { closedOn: command.closedOn, reason: command.reason } }]
}

interface Place {
  readonly zoneId: string | null
  readonly zoneName: string | null
  readonly zoneLimitOverride: ZoneLimitOverride | null
}

function placeInZone(zone: ZoneFacts | null | undefined, overrideReason: string | undefined, on: string): Place {
  if (zone === null) return { zoneId: null, zoneName: null, zoneLimitOverride: null }
  if (zone === undefined) throw registryError('ZONE_UNKNOWN', {}, { pointer: '/zoneId' })
  const place = { zoneId: zone.zoneId, zoneName: zone.name, zoneLimitOverride: null }
  const rule = ruleAt(schoolsPerZone, on)
  if (zone.otherSchools < rule.value.amount) return place
  const facts = { schools: zone.otherSchools, limit: rule.value.amount, rule: referenceTo(rule) }
  if (overrideReason === undefined) {
    throw registryError('ZONE_FULL', { zone: zone.name, ...facts }, { pointer: '/zoneId' })
  }
  return { ...place, zoneLimitOverride: { ...facts, reason: overrideReason } }
}

function correctedZone(command: CorrectSchool, school: SchoolDetails): Place {
  const { zoneId, zoneName } = school
  if (command.move === undefined || command.move.zone?.zoneId === zoneId) {
    return { zoneId, zoneName, zoneLimitOverride: null }
  }
  return placeInZone(command.move.zone, command.overrideReason, command.on)
}

function requireOpen(state: School): Extract<School, { stage: 'open' }> {
  if (state.stage === 'open') return state
  throw state.stage === 'closed'
    ? registryError('SCHOOL_CLOSED', { name: state.school.name, closedOn: state.closedOn })
    : new TypeError('the stream of a school that was never registered')
}

function isSame(one: SchoolDetails, other: SchoolDetails): boolean {
  return (Object.keys(one) as (keyof SchoolDetails)[]).every((key) => one[key] === other[key])
}
