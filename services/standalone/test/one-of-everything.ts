import { type Answer, ok, type Person, type TestInstance } from './test-instance.ts'

/** The ids of one of every kind of thing of an office, made through the real routes. */
export interface OneOfEverything {
  readonly office: string
  readonly zoneId: string
  readonly otherZoneId: string
  readonly schoolId: string
  readonly otherSchoolId: string
  readonly supervisorId: string
  readonly otherSupervisorId: string
  /** A tie of the supervisor to the other school. */
  readonly relationId: string
  readonly activityId: string
  readonly bodyId: string
  readonly talentId: string
  /** Of a table whose one row is refused. */
  readonly importId: string
  readonly checklistId: string
  readonly campaignId: string
  readonly scheduledVisitId: string
  readonly recordedVisitId: string
  readonly proposedFindingId: string
  readonly selfCheckId: string
  readonly summaryId: string
  /** A draft: once issued it is for everybody of the office. */
  readonly bulletinId: string
  readonly problemId: string
  readonly decisionId: string
  readonly noticeId: string
  readonly feedbackId: string
  readonly problemVersion: number
  readonly planId: string
  readonly itemId: string
  readonly taskId: string
  /** Somebody who may sign in, and one of their sessions. */
  readonly accountId: string
  readonly sessionId: string
  /** Service → hash of a file in its store. */
  readonly files: Readonly<Record<string, string>>
}

/** The body that answers for the task and beside the school for the problem. */
export const BODY = '区住建委'
/** First day of every supervisor's term. */
export const TERM_FROM = '2026-09-01'
/** When the story begins and when it has come to its urging notice; both working days. */
export const BEGINNING = '2026-11-02T01:00:00Z'
export const END = '2026-11-10T02:00:00Z'

const planText = `示例区2026年教育督导工作要点

为做好2026年教育督导工作，制定本要点。

一、聚焦督政
1.开展综合督导。每年组织一次综合督导，2026年12月底前完成。（责任单位：${BODY}、区财政局）
2.做好履职评价。重点做好三件事：一是自查；二是上传印证资料；三是迎接核查。（牵头单位：区教委，配合单位：区财政局）

示例区人民政府教育督导室
2026年1月15日
`

/**
 * A visit that found two things, one of them a problem that was demanded, let lie and urged; and everything this
 * stands on. Leaves the clock at `END`.
 */
