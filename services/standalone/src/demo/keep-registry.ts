import { chinaDate } from '@dulian/calendar'
import { shift } from './days.ts'
import type { DemoPerson } from './demo-client.ts'
import type { OfficeCast, Placed } from './office-cast.ts'

/** The nineteen member bodies of a district; the words 区 become 县 where it is a county. */
const memberBodies = [
  ...['区教委', '区委组织部', '区委宣传部', '区委编办', '区委政法委', '区发展改革委', '区财政局', '区公安分局'],
  ...['区民政局', '区人力社保局', '区规划自然资源局', '区住房城乡建委', '区文化旅游委', '区卫生健康委'],
  ...['区应急局', '区市场监管局', '区体育局', '区消防救援局', '团区委'],
]
/** Those that have named nobody yet, so that the list of them is not empty. */
const WITHOUT_LIAISON = 3

/** The committee, one tie, one year's activities and one talent: what the registry keeps beside people and schools. */
export async function keepRegistry(cast: OfficeCast, schools: readonly Placed[]): Promise<void> {
  const head = cast.as('office-head')
  await seatCommittee(cast, head)
  await declareTie(cast, head, schools)
  await recordYear(cast, head)
}

async function seatCommittee(cast: OfficeCast, head: DemoPerson): Promise<void> {
  const { office, name } = cast.office
  const committee = '/api/supervisor-registry/committee'
  const today = chinaDate(cast.clock.now())
  const since = shift(today, -400)
  const ofOffice = (body: string) => (name.endsWith('县') ? body.replace('区', '县') : body)
  const seated = await head.post<{ id: string; version: number; position: string; bodyIds: string[] }>(
    `${committee}/bodies`,
    `${office}-committee-bodies`,
    { names: memberBodies.map(ofOffice), from: since },
  )
  let { version } = seated
  const seats = [
    { role: 'director', personName: '委员会主任甲（演示）', personTitle: ofOffice('副区长'), from: since },
    { role: 'deputy-director', personName: '委员会副主任甲（演示）', personTitle: ofOffice('区教委主任'), from: since },
    { role: 'director', personName: '委员会主任乙（演示）', personTitle: ofOffice('副区长'), from: shift(today, -90) },
    { role: 'chief-supervisor', personTitle: '督导室主任', supervisorId: cast.supervisorIds[0], from: today },
  ]
  for (const [index, seat] of seats.entries()) {
    version = (await head.post(`${committee}/seats`, `${office}-seat-${index}`, seat, version)).version
  }
  for (const [index, bodyId] of seated.bodyIds.slice(0, -WITHOUT_LIAISON).entries()) {
    const liaison = {
      personName: `联络员${index + 1}（演示）`,
      section: '办公室',
      phone: `1390001${String(1_000 + index)}`,
      from: since,
    }
    const done = await head.post(
      `${committee}/bodies/${bodyId}/liaison`,
      `${office}-liaison-${index}`,
      liaison,
      version,
    )
    version = done.version
  }
}

/** The supervisor on the cards has a tie to a school that somebody else answers for. */
async function declareTie(cast: OfficeCast, head: DemoPerson, schools: readonly Placed[]): Promise<void> {
  const supervisorId = cast.supervisorIds[1]
  const school = schools[4]
  if (supervisorId === undefined || school === undefined) return
  const path = `/api/supervisor-registry/supervisors/${supervisorId}/relations`
  await head.post(path, `${cast.office.office}-relation`, {
    kind: 'kinship',
    schoolId: school.schoolId,
    description: '配偶任该校副校长',
    relativeName: '演示亲属',
    from: '2024-09-01',
  })
}

async function recordYear(cast: OfficeCast, head: DemoPerson): Promise<void> {
  const { office, zones } = cast.office
  const today = chinaDate(cast.clock.now())
  const path = `/api/supervisor-registry/supervisors/${cast.supervisorIds[0]}/activities`
  const activities = [
    { kind: 'major-supervision', title: '开学专项督导', text: '带队督查五所学校的开学准备和安全工作。', daysAgo: 40 },
    { kind: 'guidance-research', title: '乡村学校调研', text: '到三所乡村学校听课、座谈，指导教学常规。', daysAgo: 20 },
    { kind: 'policy-advice', title: '关于走教教师的建议', text: '建议由片区统筹音体美教师走教。', daysAgo: 5 },
  ]
  for (const { daysAgo, ...activity } of activities) {
    await head.post(path, `${office}-activity-${daysAgo}`, { ...activity, on: shift(today, -daysAgo) })
  }
  await head.post('/api/supervisor-registry/talents', `${office}-talent`, {
    name: '后备督学甲（演示）',
    homeUnit: '示例实验学校（演示）',
    field: '学校安全',
    aim: 'school-supervisor',
    recommendedBy: zones[0],
    plan: '跟岗一学期，参加任职资格培训，独立完成两次专项督查。',
    on: shift(today, -30),
  })
}
