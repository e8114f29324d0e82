import type { DemoPerson } from './demo-client.ts'
import type { DemoFinding } from './demo-findings.ts'
import { kindergartenFindings, schoolFindings } from './demo-findings.ts'
import type { OfficeCast, Placed } from './office-cast.ts'

export interface DemoList {
  readonly checklistId: string
  readonly title: string
  readonly standing: boolean
  readonly appliesTo: { readonly kinds: readonly string[] }
  readonly items: readonly { readonly code: string; readonly evidence: string }[]
}

/** The monthly lists of an office: what schools are asked, and what kindergartens are. */
export interface MonthlyLists {
  readonly schools: DemoList
  readonly kindergartens: DemoList
}

export async function monthlyLists(person: DemoPerson): Promise<MonthlyLists> {
  const standing = (await allLists(person)).filter((list) => list.standing)
  const kindergartens = standing.find(({ appliesTo }) => appliesTo.kinds.includes('kindergarten'))
  const schools = standing.find((list) => list !== kindergartens)
  if (schools === undefined || kindergartens === undefined) throw new TypeError('an office has its monthly lists')
  return { schools, kindergartens }
}

export async function listTitled(person: DemoPerson, title: string): Promise<DemoList> {
  const found = (await allLists(person)).find((list) => list.title === title)
  if (found === undefined) throw new TypeError(`an office has a list ${title}`)
  return found
}

async function allLists(person: DemoPerson): Promise<readonly DemoList[]> {
  return (await person.get<{ items: readonly DemoList[] }>('/api/inspections/checklists')).items
}

/** The list a school is asked every month, and what might be found with it. */
export function monthlyOf(
  lists: MonthlyLists,
  { kind }: Placed,
): { readonly list: DemoList; readonly findings: readonly DemoFinding[] } {
  return kind === 'kindergarten'
    ? { list: lists.kindergartens, findings: kindergartenFindings }
    : { list: lists.schools, findings: schoolFindings }
}

export interface DemoAnswer {
  readonly code: string
  readonly answer: 'yes' | 'no'
  readonly note?: string
  readonly evidence: readonly unknown[]
}

/** Every item in order but the one found, which has its note and its photo; a photo too wherever the list asks for one. */
export async function answersTo(
  { items }: DemoList,
  negative: { readonly code: string; readonly note: string } | undefined,
  by: { readonly cast: OfficeCast; readonly school: Placed; readonly as: 'supervisor' | 'principal' },
): Promise<readonly DemoAnswer[]> {
  return await Promise.all(
    items.map(async ({ code, evidence }): Promise<DemoAnswer> => {
      const isFound = code === negative?.code
      const shown = evidence === 'always' || (isFound && (by.as === 'supervisor' || evidence === 'on-negative'))
      const photos = shown ? [await by.cast.picture('inspections', by.as, by.school)] : []
      return isFound
        ? { code, answer: 'no', note: negative.note, evidence: photos }
        : { code, answer: 'yes', evidence: photos }
    }),
  )
}
