import type { Fact } from '@dulian/conflict-of-interest'
import { findAll } from '@dulian/views'
import type { Views } from '../registry.ts'
import { POSTINGS, type PostingDocument } from '../views/postings/projection.ts'
import { RELATIONS, type RelationDocument } from '../views/relations/projection.ts'
import {
  factOfPosting,
  factOfRelation,
  homeUnitFactId,
  homeUnitRelation,
  isHomeUnit,
  type Person,
  type Place,
} from './facts.ts'

/** What is known between persons and schools of one office. */
export interface RecusalBook {
  factsBetween(person: Person, school: Place): readonly Fact[]
}

/** Reads what is known of one supervisor, of one school, or of all: declared ties, home units, postings. */
export async function openRecusalBook(
  views: Pick<Views, 'relationsView' | 'postingsView'>,
  of: { readonly office: string; readonly supervisorId?: string; readonly schoolId?: string },
): Promise<RecusalBook> {
  const relations = await findAll<RelationDocument>(views.relationsView, RELATIONS, { where: { ...of } })
  const postings = await findAll<PostingDocument>(views.postingsView, POSTINGS, { where: { ...of } })
  const noted = new Set(relations.map(({ factId }) => factId))
  const facts = [
    ...relations
      .filter(({ standing }) => standing !== 'withdrawn')
      .map((relation) => factOfRelation(relation.supervisorId, relation)),
    ...postings.map(factOfPosting),
  ]
  const byPair = Map.groupBy(facts, ({ personId, objectId }) => `${personId} ${objectId}`)
  return {
    factsBetween(person, school) {
      const known = byPair.get(`${person.supervisorId} ${school.schoolId}`) ?? []
      // The policy notes it too, in its own time; once noted, what became of it counts.
      const isUnit = isHomeUnit(person.homeUnit, school.name)
      if (!isUnit || noted.has(homeUnitFactId(person.supervisorId, school.schoolId))) return known
      if (known.some(({ kind, to }) => kind === 'present-employer' && to === null)) return known
      return [...known, factOfRelation(person.supervisorId, homeUnitRelation(person.supervisorId, school))]
    },
  }
}
