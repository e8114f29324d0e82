import type { CampaignDocument, CampaignSchoolDocument } from './projection.ts'

/** One run's answers to the items of one group. 不适用 is no answer. */
export interface GroupResult {
  /** Schools with at least one answer. */
  readonly schools: number
  /** Answers 是 or 否. */
  readonly answers: number
  readonly negatives: number
  /** `negatives / answers`; null without answers. */
  readonly share: number | null
}

export interface ChangedSchool {
  readonly schoolId: string
  readonly schoolName: string
  /** Negative answers in the first and in the second run. */
  readonly before: number
  readonly after: number
}

export interface GroupComparison {
  /** Name of the group; null for items without one. */
  readonly group: string | null
  readonly first: GroupResult
  readonly second: GroupResult
  /** Schools looked at in both runs that have fewer, or more, negative answers in the second. */
  readonly improved: readonly ChangedSchool[]
  readonly worsened: readonly ChangedSchool[]
}

interface Run {
  readonly campaign: Pick<CampaignDocument, 'checklist'>
  readonly schools: readonly CampaignSchoolDocument[]
}

interface Counted {
  readonly schoolName: string
  readonly answers: number
  readonly negatives: number
}

/** Two runs side by side, by the groups of their checklists; those of the first run first, in its order. */
export function compareRuns(first: Run, second: Run): GroupComparison[] {
  const groups = [...new Set([...groupsOf(first), ...groupsOf(second)])]
  return groups.map((group) => {
    const [before, after] = [countedBySchool(first, group), countedBySchool(second, group)]
    const changed = [...before].flatMap(([schoolId, { schoolName, negatives }]): ChangedSchool[] => {
      const later = after.get(schoolId)
      return later === undefined || later.negatives === negatives
        ? []
        : [{ schoolId, schoolName, before: negatives, after: later.negatives }]
    })
    return {
      group,
      first: resultOf(before),
      second: resultOf(after),
      improved: changed.filter((school) => school.after < school.before),
      worsened: changed.filter((school) => school.after > school.before),
    }
  })
}

function groupsOf({ campaign }: Run): (string | null)[] {
  return campaign.checklist.items.map(({ group }) => group)
}

function countedBySchool({ campaign, schools }: Run, group: string | null): Map<string, Counted> {
  const codes = new Set(campaign.checklist.items.filter((item) => item.group === group).map(({ code }) => code))
  const counted = new Map<string, Counted>()
  for (const { schoolId, schoolName, state, answers } of schools) {
    if (state !== 'recorded') continue
    const own = answers.filter(({ code, answer }) => codes.has(code) && answer !== 'not-applicable')
    if (own.length === 0) continue
    const negatives = own.filter(({ answer }) => answer === 'no').length
    counted.set(schoolId, { schoolName, answers: own.length, negatives })
  }
  return counted
}

function resultOf(schools: ReadonlyMap<string, Counted>): GroupResult {
  let [answers, negatives] = [0, 0]
  for (const school of schools.values()) {
    answers += school.answers
    negatives += school.negatives
  }
  return { schools: schools.size, answers, negatives, share: answers === 0 ? null : negatives / answers }
}
