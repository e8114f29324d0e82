import { chinaDate } from '@dulian/calendar'
import type { Role, TokenClaims } from '@dulian/contracts'
import { roles } from '@dulian/contracts'
import type { FakeClock } from '@dulian/event-sourcing'
import type { DemoCard } from '@dulian/portal'
import type { Instance } from '../instance.ts'
import type { InstanceFile } from '../instance-file.ts'
import { type DemoPerson, demoPerson } from './demo-client.ts'
import { demoFindings } from './demo-findings.ts'
import { demoPicture } from './demo-picture.ts'
import { demoPlanText } from './demo-plan.ts'
import { type DemoOffice, demoOffices } from './demo-world.ts'
import { type Act, type DemoProblem, daysGiven, demandFor, nextAct } from './problem-course.ts'

type Card = InstanceFile['cards'][number]

/** How far back the demo begins: three whole months of visits, and the current one half done. */
export const DEMO_DAYS = 105

interface Placed {
  readonly schoolId: string
  readonly name: string
  readonly zone: number
  readonly supervisor: number
  readonly enrolment: number
}

/** One office being lived through: its people, its places, and what is still open. */
class OfficeStory {
  readonly office: DemoOffice
  readonly cards: Card[] = []
  readonly #instance: Instance
  readonly #clock: FakeClock
  readonly #people = new Map<string, DemoCard>()
  readonly #tokens = new Map<string, { readonly token: string; readonly until: number }>()
  #schools: Placed[] = []
  #supervisors: string[] = []
  #zones: string[] = []
  #checklist = ''
  #items: { readonly code: string }[] = []
  #visits = 0
  #decisions = 0
  #pictures = 0
  #findings = 0
  readonly #finalMonth: string

  constructor(office: DemoOffice, instance: Instance, clock: FakeClock, now: number) {
    this.office = office
    this.#instance = instance
    this.#clock = clock
    this.#finalMonth = chinaDate(now).slice(0, 7)
    // Each office begins the round of findings elsewhere.
    this.#findings = demoOffices.indexOf(office) * 3
  }

  /** First day: zones, schools, supervisors, postings, the checklist and the year's plan. */
  async found(): Promise<void> {
    const { office } = this.office
    const head = this.as('office-head')
    const today = chinaDate(this.#clock.now())
    for (const [index, name] of this.office.zones.entries()) {
      this.#zones.push((await head.post('/api/supervisor-registry/zones', `${office}-zone-${index}`, { name })).id)
    }
    for (const [index, name] of this.office.supervisors.entries()) {
      const registered = await head.post('/api/supervisor-registry/supervisors', `${office}-supervisor-${index}`, {
        name,
        category: index === 0 ? 'government' : 'school',
        employment: index < 2 ? 'full-time' : 'part-time',
        homeUnit: `${this.office.name}教师发展中心（演示）`,
        field: ['中小学管理', '安全与后勤', '学前教育', '课程与教学'][index % 4],
        phone: `1390000${String(1_000 + index)}`,
      })
      await head.post(
        `/api/supervisor-registry/supervisors/${registered.id}/appoint`,
        `${office}-appoint-${index}`,
        {
          termFrom: index === 3 ? shift(today, -1_000) : shift(today, -300),
          decidedBy: `${this.office.name}人民政府教育督导委员会`,
          decidedOn: shift(today, -3),
        },
        registered.version,
      )
      this.#supervisors.push(registered.id)
    }
    for (const [index, zoneId] of this.#zones.entries()) {
      await head.post(
        `/api/supervisor-registry/zones/${zoneId}/head`,
        `${office}-zone-head-${index}`,
        { supervisorId: this.#supervisors[index] },
        1,
      )
    }
    for (const [index, school] of this.office.schools.entries()) {
      const { id } = await head.post('/api/supervisor-registry/schools', `${office}-school-${index}`, {
        code: `9${String(demoOffices.indexOf(this.office) + 1).padStart(2, '0')}0000${String(index + 1).padStart(3, '0')}`,
        name: school.name,
        kind: school.kind,
        stage: school.stage,
        ownership: school.ownership,
        zoneId: this.#zones[school.zone],
        enrolment: school.enrolment,
      })
      this.#schools.push({
        schoolId: id,
        name: school.name,
        zone: school.zone,
        supervisor: index % this.#supervisors.length,
        enrolment: school.enrolment,
      })
    }
    await this.#instance.host.settle()
    for (const [index, school] of this.#schools.entries()) {
      await head.post(`/api/supervisor-registry/schools/${school.schoolId}/posting`, `${office}-posting-${index}`, {
        supervisorId: this.#supervisors[school.supervisor],
        from: today,
        overrideReason: '演示数据：学校较少，由现有督学兼顾',
      })
      await this.#instance.host.service('supervisor-registry').settle()
    }
    await this.#prepareChecklist(head)
    this.#drawCards()
    await this.#adoptPlan(head)
    await this.#instance.host.settle()
  }

