import { chinaDate } from '@dulian/calendar'
import { shift } from './days.ts'
import { CARD_SUPERVISOR, type Founded } from './found-office.ts'
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
const ASKED_AGAIN = 5
const LAST_REBOUND = 9

/** Stands for the department whose liaison is on the cards. */
const DEPARTMENT = Symbol('department')

/** What came from above, by the day of its arrival; schools are counted on from `from`. */
const feedbacks = [
  {
    key: 'city',
    arrives: 210,
    from: 8,
    yearsBack: 1,
    source: { kind: 'supervision-feedback', title: '市政府教育督导委员会督导反馈（演示）', level: 'city' },
    problems: [
      ['集团化办学台账不全', '督导反馈：集团内教师交流没有台账。', '督导反馈意见第三条', null],
      ['实验室危化品管理不规范', '督导反馈：危化品出入库登记不完整。', '督导反馈意见第七条', null],
    ],
  },
  {
    key: 'province',
    arrives: 130,
    from: 20,
    yearsBack: 0,
    source: { kind: 'creation-monitoring', title: '优质均衡创建过程监测（演示）', level: 'province' },
    problems: [
      ['骨干教师配备不足', '创建监测：每百名学生拥有骨干教师数低于标准。', '资源配置指标二', null],
      ['图书更新不足', '创建监测：近三年新增图书低于标准。', '办学条件标准第八条', null],
    ],
  },
  {
    key: 'national',
    arrives: FEEDBACK,
    from: 0,
    yearsBack: 2,
    source: { kind: 'quality-monitoring', title: '国家义务教育质量监测（演示）', level: 'national' },
    problems: [
      ['科学实验开出率不足', '监测反馈：实验课开出率低于课程方案要求。', '课程方案关于实验教学的要求', null],
      ['体育活动时间不足', '监测反馈：部分班级每天一小时体育活动没有落实。', '课程方案关于体育活动的要求', null],
      ['运动场地不达标', '监测反馈：生均运动场地面积不足。', '办学条件标准第五条', DEPARTMENT],
    ],
  },
  {
    key: 'district',
    arrives: 12,
    from: 30,
    yearsBack: 0,
    source: { kind: 'party-inspection', title: '教育领域专项巡察反馈（演示）', level: 'district' },
    problems: [['校门口人车混行', '巡察反馈：上下学时段校门口人车混行，未设隔离。', '巡察反馈第五项', DEPARTMENT]],
  },
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

  /** Answers whether problems were put to a department or answered by it, so that nobody else moves them on this day. */
  async live(daysLeft: number): Promise<boolean> {
    await Promise.all(
      feedbacks
        .filter(({ key, arrives }) => this.#begins(key, daysLeft, arrives))
        .map((feedback) => this.#receive(feedback)),
    )
    const asks = this.#begins('asked', daysLeft, ASKED) || this.#begins('asked again', daysLeft, ASKED_AGAIN)
    const replies = !asks && this.#begins('replied', daysLeft, REPLIED)
    if (asks) await this.#ask()
    if (replies) await this.#answer()
    if (daysLeft % 4 === 1) await this.#lookAgain(daysLeft)
    return asks || replies
  }

  #begins(what: string, daysLeft: number, from: number): boolean {
    if (daysLeft > from || this.#begun.has(what)) return false
    this.#begun.add(what)
    return true
  }

  get #today(): string {
    return chinaDate(this.#cast.clock.now())
  }

  async #receive({ key, from, yearsBack, source, problems }: (typeof feedbacks)[number]): Promise<void> {
    const year = Number(this.#today.slice(0, 4)) - yearsBack
    await this.#cast
      .as('office-staff')
      .post('/api/rectification/feedbacks', `${this.#cast.office.office}-feedback-${key}`, {
        source: { ...source, year, documentNumber: null },
        receivedOn: this.#today,
        problems: problems.map(([title, description, clause, body], place) => ({
          schoolId: this.#founded.schools[from + place]?.schoolId,
          title,
          description,
          severity: 'serious',
          clause,
          ...(body === DEPARTMENT ? { body: this.#department } : {}),
        })),
      })
  }

  get #department(): string {
    return this.#cast.office.bodies[0] ?? ''
  }

  async #concerned(): Promise<readonly Row[]> {
    const path = `/api/rectification/problems?open=true&limit=200&body=${encodeURIComponent(this.#department)}`
    return (await this.#cast.as('office-head').get<{ items: Row[] }>(path)).items
  }

  async #ask(): Promise<void> {
    for (const { problemId, version, askedBody } of await this.#concerned()) {
      if (askedBody !== null) continue
      const question = '请就本单位职责范围内的整改提出意见，并说明完成时间。'
      const ask = { body: this.#department, question, replyDueOn: shift(this.#today, 10) }
      const path = `/api/rectification/problems/${problemId}/ask-body`
      await this.#cast.as('office-head').post(path, `ask-${problemId}-${version}`, ask, version)
    }
  }

  async #answer(): Promise<void> {
    const liaison = this.#cast.as('department-liaison', { body: this.#department })
    for (const { problemId, version, askedBody } of await this.#concerned()) {
      if (askedBody === null) continue
      const reply = { text: '已列入下年度改造计划。', evidence: [] }
      await liaison.post(`/api/rectification/problems/${problemId}/reply`, `reply-${problemId}`, reply, version)
    }
  }

  /** Most re-checks are made; every ninth finds it back, every twelfth is left for the one who looks at the demo. */
  async #lookAgain(daysLeft: number): Promise<void> {
    const head = this.#cast.as('office-head')
    const due = await head.get<{ items: Row[] }>('/api/rectification/problems?reCheck=due&limit=50')
    for (const { problemId, number, schoolId, version } of due.items) {
      const spread = Number(number.match(/\d+$/)?.[0] ?? 0)
      const school = this.#founded.schools.find((one) => one.schoolId === schoolId)
      if (school === undefined || spread % 12 === 3) continue
      // What the supervisor on the cards owes at the end is left to whoever signs in.
      if (daysLeft < 30 && school.supervisor === CARD_SUPERVISOR) continue
      // On the last days at least one comes back, and nobody decides on it any more.
      const back = spread % 9 === 1 || this.#begins('last rebound', daysLeft, LAST_REBOUND)
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
      if (Number(number.match(/\d+$/)?.[0] ?? 0) % 8 === 0) continue
      const path = `/api/rectification/problems/${problemId}/confirm-effect`
      await head.post(path, `effect-${problemId}-${version}`, { note: '经回头看，整改见底见效。' }, version)
    }
  }
}
