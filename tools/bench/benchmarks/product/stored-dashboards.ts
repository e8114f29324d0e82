import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import {
  deterministicId,
  type EventToAppend,
  newId,
  type Position,
  type StreamName,
  streamName,
} from '@dulian/event-sourcing'
import { openSqliteEvents } from '@dulian/event-store-sqlite'
import { publisherSpace } from '@dulian/service-host'
import { services } from '@dulian/standalone'
import { openSqliteViews } from '@dulian/views-sqlite'
import { driveCallers } from '../../callers.ts'

/** What a county's wall is made of: schools with their visits due month by month, and the problems found in them. */
export interface StoredDashboards {
  readonly offices: number
  readonly schoolsEach: number
  readonly months: number
  readonly problemsPerSchool: number
}

export function dashboardOffice(place: number): string {
  return `bench${place}`
}

interface Stored {
  readonly office: string
  readonly stream: StreamName
  readonly events: readonly EventToAppend[]
}

type Told = readonly { readonly type: string; readonly data: unknown }[]

const SCHOOLS_PER_ZONE = 20
const SCHOOLS_PER_SUPERVISOR = 5
const CALLERS = 64
const DAY_MS = 86_400_000
const TITLES = ['消防通道畅通', '食堂留样规范', '课后服务有序', '作业总量达标', '实验室安全']
const BODIES = ['区消防救援支队', '区市场监管局', null, null, null]

/** Fills the stores of inspections and rectification, one append per stream. Resolves to the number of events. */
export async function storeDashboards(
  dataFolder: string,
  sizes: StoredDashboards,
  progress: (message: string) => void,
): Promise<number> {
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  const schools = Array.from({ length: sizes.offices * sizes.schoolsEach }, (_, n) => schoolOf(n, sizes))
  const dutiesEach = schools.length * sizes.months
  const duties = await store(dataFolder, 'inspections', dutiesEach, (index) => {
    const school = schools[index % schools.length] ?? schoolOf(0, sizes)
    return duty(school, monthsBefore(today, Math.floor(index / schools.length)), today, index)
  })
  progress(`  stored ${duties} events of duties`)
  const problems = await store(dataFolder, 'rectification', schools.length * sizes.problemsPerSchool, (index) =>
    problem(schools[index % schools.length] ?? schoolOf(0, sizes), index, today),
  )
  progress(`  stored ${problems} events of problems`)
  return duties + problems
}

async function store(
  dataFolder: string,
  service: string,
  streams: number,
  make: (index: number) => Stored,
): Promise<number> {
  const folder = join(dataFolder, service)
  mkdirSync(folder, { recursive: true })
  const opened = openSqliteEvents({ file: join(folder, 'events.db') })
  let count = 0
  await driveCallers(CALLERS, streams, async (index) => {
    const { office, stream, events } = make(index)
    count += events.length
    const meta = { correlationId: newId(Date.now()), actor: 'bench', office }
    await opened.append(stream, events, { expected: 'none', meta })
  })
  const head = await opened.head()
  await opened.close()
  await leaveOut(folder, service, head)
  return count
}

/**
 * Years of work were told to the other services long ago, and nobody asks here how lists looked on past days: what is measured
 * are the views of today.
 */
async function leaveOut(folder: string, service: string, head: Position): Promise<void> {
  const projections = services.find(({ name }) => name === service)?.projections ?? []
  const histories = projections.flatMap(({ space }) => (space.name.endsWith('-history') ? [space] : []))
  const views = openSqliteViews({ folder: join(folder, 'views') })
  for (const definition of [publisherSpace, ...histories]) {
    const space = await views.open(definition)
    const lease = await space.acquire('bench', 60_000)
    if (lease === undefined) throw new Error(`${definition.name} is held by somebody else`)
    await space.commit(lease, { position: head })
    await space.release(lease)
  }
  await views.close()
}

function schoolOf(n: number, { offices, schoolsEach }: StoredDashboards) {
  const office = dashboardOffice(n % offices)
  const place = Math.floor(n / offices) % schoolsEach
  const zone = Math.floor(place / SCHOOLS_PER_ZONE)
  const supervisor = Math.floor(place / SCHOOLS_PER_SUPERVISOR)
  return {
    office,
    schoolId: deterministicId('bench-school', office, String(place)),
    schoolName: `示例第${place + 1}小学`,
    zoneId: deterministicId('bench-zone', office, String(zone)),
    zoneName: `第${zone + 1}责任区`,
    supervisorId: deterministicId('bench-supervisor', office, String(supervisor)),
    supervisorName: `示例督学${supervisor + 1}`,
  }
}

type School = ReturnType<typeof schoolOf>