export async function makeOneOfEverything(test: TestInstance, office = 'yongchuan'): Promise<OneOfEverything> {
  test.clock.set(BEGINNING)
  const head = test.as('office-head', { office })
  const registry = '/api/supervisor-registry'

  const zones: string[] = []
  const supervisors: string[] = []
  const schools: string[] = []
  for (const index of [0, 1]) {
    zones.push(await made(head, `${registry}/zones`, { name: `${['城区', '东片'][index]}责任区` }))
    supervisors.push(await appointed(head, `示例督学${['甲', '乙'][index]}`))
  }
  await test.settle()
  for (const [index, zoneId] of zones.entries()) {
    const named = { supervisorId: supervisors[index] }
    ok(await head.post(`${registry}/zones/${zoneId}/head`, named, { ifMatch: 1 }))
    const school = {
      code: `90000000${index}`,
      name: `示例第${index + 1}小学`,
      kind: 'school',
      stage: 'primary',
      ownership: 'public',
      zoneId,
      enrolment: 800,
    }
    const schoolId = await made(head, `${registry}/schools`, school)
    schools.push(schoolId)
    ok(
      await head.post(`${registry}/schools/${schoolId}/posting`, {
        supervisorId: supervisors[index],
        from: '2026-11-01',
      }),
    )
  }
  await test.settle()
  const [schoolId = '', otherSchoolId = ''] = schools
  const [supervisorId = '', otherSupervisorId = ''] = supervisors

  const registered = await keepRegistry(head, supervisorId, otherSchoolId)
  const wording = { title: '示例清单', items: [{ code: 'Z01', title: '示例条目' }] }
  const checklistId = await made(head, '/api/inspections/checklists', wording)
  ok(await head.post(`/api/inspections/checklists/${checklistId}/publish`, {}, { ifMatch: 1 }))

  const campaignId = await made(head, '/api/inspections/campaigns', {
    title: '示例专项督导',
    topic: '示例主题',
    type: 'special',
    from: '2026-11-02',
    to: '2026-11-30',
    checklistId,
    scope: { schoolIds: [schoolId] },
    teamOverride: '示例',
  })

  const scheduledVisitId = await made(head, '/api/inspections/visits', {
    schoolId,
    supervisorId,
    scheduledFor: '2026-11-20',
  })
  const supervisor = test.as('school-supervisor', { office, supervisor: supervisorId })
  const photo = await supervisor.upload('inspections', `${office} 现场照片说明`)
  const visit = ok(
    await supervisor.post('/api/inspections/visits/quick', {
      schoolId,
      visitedOn: '2026-11-02',
      answers: await standingAnswers(supervisor, { A05: '楼梯间堆放杂物', A06: '留样缺一个品种' }, [photo]),
      signatures: bothSigned('2026-11-02T01:00:00.000Z'),
    }),
    201,
  )
  const recordedVisitId: string = visit.body.id
  const recorded = ok(await head.get(`/api/inspections/visits/${recordedVisitId}`, fresh(visit)))
  const [confirmed, proposed] = recorded.body.findings as { findingId: string }[]
  ok(
    await head.post(`/api/inspections/visits/${recordedVisitId}/findings/${confirmed?.findingId}/confirm`, {
      severity: 'serious',
    }),
  )
  await test.settle()

  const routine = await routineMonth(test, { office, schoolId, zoneId: zones[0] ?? '' })

  const problems = ok(await head.get('/api/rectification/problems')).body.items as { problemId: string }[]
  const problemId = problems[0]?.problemId ?? ''
  const decision = ok(
    await head.post('/api/rectification/decisions', {
      form: 'writing',
      problems: [{ problemId, demand: '清空疏散通道', dueOn: '2026-11-06' }],
    }),
    201,
  )
  const reported = await test
    .as('school-principal', { office, school: schoolId })
    .upload('rectification', `${office} 整改记录`)

  const feedbackId = await made(head, '/api/rectification/feedbacks', {
    source: { kind: 'supervision-feedback', title: '示例市级督导反馈', level: 'city', year: 2026 },
    problems: [
      {
        schoolId: otherSchoolId,
        title: '示例反馈问题',
        description: '功能室台账不全',
        severity: 'ordinary',
      },
    ],
  })

  const planId = await made(head, '/api/office/plans', { fileName: '要点.txt', text: planText, year: 2026 })
  const adopted = ok(await head.post(`/api/office/plans/${planId}/adopt`, {}, { ifMatch: 1 }))
  const tasks = ok(await head.get(`/api/office/tasks?planId=${planId}`, fresh(adopted)))
  const material = await head.upload('office', `${office} 印证材料`)

  const identity = { issuer: 'https://login.example', subject: `${office}-1`, name: '示例工作人员' }
  const accountId = await made(head, `${registry}/accounts`, identity)
  ok(await head.post(`${registry}/accounts/${accountId}/roles`, { role: 'office-staff' }, { ifMatch: 1 }))
  const sessionId = await made(test.as('door', { office }), `${registry}/system/sign-in/sessions`, {
    accountId,
    device: '视窗电脑 · 谷歌浏览器',
    ip: '192.0.2.10',
    idleMinutes: 30,
    endsAt: '2026-11-30T01:00:00.000Z',
    rules: [],
  })

  await test.moveTo(END)
  const problem = `/api/rectification/problems/${problemId}`
  const ifMatch: number = ok(await head.get(problem)).body.version
  const urged = ok(await head.post(`${problem}/urge`, { newDueOn: '2026-11-27' }, { ifMatch }))
  await test.settle()
  return {
    office,
    zoneId: zones[0] ?? '',
    otherZoneId: zones[1] ?? '',
    schoolId,
    otherSchoolId,
    supervisorId,
    otherSupervisorId,
    ...registered,
    checklistId,
    campaignId,
    scheduledVisitId,
    recordedVisitId,
    proposedFindingId: proposed?.findingId ?? '',
    ...routine,
    feedbackId,
    problemId,
    decisionId: decision.body.id,
    noticeId: urged.body.noticeId,
    problemVersion: urged.body.version,
    planId,
    itemId: tasks.body.items[0].itemId,
    taskId: tasks.body.items[0].taskId,
    accountId,
    sessionId,
    files: { inspections: photo.hash, rectification: reported.hash, office: material.hash },
  }
}

