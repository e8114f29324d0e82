import { assess, type Fact, postingRules, type RecusalRule, teamRules } from '@dulian/conflict-of-interest'
import { inspectionsError } from '../errors.ts'
import { type KnownSchool, postingFacts, postingOn } from '../views/known-schools/known-school.ts'
import type { CampaignType, TeamMember } from './events.ts'

/** What is known between the members of a team and the schools that it is to inspect. */
export interface TeamTies {
  readonly schools: readonly { readonly schoolId: string; readonly name: string }[]
  readonly facts: readonly Fact[]
}

/**
 * 综合督导 is judged by the team: who answers or answered for a school keeps out of it. 专项督导 is made by whoever answers for
 * the school, and the team leads it: a posting is no reason there, or no team could be found in a small office.
 */
export function tiesOf(
  type: CampaignType,
  team: readonly TeamMember[],
  reach: readonly KnownSchool[],
  known: readonly Fact[],
): TeamTies {
  const within = new Set(reach.map(({ schoolId }) => schoolId))
  const posted =
    type === 'special'
      ? []
      : team.flatMap(({ supervisorId }) => reach.flatMap((school) => postingFacts(school, supervisorId)))
  const facts = [...known.filter(({ objectId }) => within.has(objectId)), ...posted]
  const concerned = new Set(facts.map(({ objectId }) => objectId))
  return {
    schools: reach.flatMap(({ schoolId, name }) => (concerned.has(schoolId) ? [{ schoolId, name }] : [])),
    facts,
  }
}

/** Throws `CAMPAIGN_TEAM_RECUSED`, with every reason in full, when a member must keep away from a school in reach [R14, N1]. */
export function requireFreeTeam(
  team: readonly TeamMember[],
  { schools, facts }: TeamTies,
  { from, to }: { readonly from: string; readonly to: string },
): void {
  for (const [place, { supervisorId: id, name }] of team.entries()) {
    const reasons = schools.flatMap((school) =>
      [from, to].flatMap((day) => {
        const object = { id: school.schoolId, name: school.name }
        return assess({ person: { id, name }, object, day, facts, rules: teamRules }).reasons
      }),
    )
    if (reasons.length === 0) continue
    const sentences = [...new Set(reasons.map(({ explanation }) => explanation))]
    const rules = new Map(reasons.map(({ rule, ruleVersion }) => [rule, { id: rule, version: ruleVersion }]))
    throw inspectionsError(
      'CAMPAIGN_TEAM_RECUSED',
      {
        reasons: sentences.slice(0, MOST_NAMED).join(''),
        more: sentences.length > MOST_NAMED ? `等共${sentences.length}项。` : '',
        rules: [...rules.values()],
      },
      { pointer: `/team/${place}` },
    )
  }
}

const MOST_NAMED = 5

/** Who is posted at the school goes there as who answers for it; anybody else goes as a member of a team. */
export function goesAs(
  school: KnownSchool,
  supervisorId: string,
  day: string,
  known: readonly Fact[],
): { readonly facts: readonly Fact[]; readonly rules: readonly RecusalRule[] } {
  if (postingOn(school.postings, day)?.supervisorId === supervisorId) return { facts: known, rules: postingRules }
  return { facts: [...known, ...postingFacts(school, supervisorId)], rules: teamRules }
}