  /** A working day: the visits whose turn it is, then what the office, the schools and the supervisors owe each other. */
  async live(day: number, last: number): Promise<void> {
    const today = chinaDate(this.#clock.now())
    for (const [index, school] of this.#schools.entries()) {
      // Everybody once a month, spread over its first 27 days; of this month's visits every fourth is still to be made.
      const turn = 1 + ((index * 11 + this.office.office.length * 5) % 27)
      const thisMonth = today.slice(0, 7) === this.#finalMonth
      if (this.#isTurn(today, turn) && !(thisMonth && index % 4 === 3)) await this.#visit(day, school)
    }
    await this.#instance.host.settle()
    await this.#confirmFindings(day, last)
    await this.#instance.host.settle()
    await this.#moveProblems(last - day)
    if (day % 9 === 0) await this.#reportTasks(day)
  }

  /** The first day of work on or after that day of the month. */
  #isTurn(today: string, dayOfMonth: number): boolean {
    const planned = `${today.slice(0, 7)}-${String(dayOfMonth).padStart(2, '0')}`
    if (planned > today) return false
    for (let date = planned; date < today; date = shift(date, 1))
      if (isWeekday(Date.parse(`${date}T01:30:00Z`))) return false
    return true
  }

  /** Everybody of this office who has acted or may sign in. */
  get people(): readonly DemoCard[] {
    return [...this.#people.values()]
  }

  as(role: Role, claims: Partial<TokenClaims> = {}): DemoPerson {
    const name = claims.name ?? `${roles[role].title}（演示）`
    const card = `${this.office.office}-${role}-${name}`
    this.#people.set(card, { card, claims: { sub: card, office: this.office.office, roles: [role], ...claims, name } })
    return demoPerson(this.#instance.app, () => this.#token(card))
  }

  async #token(card: string): Promise<string> {
    const known = this.#tokens.get(card)
    if (known !== undefined && known.until > this.#clock.now()) return known.token
    const { issuer } = this.#instance
    if (issuer === undefined) throw new TypeError('the demo needs the demo issuer')
    const { accessToken } = await issuer.sign(card)
    this.#tokens.set(card, { token: accessToken, until: this.#clock.now() + 1_800_000 })
    return accessToken
  }

  #supervisor(school: Placed): DemoPerson {
    return this.as('school-supervisor', {
      name: this.office.supervisors[school.supervisor] ?? '',
      supervisor: this.#supervisors[school.supervisor] ?? '',
    })
  }

  #principal(school: Placed): DemoPerson {
    return this.as('school-principal', { name: `${school.name}校长`, school: school.schoolId })
  }

  #supervisorCard(school: Placed): string {
    this.#supervisor(school)
    return `${this.office.office}-school-supervisor-${this.office.supervisors[school.supervisor] ?? ''}`
  }

