import type { Fact } from '@dulian/conflict-of-interest'
import { deterministicId } from '@dulian/event-sourcing'
import type { RelationFact } from '../relation/events.ts'

export interface Person {
  readonly supervisorId: string
  readonly homeUnit: string
}

export interface Place {
  readonly schoolId: string
  readonly name: string
}

export function factOfRelation(supervisorId: string, relation: RelationFact): Fact {
  const { factId, kind, schoolId, description, from, to } = relation
  return { id: factId, personId: supervisorId, kind, objectId: schoolId, description, from, to }
}

/** Who answers or answered for a school has judged it: a fact that nobody has to declare. */
export function factOfPosting(row: {
  readonly supervisorId: string
  readonly schoolId: string
  readonly from: string
  readonly to: string | null
}): Fact {
  const { supervisorId, schoolId, from, to } = row
  const id = deterministicId('posting-fact', supervisorId, schoolId, from)
  return { id, personId: supervisorId, kind: 'posting', objectId: schoolId, description: '担任该校挂牌督学', from, to }
}

/** The tie that follows from where somebody works; its id follows from both and from when it is known to have begun, so that it is noted once. */
export function homeUnitFactId(supervisorId: string, schoolId: string, from: string | null = null): string {
  return deterministicId('home-unit', supervisorId, schoolId, ...(from === null ? [] : [from]))
}

/** A home unit is a name as it was written down; a school of this name is that unit. */
export function isHomeUnit(homeUnit: string, schoolName: string): boolean {
  return plain(homeUnit) === plain(schoolName)
}

export function homeUnitRelation(supervisorId: string, school: Place, from: string | null = null): RelationFact {
  return {
    factId: homeUnitFactId(supervisorId, school.schoolId, from),
    kind: 'present-employer',
    schoolId: school.schoolId,
    schoolName: school.name,
    description: '所在单位为该校',
    from,
    to: null,
  }
}

function plain(name: string): string {
  return name.normalize('NFKC').replaceAll(/\s/g, '')
}
