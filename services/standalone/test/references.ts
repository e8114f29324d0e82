import type { Role } from '@dulian/contracts'
import { bothSigned, type OneOfEverything } from './one-of-everything.ts'
import { NO_HASH, NO_ID } from './route-ids.ts'

interface References {
  readonly theirs: object
  readonly theirId: string
  readonly nobodys: object
  readonly noId: string
}

/** A command on something of one's own that names, in its body, something of another office or of nobody. */
export interface Reference {
  readonly role: Role
  readonly path: string
  readonly ifMatch?: number
  readonly bodies: References
}

/** Every place in a body that takes an id or a hash. */
export function references(mine: OneOfEverything, theirs: OneOfEverything): readonly Reference[] {
  const registry = '/api/supervisor-registry'
  const inspections = '/api/inspections'
  const rectification = '/api/rectification'
  const { schoolId, supervisorId } = mine
  const id = (of: (things: OneOfEverything) => string, body: (id: string) => object): References => ({
    theirs: body(of(theirs)),
    theirId: of(theirs),
    nobodys: body(NO_ID),
    noId: NO_ID,
  })
  const file = (service: string, body: (reference: { readonly hash: string }) => object): References => {
    const reference = (hash: string) => ({ hash, name: '记录.txt', mediaType: 'text/plain', size: 1, service })
    const theirId = theirs.files[service] ?? ''
    return { theirs: body(reference(theirId)), theirId, nobodys: body(reference(NO_HASH)), noId: NO_HASH }
  }
  const school = { name: '示例', kind: 'school', stage: 'primary', ownership: 'public' }
  const tie = { kind: 'other', description: '与该校有合作' }
  const seat = { personTitle: '局长', from: '2026-11-01' }
  const talent = {
    name: '示例后备乙',
    homeUnit: '示例教师进修学院',
    field: '学前教育',
    aim: 'government-supervisor',
    recommendedBy: '示例责任区',
    plan: '跟岗',
    on: '2026-11-01',
  }
  const plan = { schoolId, supervisorId, scheduledFor: '2026-11-25' }
  const quick = {
    schoolId,
    visitedOn: '2026-11-10',
    answers: [] as object[],
    signatures: bothSigned('2026-11-10T01:00:00.000Z'),
  }
  const problem = {
    schoolId,
    title: '示例问题',
    description: '说明',
    severity: 'ordinary',
    source: { kind: 'special', title: '专项督导', level: 'district', year: 2026 },
  }
  const head = (path: string, bodies: References, ifMatch?: number): Reference => ({
    role: 'office-head',
    path,
    bodies,
    ...(ifMatch === undefined ? {} : { ifMatch }),
  })
  const supervisor = (path: string, bodies: References): Reference => ({
    role: 'school-supervisor',
    path,
    bodies,
  })
  return [
    head(
      `${registry}/schools`,
      id(
        ({ zoneId }) => zoneId,
        (zoneId) => ({ ...school, code: '999999999', zoneId }),
      ),
    ),
    head(
      `${registry}/schools/${schoolId}/correct`,
      id(
        ({ zoneId }) => zoneId,
        (zoneId) => ({ zoneId, reason: '调整' }),
      ),
      1,
    ),
    head(
      `${registry}/zones/${mine.zoneId}/head`,
      id(
        (things) => things.supervisorId,
        (foreign) => ({ supervisorId: foreign }),
      ),
      2,
    ),
    head(
      `${registry}/schools/${schoolId}/posting`,
      id(
        (things) => things.supervisorId,
        (foreign) => ({ supervisorId: foreign, from: '2026-11-10' }),
      ),
    ),
    head(
      `${registry}/supervisors/${supervisorId}/relations`,
      id(
        (things) => things.schoolId,
        (foreign) => ({ ...tie, schoolId: foreign }),
      ),
    ),
    supervisor(
      `${registry}/supervisors/${supervisorId}/relations/declare`,
      id(
        (things) => things.schoolId,
        (foreign) => ({ ...tie, schoolId: foreign }),
      ),
    ),
    head(
      `${registry}/committee/seats`,
      id(
        ({ bodyId }) => bodyId,
        (bodyId) => ({ ...seat, role: 'member', personName: '示例委员', bodyId }),
      ),
      2,
    ),
    head(
      `${registry}/committee/seats`,
      id(
        (things) => things.supervisorId,
        (foreign) => ({ ...seat, role: 'chief-supervisor', supervisorId: foreign }),
      ),
      2,
    ),
    head(
      `${registry}/talents`,
      id(
        (things) => things.supervisorId,
        (foreign) => ({ ...talent, supervisorId: foreign }),
      ),
    ),
    head(
      `${inspections}/visits`,
      id(
        (things) => things.schoolId,
        (foreign) => ({ ...plan, schoolId: foreign }),
      ),
    ),
    head(
      `${inspections}/visits`,
      id(
        (things) => things.supervisorId,
        (foreign) => ({ ...plan, supervisorId: foreign }),
      ),
    ),
    head(
      `${inspections}/visits`,
      id(
        ({ checklistId }) => checklistId,
        (checklistId) => ({ ...plan, checklistId }),
      ),
    ),
    head(
      `${inspections}/visits`,
      id(
        ({ taskId }) => taskId,
        (taskId) => ({ ...plan, taskId }),
      ),
    ),
    supervisor(
      `${inspections}/visits/quick`,
      id(
        (things) => things.schoolId,
        (foreign) => ({ ...quick, schoolId: foreign }),
      ),
    ),
    supervisor(
      `${inspections}/visits/quick`,
      id(
        ({ checklistId }) => checklistId,
        (checklistId) => ({ ...quick, checklistId }),
      ),
    ),
    supervisor(
      `${inspections}/visits/quick`,
      id(
        ({ taskId }) => taskId,
        (taskId) => ({ ...quick, taskId }),
      ),
    ),
    supervisor(
      `${inspections}/visits/quick`,
      file('inspections', (evidence) => ({
        ...quick,
        answers: [{ code: 'A05', answer: 'no', note: '见照片', evidence: [evidence] }],
      })),
    ),
    supervisor(
      `${inspections}/visits/${mine.scheduledVisitId}/record`,
      file('inspections', (evidence) => ({
        visitedOn: '2026-11-10',
        answers: [{ code: 'A05', answer: 'no', note: '见照片', evidence: [evidence] }],
        signatures: quick.signatures,
      })),
    ),
    head(
      `${rectification}/problems`,
      id(
        (things) => things.schoolId,
        (foreign) => ({ ...problem, schoolId: foreign }),
      ),
    ),
    head(
      `${rectification}/problems`,
      file('rectification', (evidence) => ({ ...problem, evidence: [evidence] })),
    ),
    head(
      `${rectification}/decisions`,
      id(
        ({ problemId }) => problemId,
        (problemId) => ({ form: 'writing', problems: [{ problemId, demand: '整改', dueOn: '2026-12-10' }] }),
      ),
    ),
    {
      role: 'school-principal',
      path: `${rectification}/problems/${mine.problemId}/report`,
      ifMatch: mine.problemVersion,
      bodies: file('rectification', (evidence) => ({ text: '已整改', evidence: [evidence] })),
    },
    head(
      '/api/office/plans',
      file('office', (evidence) => ({ fileName: '要点.txt', fileHash: evidence.hash })),
    ),
    head(
      '/api/office/plans/parse',
      file('office', (evidence) => ({ fileName: '要点.txt', fileHash: evidence.hash })),
    ),
    head(
      `/api/office/tasks/${mine.taskId}/evidence`,
      file('office', (evidence) => ({ evidence })),
      1,
    ),
  ]
}