  #principalCard(school: Placed): string {
    this.#principal(school)
    return `${this.office.office}-school-principal-${school.name}校长`
  }

  async #prepareChecklist(head: DemoPerson): Promise<void> {
    const list = await head.get<{ items: { checklistId: string; state: string; items: { code: string }[] }[] }>(
      '/api/inspections/checklists',
    )
    const standing = list.items.find(({ state }) => state === 'published')
    if (standing !== undefined) {
      this.#checklist = standing.checklistId
      this.#items = standing.items
      return
    }
    const items = [
      ['A01', '校园安全：疏散通道、消防设施完好畅通'],
      ['A02', '食品卫生：食堂留样、从业人员健康证齐全'],
      ['A03', '“四个100%”：专职保安、封闭管理、一键报警、护学岗落实'],
      ['B01', '课程开设：没有“阴阳课表”，开齐开足国家课程'],
      ['B02', '“双减”：作业公示、课后服务自愿规范'],
      ['B03', '思政课建设：专职教师配备与课时落实'],
      ['C01', '身心健康：体育锻炼时间、心理辅导室开放'],
      ['C02', '师德师风：制度健全，无有偿补课举报'],
      ['D01', '党建工作：组织生活正常，台账完整'],
      ['D02', '教学常规管理：备课、巡课、教研有记录'],
    ].map(([code, title]) => ({ code: code ?? '', title: title ?? '' }))
    const created = await head.post('/api/inspections/checklists', `${this.office.office}-checklist`, {
      title: '每月进校督查清单（演示）',
      items,
    })
    await head.post(
      `/api/inspections/checklists/${created.id}/publish`,
      `${this.office.office}-checklist-publish`,
      {},
      created.version,
    )
    this.#checklist = created.id
    this.#items = items
  }

  async #adoptPlan(head: DemoPerson): Promise<void> {
    const year = Number(chinaDate(this.#clock.now()).slice(0, 4))
    const { office } = this.office
    const imported = await head.post('/api/office/plans', `${office}-plan`, {
      fileName: `${year}年工作要点.txt`,
      text: demoPlanText(this.office.name, year),
      year,
    })
    const adopted = await head.post(
      `/api/office/plans/${imported.id}/adopt`,
      `${office}-plan-adopt`,
      {},
      imported.version,
    )
    await head.post(
      `/api/office/plans/${imported.id}/issue`,
      `${office}-plan-issue`,
      {
        documentNumber: `${this.office.name.slice(0, 1)}教督发〔${year}〕1号`,
        issuedOn: chinaDate(this.#clock.now()),
        recipients: ['各镇街教育管理中心', '各中小学、幼儿园'],
      },
      adopted.version,
    )
  }

  async #visit(day: number, school: Placed): Promise<void> {
    this.#visits += 1
    const signedAt = new Date(this.#clock.now()).toISOString()
    const seen = this.#visits % 5 < 2 ? demoFindings[this.#findings % demoFindings.length] : undefined
    const finding = this.#items.some(({ code }) => code === seen?.code) ? seen : undefined
    const evidence =
      finding === undefined ? [] : [await this.#picture('inspections', this.#supervisorCard(school), this.#findings)]
    if (finding !== undefined) this.#findings += 1
    await this.#supervisor(school).post(
      '/api/inspections/visits/quick',
      `${this.office.office}-visit-${school.schoolId}-${day}`,
      {
        schoolId: school.schoolId,
        checklistId: this.#checklist,
        visitedOn: chinaDate(this.#clock.now()),
        answers: this.#items.map(({ code }) =>
          code === finding?.code
            ? { code, answer: 'no', note: finding.note, evidence }
            : { code, answer: 'yes', evidence: [] },
        ),
        signatures: {
          supervisor: { name: this.office.supervisors[school.supervisor] ?? '', signedAt },
          school: { name: `${school.name}校长`, signedAt },
        },
      },
    )
  }

  async #confirmFindings(day: number, last: number): Promise<void> {
    // The newest ones stay proposed: the office's queue must not be empty.
    if (last - day < 6) return
    const staff = this.as('office-staff')
    const proposed = await staff.get<{ items: { findingId: string; visitId: string; description: string }[] }>(
      '/api/inspections/findings?state=proposed',
    )
    for (const { findingId, visitId } of proposed.items) {
      const severity = Number.parseInt(findingId.slice(0, 2), 16) % 4 === 0 ? 'serious' : 'ordinary'
      await staff.post(`/api/inspections/visits/${visitId}/findings/${findingId}/confirm`, `confirm-${findingId}`, {
        severity,
      })
    }
  }

  async #moveProblems(daysLeft: number): Promise<void> {
    const { office } = this.office
    const today = chinaDate(this.#clock.now())
    const head = this.as('office-head')
    const { items } = await head.get<{ items: DemoProblem[] }>('/api/rectification/problems?limit=200')
    const opened = items.filter(({ state }) => state === 'opened')
    if (opened.length >= 2 && daysLeft > 9) {
      this.#decisions += 1
      const meeting = this.#decisions % 2 === 0
      await head.post('/api/rectification/decisions', `${office}-decision-${today}`, {
        form: meeting ? 'meeting' : 'writing',
        ...(meeting ? { meeting: '教育督导工作例会（演示）' } : {}),
        problems: opened.map((problem) => ({
          problemId: problem.problemId,
          demand: demandFor(problem),
          dueOn: shift(today, daysGiven(problem, daysLeft)),
        })),
      })
    }
    for (const problem of items) {
      const act = nextAct(problem, {
        daysToDue: problem.dueOn === null ? 0 : daysBetween(today, problem.dueOn),
        age: daysBetween(problem.openedOn, today),
        daysLeft,
      })
      if (act !== undefined) await this.#act(act, problem, today)
    }
  }

  async #act(act: Act, problem: DemoProblem, today: string): Promise<void> {
    const school = this.#schools.find(({ schoolId }) => schoolId === problem.schoolId)
    if (school === undefined) return
    const head = this.as('office-head')
    const person = {
      report: this.#principal(school),
      verify: this.#supervisor(school),
      return: head,
      cancel: head,
      urge: head,
      extend: head,
    }[act]
    const picture = async (card: string): Promise<unknown[]> => [
      await this.#picture('rectification', card, this.#pictures),
    ]
    const body = {
      report: async () => ({
        text: '已按要求完成整改，责任到人，佐证材料见附件。',
        evidence: await picture(this.#principalCard(school)),
      }),
      verify: async () => ({
        finding: '现场核查，问题已整改到位。',
        evidence: await picture(this.#supervisorCard(school)),
      }),
      return: async () => ({ reason: '佐证材料不能说明问题已经解决，请补充整改后的现场照片。' }),
      cancel: async () => ({ note: '核查属实，同意销号。' }),
      urge: async () => ({ newDueOn: shift(today, 15) }),
      extend: async () => ({ dueOn: shift(problem.dueOn ?? today, 10), reason: '需等待设备到货，学校书面申请延期。' }),
    }[act]
    await person.post(
      `/api/rectification/problems/${problem.problemId}/${act}`,
      `${act}-${problem.problemId}-${problem.version}`,
      await body(),
      problem.version,
    )
  }

  async #picture(service: 'inspections' | 'rectification', card: string, seed: number): Promise<unknown> {
    this.#pictures += 1
    const boundary = 'dulian-demo'
    const response = await this.#instance.app.inject({
      method: 'POST',
      url: `/api/${service}/files`,
      headers: {
        authorization: `Bearer ${await this.#token(card)}`,
        'content-type': `multipart/form-data; boundary=${boundary}`,
      },
      payload: Buffer.concat([
        Buffer.from(
          `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="现场示意图${seed + 1}.png"\r\nContent-Type: image/png\r\n\r\n`,
        ),
        demoPicture(seed),
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ]),
    })
    if (response.statusCode >= 400) throw new Error(`evidence refused: ${response.body}`)
    const { hash, name, mediaType, size } = response.json<{
      hash: string
      name: string
      mediaType: string
      size: number
    }>()
    return { hash, name, mediaType, size, service }
  }

  async #reportTasks(day: number): Promise<void> {
    const staff = this.as('office-staff')
    const { items } = await staff.get<{
      items: { taskId: string; state: string; progressPercent: number; version: number }[]
    }>('/api/office/tasks?limit=100')
    for (const [index, task] of items.entries()) {
      if (task.state === 'completed' || (index + day) % 3 !== 0) continue
      const percent = Math.min(95, task.progressPercent + 10 + (index % 4) * 5)
      await staff.post(
        `/api/office/tasks/${task.taskId}/progress`,
        `progress-${task.taskId}-${day}`,
        { percent, note: '按计划推进，已完成阶段性工作。' },
        task.version,
      )
    }
  }

  #drawCards(): void {
    const { office, name } = this.office
    const officeName = `${name}人民政府教育督导室`
    const first = this.#schools[0]
    const add = (role: Role, person: string, claims: Partial<Card> = {}): void => {
      this.cards.push({ card: `${office}-${role}`, office, officeName, roles: [role], name: person, ...claims })
    }
    add('office-head', '督导室主任（演示）')
    add('office-staff', '督导室工作人员（演示）')
    add('zone-head', this.office.supervisors[0] ?? '', {
      zone: this.#zones[0] ?? '',
      supervisor: this.#supervisors[0] ?? '',
    })
    add('school-supervisor', this.office.supervisors[1] ?? '', { supervisor: this.#supervisors[1] ?? '' })
    add('school-principal', `${first?.name ?? ''}校长`, { school: first?.schoolId ?? '' })
    add('department-liaison', `${this.office.bodies[0] ?? ''}联络员（演示）`, { body: this.office.bodies[0] ?? '' })
    add('committee-member', '委员会成员（演示）')
    add('operator', '系统管理员（演示）')
  }
}

