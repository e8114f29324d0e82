import { chinaDate } from '@dulian/calendar'
import { AftercareStory } from './aftercare-story.ts'
import { CampaignCourse, campaignsOf } from './campaign-course.ts'
import { daysBetween, isTurn, shift } from './days.ts'
import { demandOn } from './demo-findings.ts'
import { answersTo, monthlyOf } from './demo-lists.ts'
import { CARD_SUPERVISOR, type Card, type Founded, issuePlan } from './found-office.ts'
import type { OfficeCast, Placed } from './office-cast.ts'
import { type Act, CORRECTING, type DemoProblem, daysGiven, nextAct } from './problem-course.ts'
import { liveRoutine } from './routine-course.ts'

interface TaskRow {
  readonly taskId: string
  readonly state: string
  readonly progressPercent: number
  readonly version: number
}

/** One office being lived through, from the day after its founding. */
export class OfficeStory {
  readonly #cast: OfficeCast
  readonly #founded: Founded
  readonly #finalMonth: string
  readonly #aftercare: AftercareStory
  readonly #campaigns: readonly CampaignCourse[]
  /** From this day on the year's plan is issued. */
  readonly #planFrom: string
  #planIssued = false
  #visits = 0
  #findings: number
  #decisions = 0
  #hasReturnedLast = false

  /** `seed` sets where the round of findings begins, so that no two offices find the same. */
  constructor(
    cast: OfficeCast,
    founded: Founded,
    options: { readonly now: number; readonly begins: string; readonly seed: number },
  ) {
    this.#cast = cast
    this.#founded = founded
    this.#aftercare = new AftercareStory(cast, founded)
    const course = campaignsOf(founded, options.begins, chinaDate(options.now))
    this.#campaigns = course.map((plan) => new CampaignCourse(cast, founded.schools, plan))
    this.#finalMonth = chinaDate(options.now).slice(0, 7)
    this.#findings = options.seed
    const newYear = `${this.#finalMonth.slice(0, 4)}-01-08`
    this.#planFrom = newYear > options.begins && newYear <= chinaDate(options.now) ? newYear : options.begins
  }

  get #today(): string {
    return chinaDate(this.#cast.clock.now())
  }

