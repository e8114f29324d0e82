import { chinaDate } from '@dulian/calendar'
import { shift } from './days.ts'
import { comprehensiveFindings, type DemoFinding, openingFindings } from './demo-findings.ts'
import { answersTo, type DemoList, listTitled } from './demo-lists.ts'
import { CARD_SUPERVISOR, type Founded } from './found-office.ts'
import type { OfficeCast, Placed } from './office-cast.ts'

/** Calendar days a campaign is planned for. */
const RUNS = 25
/** Schools visited on one working day: a district's sixty are done in three weeks. */
const PER_DAY = 4
/** Before the story's end, so that the last campaign is half done when somebody looks. */
const LAST_BEGINS = 12

/** One campaign of the story. */
interface CampaignPlan {
  readonly key: string
  readonly title: string
  readonly topic: string
  readonly type: 'special' | 'comprehensive'
  readonly season: 'spring' | 'autumn' | null
  readonly begins: string
  readonly scope: { readonly kinds: readonly string[]; readonly zoneIds?: readonly string[] }
  readonly list: string
  readonly findings: readonly DemoFinding[]
  readonly perDay: number
}

/** 开学 of each term that falls into the story, else one of the term it begins in; and a 综合督导 that is still going on at its end. */
export function campaignsOf(founded: Founded, begins: string, ends: string): readonly CampaignPlan[] {
  const years = new Set([begins.slice(0, 4), ends.slice(0, 4)])
  const terms = [...years]
    .flatMap((year) => [opening(year, 'spring', `${year}-02-23`), opening(year, 'autumn', `${year}-09-01`)])
    .filter((plan) => plan.begins > begins && shift(plan.begins, RUNS) < ends)
  const month = Number(begins.slice(5, 7))
  const first = opening(begins.slice(0, 4), month >= 2 && month <= 7 ? 'spring' : 'autumn', shift(begins, 1))
  return [
    ...(terms.length > 0 ? terms : [first]),
    {
      key: 'comprehensive',
      title: `${ends.slice(0, 4)}年中小学综合督导（演示）`,
      topic: '规范办学行为',
      type: 'comprehensive',
      season: null,
      begins: shift(ends, -LAST_BEGINS),
      scope: { kinds: ['school'], zoneIds: founded.zoneIds.slice(0, 1) },
      list: '挂牌督导八项内容',
      findings: comprehensiveFindings,
      perDay: 1,
    },
  ]
}

function opening(year: string, season: 'spring' | 'autumn', begins: string): CampaignPlan {
  return {
    key: `${year}-${season}`,
    title: `${year}年${season === 'spring' ? '春' : '秋'}季开学专项督导（演示）`,
    topic: '开学专项督导',
    type: 'special',
    season,
    begins,
    scope: { kinds: ['school', 'kindergarten', 'special', 'vocational'] },
    list: '开学专项督导',
    findings: openingFindings,
    perDay: PER_DAY,
  }
}

interface CampaignSchool {
  readonly schoolId: string
  readonly visitId: string
}

/** One campaign lived: planned and opened in the morning, school after school looked at, one left out with its reason, closed. */
export class CampaignCourse {
  readonly #cast: OfficeCast
  readonly #schools: readonly Placed[]
  readonly #plan: CampaignPlan
  #stage: 'waiting' | 'opened' | 'under-way' | 'closed' = 'waiting'
  #id = ''
  #list: DemoList | undefined
  #open: CampaignSchool[] = []
  #visits = 0

  constructor(cast: OfficeCast, schools: readonly Placed[], plan: CampaignPlan) {
    this.#cast = cast
    this.#schools = schools
    this.#plan = plan
  }

  /** A working day of it. */
  async live(): Promise<void> {
    const today = chinaDate(this.#cast.clock.now())
    switch (this.#stage) {
      case 'waiting':
        if (today >= this.#plan.begins) await this.#begin(today)
        return
      case 'opened':
        // By the next morning each school's visit has been scheduled.
        this.#open = this.#inOrder(await this.#scheduled())
        this.#stage = 'under-way'
        return
      case 'under-way':
        if (this.#open.length <= 1) await this.#close()
        else {
          const now = this.#open.splice(0, Math.min(this.#plan.perDay, this.#open.length - 1))
          await Promise.all(now.map((school) => this.#visit(school, today)))
        }
        return
      case 'closed':
        return
      default: {
        const unknown: never = this.#stage
        return unknown
      }
    }
  }

  async #begin(today: string): Promise<void> {
    const { office, supervisorIds } = this.#cast
    const { key, title, topic, type, season, scope, list } = this.#plan
    const head = this.#cast.as('office-head')
    this.#list = await listTitled(head, list)
    const planned = await head.post('/api/inspections/campaigns', `${office.office}-campaign-${key}`, {
      title,
      topic,
      type,
      season,
      from: today,
      to: shift(today, RUNS),
      checklistId: this.#list.checklistId,
      // From the other zones, and none with a tie to a school in reach.
      team: supervisorIds.slice(5, 8),
      scope,
    })
    const path = `/api/inspections/campaigns/${planned.id}/open`
    await head.post(path, `${office.office}-campaign-open-${key}`, {}, planned.version)
    this.#id = planned.id
    this.#stage = 'opened'
  }

  /** Those of the supervisor on the cards come last, so that there is something left to do for whoever signs in by it. */
  #inOrder(schools: readonly CampaignSchool[]): CampaignSchool[] {
    const isCards = ({ schoolId }: CampaignSchool) =>
      this.#schools.find((placed) => placed.schoolId === schoolId)?.supervisor === CARD_SUPERVISOR
    return [...schools.filter((school) => !isCards(school)), ...schools.filter(isCards)]
  }

  async #scheduled(): Promise<readonly CampaignSchool[]> {
    const path = `/api/inspections/campaign-schools?campaignId=${this.#id}&state=scheduled&limit=200`
    return (await this.#cast.as('office-head').get<{ items: CampaignSchool[] }>(path)).items
  }

  async #visit({ schoolId, visitId }: CampaignSchool, today: string): Promise<void> {
    const school = this.#schools.find((placed) => placed.schoolId === schoolId)
    if (school === undefined || this.#list === undefined) return
    const { office, clock } = this.#cast
    const { findings } = this.#plan
    const place = this.#visits
    this.#visits += 1
    const finding = place % 12 === 3 ? findings[Math.floor(place / 12) % findings.length] : undefined
    const answers = await answersTo(this.#list, finding, { cast: this.#cast, school, as: 'supervisor' })
    const signedAt = new Date(clock.now()).toISOString()
    await this.#cast.supervisor(school).post(`/api/inspections/visits/${visitId}/record`, `campaign-${visitId}`, {
      visitedOn: today,
      answers,
      signatures: {
        supervisor: { name: office.supervisors[school.supervisor] ?? '', signedAt },
        school: { name: `${school.name}校长`, signedAt },
      },
    })
  }

  async #close(): Promise<void> {
    this.#stage = 'closed'
    const head = this.#cast.as('office-head')
    const { version } = await head.get<{ version: number }>(`/api/inspections/campaigns/${this.#id}`)
    await head.post(
      `/api/inspections/campaigns/${this.#id}/close`,
      `${this.#cast.office.office}-campaign-close-${this.#plan.key}`,
      {
        conclusion: '开学准备充分，教学秩序正常，未发现重大安全隐患。',
        reasons: this.#open.map(({ schoolId }) => ({ schoolId, reason: '校舍维修，推迟开学，列入下次督导。' })),
      },
      version,
    )
  }
}
