import { chinaDate } from '@dulian/calendar'
import { shift } from './days.ts'
import type { Founded } from './found-office.ts'
import type { OfficeCast } from './office-cast.ts'

interface Row {
  readonly problemId: string
  readonly number: string
  readonly schoolId: string
  readonly version: number
  readonly feedbackId: string | null
  readonly askedBody: string | null
}

/** From so many days before the end of the story on, on the next working day. */
const FEEDBACK = 60
const ASKED = 54
const REPLIED = 30

const listed = [
  ['科学实验开出率不足', '监测反馈：实验课开出率低于课程方案要求。', '课程方案关于实验教学的要求', null],
  ['体育活动时间不足', '监测反馈：部分班级每天一小时体育活动没有落实。', '课程方案关于体育活动的要求', null],
  ['运动场地不达标', '监测反馈：生均运动场地面积不足。', '办学条件标准第五条', '区住建委（演示）'],
] as const

/** What comes from above, what departments are asked for, and the second look after a cancellation. */
export class AftercareStory {
  readonly #cast: OfficeCast
  readonly #founded: Founded
  readonly #begun = new Set<string>()

  constructor(cast: OfficeCast, founded: Founded) {
    this.#cast = cast
    this.#founded = founded
  }

  async live(daysLeft: number): Promise<void> {
    if (this.#begins('feedback', daysLeft, FEEDBACK)) await this.#feedback()
    if (this.#begins('asked', daysLeft, ASKED)) await this.#department(true)
    if (this.#begins('replied', daysLeft, REPLIED)) await this.#department(false)
    if (daysLeft % 4 === 1) await this.#lookAgain()
  }

  #begins(what: string, daysLeft: number, from: number): boolean {
    if (daysLeft > from || this.#begun.has(what)) return false
    this.#begun.add(what)
    return true
  }

  get #today(): string {
    return chinaDate(this.#cast.clock.now())
  }

  async #feedback(): Promise<void> {
    const year = Number(this.#today.slice(0, 4)) - 2
    const schools = this.#founded.schools.slice(0, listed.length)
    await this.#cast.as('office-staff').post('/api/rectification/feedbacks', `${this.#cast.office.office}-feedback`, {
      source: {
        kind: 'quality-monitoring',
        title: '国家义务教育质量监测（演示）',
        level: 'national',
        year,
        documentNumber: null,
      },
      receivedOn: this.#today,
      problems: schools.map(({ schoolId }, place) => {
        const [title, description, clause, body] = listed[place % listed.length] ?? listed[0]
        return { schoolId, title, description, severity: 'serious', clause, ...(body === null ? {} : { body }) }
      }),
    })
  }

  async #department(asking: boolean): Promise<void> {
    const head = this.#cast.as('office-head')
    const { items } = await head.get<{ items: Row[] }>(
      `/api/rectification/problems?open=true&limit=200&body=${encodeURIComponent(listed[2][3])}`,
    )
    for (const { problemId, version, askedBody } of items) {
      if ((askedBody === null) !== asking) continue
      const path = `/api/rectification/problems/${problemId}`
      if (asking) {
        const question = '请就学校运动场地扩建提出意见。'
        const ask = { body: listed[2][3], question, replyDueOn: shift(this.#today, 10) }
        await head.post(`${path}/ask-body`, `ask-${problemId}`, ask, version)
      } else {
        const reply = { text: '已列入下年度改造计划。', evidence: [] }
        await head.post(`${path}/reply`, `reply-${problemId}`, reply, version)
      }
    }
  }

  /** Most re-checks are made; every third finds it back, every fourth is left for the one who looks at the demo. */
  async #lookAgain(): Promise<void> {
    const head = this.#cast.as('office-head')
    const due = await head.get<{ items: Row[] }>('/api/rectification/problems?reCheck=due&limit=50')
    for (const { problemId, number, schoolId, version } of due.items) {
      const spread = Number(number.match(/\d+$/)?.[0] ?? 0)
      const school = this.#founded.schools.find((one) => one.schoolId === schoolId)
      if (school === undefined || spread % 4 === 3) continue
      const back = spread % 3 === 1
      await this.#cast.supervisor(school).post(
        `/api/rectification/problems/${problemId}/re-check`,
        `re-check-${problemId}-${version}`,
        {
          result: back ? 'rebound' : 'lasting',
          finding: back ? '复查发现同样的问题再次出现。' : '复查时整改成效保持良好。',
          evidence: [await this.#cast.picture('rectification', 'supervisor', school)],
        },
        version,
      )
    }
    const done = await head.get<{ items: Row[] }>(
      '/api/rectification/problems?reCheck=done&effect=unconfirmed&limit=50',
    )
    for (const { problemId, number, version } of done.items) {
      if (Number(number.match(/\d+$/)?.[0] ?? 0) % 2 === 0) continue
      const path = `/api/rectification/problems/${problemId}/confirm-effect`
      await head.post(path, `effect-${problemId}-${version}`, { note: '经回头看，整改见底见效。' }, version)
    }
  }
}