/** Every month behind was visited but for one school in twelve; of the running month a half is. */
function duty({ office, ...school }: School, month: string, today: string, index: number): Stored {
  const isOver = month < today.slice(0, 7)
  const isMet = isOver ? index % 12 !== 0 : index % 2 === 0
  const dueOn = lastDayOf(month)
  const due = { ...school, kind: 'school', month, dueOn, required: 1, rule: { id: 'visit-frequency', version: 1 } }
  const told: Told = [
    { type: 'monthly-visit-due.v1', data: due },
    ...(isMet
      ? [
          {
            type: 'monthly-visit-counted.v1',
            data: { visitId: deterministicId('bench-visit', office, String(index)), visitedOn: `${month}-01` },
          },
        ]
      : isOver
        ? [{ type: 'monthly-visit-missed.v1', data: { noticedOn: addDays(dueOn, 1), visits: 0 } }]
        : []),
  ]
  return stored('monthlyDuty', office, deterministicId('monthly-duty', month, school.schoolId), told)
}

/** Nine in ten are closed; of the open ones a third is overdue, a third due within days. */
function problem({ office, ...school }: School, index: number, today: string): Stored {
  const id = deterministicId('bench-problem', String(index))
  const findingId = deterministicId('bench-finding', String(index))
  const visitId = deterministicId('bench-visit', String(index))
  const title = TITLES[index % TITLES.length] ?? ''
  const turn = Math.floor(index / 7_919) + index
  const isOpen = turn % 10 === 0
  const openedOn = addDays(today, -(isOpen ? 10 + (turn % 60) : 90 + (turn % 600)))
  const person = { subject: 'bench', name: '示例主任' }
  const key = { schoolId: school.schoolId, schoolName: school.schoolName, findingId, visitId, taskId: null, title }
  const ground = { itemCode: 'A05', itemTitle: title, clause: null }
  const dueOn = isOpen ? addDays(today, [-8, 3, 40][Math.floor(turn / 10) % 3] ?? 40) : addDays(openedOn, 30)
  const isLate = isOpen && dueOn < today
  const opened = {
    ...key,
    number: `示-${openedOn.slice(0, 4)}-${String(index).padStart(6, '0')}`,
    description: '东侧楼梯间堆放课桌，消防通道不畅，已当场告知学校。',
    severity: turn % 5 === 0 ? 'serious' : 'ordinary',
    zoneId: school.zoneId,
    zoneName: school.zoneName,
    supervisorId: school.supervisorId,
    supervisorName: school.supervisorName,
    body: BODIES[index % BODIES.length] ?? null,
    source: {
      ...{ kind: 'routine', title: '责任督学进校督查', level: 'district' },
      ...{ year: Number(openedOn.slice(0, 4)), documentNumber: null },
    },
    evidence: [],
    origin: {
      ...{ findingId, visitId, itemCode: 'A05', itemTitle: title, clause: null, foundOn: openedOn },
      ...{ foundBy: school.supervisorName, confirmedAt: `${openedOn}T02:00:00.000Z`, confirmedBy: person.name },
    },
    openedOn,
    openedBy: null,
    ground,
    feedbackId: null,
  }
  const decisionId = deterministicId('bench-decision', String(index))
  const demand = {
    ...{ decisionId, documentNumber: '示教督决〔2026〕1号', demand: '清理楼梯间，保持通道畅通', dueOn },
    ...{ issuedOn: openedOn, issuedBy: person },
  }
  const told: Told = [
    { type: 'problem-opened.v2', data: opened },
    { type: 'demand-set.v1', data: demand },
    ...(isLate ? [{ type: 'deadline-passed.v1', data: { dueOn, noticedOn: addDays(dueOn, 1) } }] : []),
    ...(isOpen
      ? []
      : [
          {
            type: 'rectification-reported.v1',
            data: { text: '已清理', evidence: [], reportedOn: addDays(openedOn, 20), reportedBy: person },
          },
          {
            type: 'rectification-verified.v1',
            data: { finding: '现场通畅', evidence: [], verifiedOn: addDays(openedOn, 25), verifiedBy: person },
          },
          {
            type: 'problem-cancelled.v1',
            data: {
              ...{ ...key, note: '同意销号', cancelledOn: addDays(openedOn, 28) },
              ...{ cancelledAt: `${addDays(openedOn, 28)}T01:00:00.000Z`, cancelledBy: person },
            },
          },
        ]),
  ]
  return stored('problem', office, id, told)
}

function stored(category: string, office: string, id: string, told: Told): Stored {
  const events = told.map((event, place) => ({
    id: deterministicId('bench-event', category, id, String(place)),
    ...event,
  }))
  return { office, stream: streamName(category, office, id), events }
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10)
}

function monthsBefore(today: string, months: number): string {
  const [year = 1970, month = 1] = today.split('-').map(Number)
  return new Date(Date.UTC(year, month - 1 - months, 1)).toISOString().slice(0, 7)
}

function lastDayOf(month: string): string {
  const [year = 1970, number = 1] = month.split('-').map(Number)
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10)
}