/** What the registry keeps beside people and schools. */
async function keepRegistry(head: Person, supervisorId: string, schoolId: string) {
  const registry = '/api/supervisor-registry'
  const supervisor = `${registry}/supervisors/${supervisorId}`
  const tie = { kind: 'other', schoolId, description: '与该校有合作' }
  const relation = ok(await head.post(`${supervisor}/relations`, tie))
  const activity = ok(
    await head.post(`${supervisor}/activities`, {
      on: '2026-10-09',
      kind: 'guidance-research',
      title: '秋季调研',
      text: '到三所学校调研。',
    }),
  )
  const bodies = ok(await head.post(`${registry}/committee/bodies`, { names: [BODY], from: '2021-09-01' }))
  const bodyId: string = bodies.body.bodyIds[0]
  const liaison = { personName: '示例联络员', section: '示例科室', phone: '13900002000', from: '2021-09-01' }
  const ifMatch: number = bodies.body.version
  ok(await head.post(`${registry}/committee/bodies/${bodyId}/liaison`, liaison, { ifMatch }))
  const talentId = await made(head, `${registry}/talents`, {
    name: '示例后备甲',
    homeUnit: '示例教师进修学院',
    field: '学前教育',
    aim: 'school-supervisor',
    recommendedBy: '示例责任区',
    plan: '跟岗一学期',
    on: '2026-10-01',
  })
  const table = '学校标识码,学校名称,办学类型,学段,办学性质\n3150000901,示例导入小学,学校,大学,公办\n'
  const content = Buffer.from(table).toString('base64')
  const importId = await made(head, `${registry}/imports/schools`, { fileName: '学校.csv', content })
  return {
    relationId: relation.body.factId as string,
    activityId: activity.body.activityId as string,
    bodyId,
    talentId,
    importId,
  }
}

/** A self-check handed in, its zone's summary, and the draft of the bulletin. */
async function routineMonth(
  test: TestInstance,
  { office, schoolId, zoneId }: { readonly office: string; readonly schoolId: string; readonly zoneId: string },
): Promise<Pick<OneOfEverything, 'selfCheckId' | 'summaryId' | 'bulletinId'>> {
  const api = '/api/inspections'
  const period = '2026-11'
  const head = test.as('office-head', { office })
  const opened = ok(await head.post(`${api}/self-checks/open`, { period }))
  const checks = ok(await head.get(`${api}/self-checks?schoolId=${schoolId}`, fresh(opened)))
  const selfCheckId: string = checks.body.items[0].selfCheckId
  const principal = test.as('school-principal', { office, school: schoolId })
  const given = { answers: await standingAnswers(principal, {}), statement: '已逐项自查。' }
  ok(await principal.post(`${api}/self-checks/${selfCheckId}/submit`, given))
  const zoneHead = test.as('zone-head', { office, zone: zoneId })
  const summary = { period, text: '本月总体平稳。', gapsReason: '部分学校下周补做' }
  const handedIn = ok(await zoneHead.post(`${api}/zone-summaries`, summary))
  await test.settle()
  const bulletin = ok(await head.post(`${api}/bulletins`, { period }))
  await test.settle()
  return { selfCheckId, summaryId: handedIn.body.id, bulletinId: bulletin.body.id }
}

/** All items of the standing list answered 是, but for those given: code → what was seen. */
export async function standingAnswers(
  person: Person,
  negative: Readonly<Record<string, string>>,
  evidence: readonly unknown[] = [],
): Promise<object[]> {
  const { body } = ok(await person.get('/api/inspections/checklists?state=published'))
  const lists = body.items as { standing: boolean; items: { code: string }[] }[]
  const standing = lists.find((list) => list.standing)
  return (standing?.items ?? []).map(({ code }) =>
    negative[code] === undefined ? { code, answer: 'yes' } : { code, answer: 'no', note: negative[code], evidence },
  )
}

export function bothSigned(signedAt: string): object {
  return { supervisor: { name: '示例督学甲', signedAt }, school: { name: '示例校长', signedAt } }
}

/** The header that makes a query wait for what a command has just changed. */
export function fresh(answer: Answer): Record<string, string> {
  return { 'min-position': answer.body.position }
}

async function made(person: Person, path: string, body: object): Promise<string> {
  return ok(await person.post(path, body), 201).body.id
}

/** A supervisor of this name, registered and in a running term. */
export async function appointed(head: Person, name: string): Promise<string> {
  const supervisors = '/api/supervisor-registry/supervisors'
  const id = await made(head, supervisors, {
    name,
    category: name.endsWith('甲') ? 'government' : 'school',
    employment: 'full-time',
    homeUnit: '示例教师进修学院',
    field: '课程与教学',
    phone: '13900001000',
  })
  const term = { termFrom: TERM_FROM, decidedBy: '示例教育督导委员会', decidedOn: '2026-08-20' }
  ok(await head.post(`${supervisors}/${id}/appoint`, term, { ifMatch: 1 }))
  return id
}
