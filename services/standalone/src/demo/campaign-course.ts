import { chinaDate } from '@dulian/calendar'
import { shift } from './days.ts'
import type { OfficeCast, Placed } from './office-cast.ts'

/** Days until its last day, and schools visited on one day. */
const RUNS = 25
const PER_DAY = 2

interface CampaignSchool {
  readonly schoolId: string
  readonly schoolName: string
  readonly visitId: string
}

/**
 * The 开学专项督导 that an office begins its story with: planned and opened on the first day, school after school looked
 * at in the weeks after, one left out with its reason. It is over long before the story's end.
 */
export class CampaignCourse {
  readonly #cast: OfficeCast
  readonly #schools: readonly Placed[]
  #campaign: { readonly id: string; readonly codes: readonly string[] } | undefined
  #closed = false

  constructor(cast: OfficeCast, schools: readonly Placed[]) {
    this.#cast = cast
    this.#schools = schools
  }

  /** A working day of it. */
  async live(): Promise<void> {
    if (this.#closed) return
    const today = chinaDate(this.#cast.clock.now())
    if (this.#campaign === undefined) {
      await this.#open(today)
      return
    }
    const open = await this.#scheduled()
    if (open.length <= 1) {
      await this.#close(open)
      return
    }
    for (const school of open.slice(0, Math.min(PER_DAY, open.length - 1))) await this.#visit(school, today)
  }

  async #open(today: string): Promise<void> {
    const { office, supervisorIds, instance } = this.#cast
    const head = this.#cast.as('office-head')
    const { items } = await head.get<{ items: { checklistId: string; title: string; items: { code: string }[] }[] }>(
      '/api/inspections/checklists',
    )
    const list = items.find(({ title }) => title === '开学专项督导')
    if (list === undefined) throw new TypeError('no list for 开学专项督导')
    const isSpring = Number(today.slice(5, 7)) >= 2 && Number(today.slice(5, 7)) <= 7
    const planned = await head.post('/api/inspections/campaigns', `${office.office}-campaign`, {
      title: `${today.slice(0, 4)}年${isSpring ? '春' : '秋'}季开学专项督导（演示）`,
      topic: '开学专项督导',
      type: 'special',
      season: isSpring ? 'spring' : 'autumn',
      from: today,
      to: shift(today, RUNS),
      checklistId: list.checklistId,
      team: supervisorIds.slice(0, 3),
      scope: { kinds: ['school', 'kindergarten'] },
    })
    const path = `/api/inspections/campaigns/${planned.id}/open`
    await head.post(path, `${office.office}-campaign-open`, {}, planned.version)
    this.#campaign = { id: planned.id, codes: list.items.map(({ code }) => code) }
    await instance.host.settle()
  }

  async #scheduled(): Promise<readonly CampaignSchool[]> {
    const path = `/api/inspections/campaign-schools?campaignId=${this.#campaign?.id}&state=scheduled&limit=200`
    return (await this.#cast.as('office-head').get<{ items: CampaignSchool[] }>(path)).items
  }

  async #visit({ schoolId, visitId }: CampaignSchool, today: string): Promise<void> {
    const school = this.#schools.find((placed) => placed.schoolId === schoolId)
    if (school === undefined) return
    const { office, clock } = this.#cast
    const signedAt = new Date(clock.now()).toISOString()
    await this.#cast.supervisor(school).post(`/api/inspections/visits/${visitId}/record`, `campaign-${visitId}`, {
      visitedOn: today,
      answers: (this.#campaign?.codes ?? []).map((code) => ({ code, answer: 'yes', evidence: [] })),
      signatures: {
        supervisor: { name: office.supervisors[school.supervisor] ?? '', signedAt },
        school: { name: `${school.name}校长`, signedAt },
      },
    })
  }

  async #close(unvisited: readonly CampaignSchool[]): Promise<void> {
    if (this.#campaign === undefined) return
    this.#closed = true
    const { id } = this.#campaign
    const head = this.#cast.as('office-head')
    const { version } = await head.get<{ version: number }>(`/api/inspections/campaigns/${id}`)
    await head.post(
      `/api/inspections/campaigns/${id}/close`,
      `${this.#cast.office.office}-campaign-close`,
      {
        conclusion: '开学准备充分，教学秩序正常，未发现重大安全隐患。',
        reasons: unvisited.map(({ schoolId }) => ({ schoolId, reason: '校舍维修，推迟开学，列入下次督导。' })),
      },
      version,
    )
  }
}