  /** A working day: nothing in it waits for anything else of the same day. */
  async live(daysLeft: number): Promise<void> {
    await Promise.all([
      this.#visitSchools(),
      ...this.#campaigns.map((campaign) => campaign.live()),
      liveRoutine(this.#cast, this.#founded, {
        today: this.#today,
        isFinalMonth: this.#today.startsWith(this.#finalMonth),
      }),
      // The newest findings stay proposed: the office's queue must not be empty.
      ...(daysLeft >= 6 ? [this.#confirmFindings()] : []),
      this.#followUp(daysLeft),
      this.#workOnPlan(daysLeft),
    ])
  }

  /** What office, schools and supervisors owe each other; a problem put to a department is left alone that day. */
  async #followUp(daysLeft: number): Promise<void> {
    if (await this.#aftercare.live(daysLeft)) return
    await this.#moveProblems(daysLeft)
  }

  async #visitSchools(): Promise<void> {
    const { office } = this.#cast
    const thisMonth = this.#today.startsWith(this.#finalMonth)
    const isLeft = (index: number, { supervisor }: Placed) =>
      supervisor === CARD_SUPERVISOR ? index % 3 === 1 : index % 4 === 3
    const due = this.#founded.schools.filter((school, index) => {
      // Everybody once a month, spread over its first 27 days; of this month's visits every fourth is still to be made.
      const turn = 1 + ((index * 11 + office.office.length * 5) % 27)
      if (!isTurn(this.#today, turn) || (thisMonth && isLeft(index, school))) return false
      // One school a month is forgotten, another each time.
      return (index + Number(this.#today.slice(5, 7)) * 5) % this.#founded.schools.length !== 0
    })
    await Promise.all(due.map((school) => this.#visit(school)))
  }

  /** The cards, with the principal of a school that has something demanded of it, if there is one among the supervisor's. */
  async cards(): Promise<readonly Card[]> {
    const head = this.#cast.as('office-head')
    const { items } = await head.get<{ items: DemoProblem[] }>('/api/rectification/problems?state=demanded&limit=200')
    const school = this.#founded.schools.find(
      ({ schoolId, supervisor }) =>
        supervisor === CARD_SUPERVISOR && items.some((problem) => problem.schoolId === schoolId),
    )
    if (school === undefined) return this.#founded.cards
    return this.#founded.cards.map((card) =>
      card.roles[0] === 'school-principal' ? { ...card, name: `${school.name}校长`, school: school.schoolId } : card,
    )
  }

  async #visit(school: Placed): Promise<void> {
    this.#visits += 1
    const { office, clock } = this.#cast
    const signedAt = new Date(clock.now()).toISOString()
    const { list, findings } = monthlyOf(this.#founded.lists, school)
    const finding = this.#visits % 10 === 4 ? findings[this.#findings % findings.length] : undefined
    if (finding !== undefined) this.#findings += 1
    const answers = await answersTo(list, finding, { cast: this.#cast, school, as: 'supervisor' })
    const visit = {
      schoolId: school.schoolId,
      checklistId: list.checklistId,
      visitedOn: this.#today,
      answers,
      signatures: {
        supervisor: { name: office.supervisors[school.supervisor] ?? '', signedAt },
        school: { name: `${school.name}校长`, signedAt },
      },
    }
    const key = `${office.office}-visit-${school.schoolId}-${this.#today}`
    await this.#cast.supervisor(school).post('/api/inspections/visits/quick', key, visit)
  }

  async #confirmFindings(): Promise<void> {
    const staff = this.#cast.as('office-staff')
    const proposed = await staff.get<{ items: { findingId: string; visitId: string }[] }>(
      '/api/inspections/findings?state=proposed',
    )
    await Promise.all(
      proposed.items.map(({ findingId, visitId }) => {
        const severity = Number.parseInt(findingId.slice(0, 2), 16) % 4 === 0 ? 'serious' : 'ordinary'
        const path = `/api/inspections/visits/${visitId}/findings/${findingId}/confirm`
        return staff.post(path, `confirm-${findingId}`, { severity })
      }),
    )
  }

  async #moveProblems(daysLeft: number): Promise<void> {
    const head = this.#cast.as('office-head')
    const { items } = await head.get<{ items: DemoProblem[] }>('/api/rectification/problems?limit=200&open=true')
    const opened = items.filter(({ state }) => state === 'opened' || state === 'rebounded')
    if (opened.length >= 2 && daysLeft > 9) {
      this.#decisions += 1
      const meeting = this.#decisions % 2 === 0
      const key = `${this.#cast.office.office}-decision-${this.#today}`
      const issued = await head.post('/api/rectification/decisions', key, {
        form: meeting ? 'meeting' : 'writing',
        ...(meeting
          ? {
              meeting: {
                title: '教育督导工作例会（演示）',
                heldOn: this.#today,
                place: '督导室会议室',
                attendees: ['督导室主任', '有关学校校长', '责任督学'],
                minutes: '会议逐项反馈了督查发现的问题，明确了整改要求和期限，有关学校表示认可。',
              },
            }
          : {}),
        problems: opened.map((problem) => ({
          problemId: problem.problemId,
          demand: demandOn(problem.description),
          dueOn: shift(this.#today, daysGiven(problem, daysLeft)),
        })),
      })
      // The newest are still to be signed for.
      if (daysLeft > 20) await this.#sign(issued.id, opened)
    }
    await Promise.all(
      items.map(async (problem) => {
        const act = this.#isLastReturned(problem, daysLeft)
          ? 'return'
          : nextAct(problem, {
              daysToDue: problem.dueOn === null ? 0 : daysBetween(this.#today, problem.dueOn),
              age: daysBetween(problem.openedOn, this.#today),
              daysLeft,
            })
        if (act === undefined || (act === 'verify' && this.#isLeftToCards(problem.schoolId, daysLeft))) return
        await this.#act(act, problem)
      }),
    )
  }

  /** Whatever the day of the story's end, one school has a report to correct then. */
  #isLastReturned({ state }: DemoProblem, daysLeft: number): boolean {
    if (this.#hasReturnedLast || state !== 'reported' || daysLeft >= CORRECTING) return false
    this.#hasReturnedLast = true
    return true
  }

  /** Each school signs for the decision on it. */
  async #sign(decisionId: string, problems: readonly DemoProblem[]): Promise<void> {
    const concerned = new Set(problems.map(({ schoolId }) => schoolId))
    await Promise.all(
      this.#founded.schools
        .filter(({ schoolId }) => concerned.has(schoolId))
        .map((school) => {
          const key = `sign-${decisionId}-${school.schoolId}`
          return this.#cast.principal(school).post(`/api/rectification/decisions/${decisionId}/receive`, key, {})
        }),
    )
  }

  /** In the last days the supervisor on the cards leaves reports to whoever signs in. */
  #isLeftToCards(schoolId: string, daysLeft: number): boolean {
    const school = this.#founded.schools.find((one) => one.schoolId === schoolId)
    return daysLeft < 15 && school?.supervisor === CARD_SUPERVISOR
  }

  async #act(act: Act, problem: DemoProblem): Promise<void> {
    const cast = this.#cast
    const school = this.#founded.schools.find(({ schoolId }) => schoolId === problem.schoolId)
    if (school === undefined) return
    const head = cast.as('office-head')
    const person = act === 'report' ? cast.principal(school) : act === 'verify' ? cast.supervisor(school) : head
    const body = {
      report: async () => ({
        text: '已按要求完成整改，责任到人，印证材料见附件。',
        evidence: [await cast.picture('rectification', 'principal', school)],
      }),
      verify: async () => ({
        finding: '现场核查，问题已整改到位。',
        evidence: [await cast.picture('rectification', 'supervisor', school)],
      }),
      return: async () => ({ reason: '印证材料不能说明问题已经解决，请补充整改后的现场照片。' }),
      cancel: async () => ({ note: '核查属实，同意销号。' }),
      urge: async () => ({ newDueOn: shift(this.#today, 15) }),
      extend: async () => ({
        dueOn: shift(problem.dueOn ?? this.#today, 10),
        reason: '需等待设备到货，学校书面申请延期。',
      }),
    }[act]
    const path = `/api/rectification/problems/${problem.problemId}/${act}`
    await person.post(path, `${act}-${problem.problemId}-${problem.version}`, await body(), problem.version)
  }

  async #workOnPlan(daysLeft: number): Promise<void> {
    if (this.#planIssued) {
      if (daysLeft % 9 === 0) await this.#reportTasks(daysLeft)
    } else if (this.#today >= this.#planFrom) {
      this.#planIssued = true
      await issuePlan(this.#cast)
    }
  }

  async #reportTasks(daysLeft: number): Promise<void> {
    const staff = this.#cast.as('office-staff')
    const { items } = await staff.get<{ items: TaskRow[] }>('/api/office/tasks?limit=100')
    await Promise.all(
      items.map(async (task, index) => {
        if (task.state === 'completed' || (index + daysLeft / 9) % 3 !== 0) return
        // Half of what is nearly done is confirmed as done.
        if (task.progressPercent >= 90 && index % 2 === 0) {
          const done = { note: '任务已完成，印证材料齐全。' }
          const path = `/api/office/tasks/${task.taskId}/complete`
          await this.#cast.as('office-head').post(path, `complete-${task.taskId}`, done, task.version)
          return
        }
        const percent = Math.min(95, task.progressPercent + 10 + (index % 4) * 5)
        const report = { percent, note: '按计划推进，已完成阶段性工作。' }
        const path = `/api/office/tasks/${task.taskId}/progress`
        await staff.post(path, `progress-${task.taskId}-${daysLeft}`, report, task.version)
      }),
    )
  }
}