/** The stories of all demo offices; `open` gets the way to sign in as whoever is in them by then. */
export interface DemoSeed {
  /** For the demo issuer of the instance being seeded. */
  people(): readonly DemoCard[]
  /**
   * Lives the last months of four offices through the real routes, day by day under a clock of its own, up to now.
   * The instance must be empty and run on `clock`. Answers the sign-in cards.
   */
  run(instance: Instance, progress: (done: number, total: number) => void): Promise<readonly Card[]>
}

export function demoSeed(clock: FakeClock, now: number): DemoSeed {
  let stories: readonly OfficeStory[] = []
  return {
    people: () => stories.flatMap((story) => story.people),
    async run(instance, progress) {
      stories = demoOffices.map((office) => new OfficeStory(office, instance, clock, now))
      for (let day = 0; day <= DEMO_DAYS; day += 1) {
        const morning = Math.min(now, startOfWork(now, DEMO_DAYS - day))
        clock.set(morning)
        await instance.host.tick()
        if (day === 0) for (const story of stories) await story.found()
        else if (isWeekday(morning)) for (const story of stories) await story.live(day, DEMO_DAYS)
        progress(day, DEMO_DAYS)
      }
      clock.set(now)
      await instance.host.tick()
      await instance.host.settle()
      return stories.flatMap((story) => story.cards)
    },
  }
}

/** The first morning of the story. */
export function demoBeginning(now: number): number {
  return startOfWork(now, DEMO_DAYS)
}

/** 09:30 in China, so many days before `now`. */
function startOfWork(now: number, daysBefore: number): number {
  return Date.parse(`${shift(chinaDate(now), -daysBefore)}T01:30:00Z`)
}

function isWeekday(instant: number): boolean {
  const day = new Date(instant + 8 * 3_600_000).getUTCDay()
  return day !== 0 && day !== 6
}

function shift(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)
}
