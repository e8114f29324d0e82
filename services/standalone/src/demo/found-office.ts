import { chinaDate } from '@dulian/calendar'
import type { Role } from '@dulian/contracts'
import type { InstanceFile } from '../instance-file.ts'
import { shift } from './days.ts'
import { type MonthlyLists, monthlyLists } from './demo-lists.ts'
import { demoPlanText } from './demo-plan.ts'
import { type DemoOffice, demoOffices } from './demo-world.ts'
import { keepRegistry } from './keep-registry.ts'
import type { OfficeCast, Placed } from './office-cast.ts'

/** Pupils from which a school has a supervisor of its own (see the registry's rule large-school-pupils). */
const LARGE = 2_000

/** Which of the office's supervisors is on the card 责任督学. */
export const CARD_SUPERVISOR = 1

export type Card = InstanceFile['cards'][number]

/** What the first day leaves behind. */
export interface Founded {
  readonly schools: readonly Placed[]
  readonly zoneIds: readonly string[]
  readonly lists: MonthlyLists
  /** One card per role, to sign in with afterwards. */
  readonly cards: readonly Card[]
}

/** The first day of an office: zones, supervisors, schools and postings. */
export async function foundOffice(cast: OfficeCast): Promise<Founded> {
  const head = cast.as('office-head')
  const zones = await Promise.all(
    cast.office.zones.map(async (name, index) => {
      const key = `${cast.office.office}-zone-${index}`
      return (await head.post('/api/supervisor-registry/zones', key, { name })).id
    }),
  )
  await appointSupervisors(cast)
  await Promise.all(
    zones.map((zoneId, index) => {
      const body = { supervisorId: cast.supervisorIds[index] }
      const path = `/api/supervisor-registry/zones/${zoneId}/head`
      return head.post(path, `${cast.office.office}-zone-head-${index}`, body, 1)
    }),
  )
  const schools = await registerSchools(cast, zones)
  await keepRegistry(cast, schools)
  await cast.instance.host.settle('prompt')
  return { schools, zoneIds: zones, lists: await monthlyLists(head), cards: drawCards(cast, zones, schools) }
}

async function appointSupervisors(cast: OfficeCast): Promise<void> {
  const { office, name: district, supervisors } = cast.office
  const head = cast.as('office-head')
  const today = chinaDate(cast.clock.now())
  for (const [index, name] of supervisors.entries()) {
    const registered = await head.post('/api/supervisor-registry/supervisors', `${office}-supervisor-${index}`, {
      name,
      category: index === 0 ? 'government' : 'school',
      employment: index < 2 ? 'full-time' : 'part-time',
      homeUnit: `${district}教师发展中心（演示）`,
      field: ['中小学管理', '安全与后勤', '学前教育', '课程与教学'][index % 4],
      phone: `1390000${String(1_000 + index)}`,
    })
    const appointment = {
      // The last one's term ends soon, so that the list of 将到期 is not empty.
      termFrom: shift(today, index === 3 ? -690 : -300),
      decidedBy: `${district}人民政府教育督导委员会`,
      decidedOn: shift(today, -3),
    }
    const path = `/api/supervisor-registry/supervisors/${registered.id}/appoint`
    await head.post(path, `${office}-appoint-${index}`, appointment, registered.version)
    cast.supervisorIds.push(registered.id)
  }
}

async function registerSchools(cast: OfficeCast, zones: readonly string[]): Promise<Placed[]> {
  const { office } = cast.office
  const head = cast.as('office-head')
  const district = String(demoOffices.indexOf(cast.office) + 1).padStart(2, '0')
  const places = placesOf(cast.office)
  const registered = await Promise.all(
    cast.office.schools.map(async (school, index): Promise<readonly Placed[]> => {
      const { name, kind, stage, ownership, enrolment, zone } = school
      const code = `9${district}0000${String(index + 1).padStart(3, '0')}`
      const body = { code, name, kind, stage, ownership, zoneId: zones[zone], enrolment }
      const { id } = await head.post('/api/supervisor-registry/schools', `${office}-school-${index}`, body)
      const supervisor = places[index]
      return supervisor === undefined ? [] : [{ schoolId: id, name, kind, zone, supervisor }]
    }),
  )
  const schools = registered.flat()
  await cast.instance.host.settle('prompt')
  await Promise.all(
    schools.map(({ schoolId, supervisor }, index) =>
      head.post(`/api/supervisor-registry/schools/${schoolId}/posting`, `${office}-posting-${index}`, {
        supervisorId: cast.supervisorIds[supervisor],
        from: chinaDate(cast.clock.now()),
      }),
    ),
  )
  return schools
}

/**
 * Who answers for which school, as indexes into the supervisors: five neighbours each, the large school alone with the last,
 * training institutions with nobody.
 */
function placesOf({ schools, supervisors }: DemoOffice): readonly (number | undefined)[] {
  let placed = 0
  return schools.map(({ kind, enrolment }) => {
    if (kind === 'training-institution') return undefined
    if (enrolment >= LARGE) return supervisors.length - 1
    placed += 1
    return Math.floor((placed - 1) / 5)
  })
}

/** The plan of the year it is, imported, adopted and issued. */
export async function issuePlan(cast: OfficeCast): Promise<void> {
  const { office, name } = cast.office
  const head = cast.as('office-head')
  const today = chinaDate(cast.clock.now())
  const year = Number(today.slice(0, 4))
  const imported = await head.post('/api/office/plans', `${office}-plan`, {
    fileName: `${year}年工作要点.txt`,
    text: demoPlanText(name, year),
    year,
  })
  const adopted = await head.post(
    `/api/office/plans/${imported.id}/adopt`,
    `${office}-plan-adopt`,
    {},
    imported.version,
  )
  const issue = {
    documentNumber: `${name.slice(0, 1)}教督发〔${year}〕1号`,
    issuedOn: today,
    recipients: ['各镇街教育管理中心', '各中小学、幼儿园'],
  }
  await head.post(`/api/office/plans/${imported.id}/issue`, `${office}-plan-issue`, issue, adopted.version)
}

function drawCards(cast: OfficeCast, zones: readonly string[], schools: readonly Placed[]): readonly Card[] {
  const { office, name, supervisors, bodies } = cast.office
  const card = (role: Role, person: string, claims: Partial<Card> = {}): Card => ({
    card: `${office}-${role}`,
    office,
    officeName: `${name}人民政府教育督导室`,
    roles: [role],
    name: person,
    ...claims,
  })
  const first = cast.supervisorIds[0]
  const supervisor = cast.supervisorIds[CARD_SUPERVISOR]
  // Of a school that the supervisor on the cards answers for, so that one problem can be followed by changing cards.
  const school = schools.find(({ supervisor }) => supervisor === CARD_SUPERVISOR)
  const body = bodies[0] ?? ''
  return [
    card('office-head', '督导室主任（演示）'),
    card('office-staff', '督导室工作人员（演示）'),
    card('zone-head', supervisors[0] ?? '', { zone: zones[0] ?? '', supervisor: first ?? '' }),
    card('school-supervisor', supervisors[CARD_SUPERVISOR] ?? '', { supervisor: supervisor ?? '' }),
    card('school-principal', `${school?.name ?? ''}校长`, { school: school?.schoolId ?? '' }),
    card('department-liaison', `${body}联络员（演示）`, { body }),
    card('committee-member', '委员会成员（演示）'),
    card('operator', '系统管理员（演示）'),
  ]
}
