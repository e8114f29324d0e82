import { callerOf, type DemoSite } from './demo-site.ts'
import { chinaDay } from './desk-person.ts'
import { recordVisit } from './record-visit.ts'
import { until } from './until.ts'

/** What the decision of `demandProblem` asks for. */
export const demand = '配足专职保安员并公布值班表，报送印证材料。'

export interface DemandedProblem {
  readonly problemId: string
  readonly number: string
  readonly title: string
  readonly school: string
  /** Whose card may verify at that school. */
  readonly verifierRole: string
}

/** A problem at the school whose principal has a card, from the visit to the decision, as the other suites do it on screen. */
export async function demandProblem(site: DemoSite, office: string): Promise<DemandedProblem> {
  const head = await callerOf(site, `${office}-office-head`)
  const findings = async () =>
    (await head.get<Listed<Finding>>('/api/inspections/findings?state=proposed&limit=200')).items
  const known = new Set((await findings()).map(({ findingId }) => findingId))
  const visit = await recordVisit(site, office)
  const finding = await until('the finding is with the office', async () =>
    (await findings()).find(({ findingId }) => !known.has(findingId)),
  )
  await head.post(`/api/inspections/visits/${finding.visitId}/findings/${finding.findingId}/confirm`, {
    severity: finding.severity,
  })
  const problem = await until('the problem is opened', async () => {
    const { items } = await head.get<Listed<Problem>>('/api/rectification/problems?state=opened&limit=200')
    return items.find(({ visitId }) => visitId === finding.visitId)
  })
  const { problemId, number, title } = problem
  await head.post('/api/rectification/decisions', {
    form: 'writing',
    problems: [{ problemId, demand, dueOn: chinaDay(21) }],
  })
  await until('the demand stands', async () => {
    const { items } = await head.get<Listed<Problem>>('/api/rectification/problems?state=demanded&limit=200')
    return items.some((one) => one.problemId === problemId)
  })
  return { problemId, number, title, school: visit.school, verifierRole: visit.verifierRole }
}

interface Listed<T> {
  readonly items: T[]
}

interface Finding {
  readonly findingId: string
  readonly visitId: string
  readonly severity: string
}

interface Problem {
  readonly problemId: string
  readonly number: string
  readonly title: string
  readonly visitId: string | null
}
