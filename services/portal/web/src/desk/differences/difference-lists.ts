import {
  activityKinds,
  answers,
  bulletinStates,
  campaignSchoolStates,
  campaignStages,
  checklistStates,
  findingStates,
  ownerships,
  planStates,
  problemStandings,
  problemStates,
  relationKinds,
  relationSources,
  relationStandings,
  schoolKinds,
  schoolStages,
  schoolStatuses,
  selfCheckStates,
  severities,
  talentAims,
  talentOutcomes,
  talentStates,
  taskStates,
  termStates,
  visitStates,
  zoneSummaryStates,
} from '../../words/labels.ts'
import type { DifferenceList } from '../kit/past/look-back-control.tsx'

type Words = Readonly<Record<string, string>>

export interface DifferenceSource {
  readonly title: string
  readonly crumb: string
  /** The list itself, and the record of one of its things where it has one. */
  readonly to: string
  readonly record?: (id: string) => string
  /** Words of coded values, by their field. */
  readonly words: Readonly<Record<string, Words>>
}

const supervisorStatuses = { registered: '已登记', appointed: '已聘任', dismissed: '已解聘（解任）' }
const relationWords = { kind: relationKinds, standing: relationStandings, source: relationSources }
const certificateStates = { none: '未颁发', valid: '有效', expired: '已届满', void: '已失效' }

export const differenceLists: Readonly<Record<DifferenceList, DifferenceSource>> = {
  schools: {
    title: '学校',
    crumb: '督学库',
    to: '/schools',
    record: (id) => `/schools/${id}`,
    words: { kind: schoolKinds, stage: schoolStages, ownership: ownerships, status: schoolStatuses },
  },
  supervisors: {
    title: '督学',
    crumb: '督学库',
    to: '/supervisors',
    record: (id) => `/supervisors/${id}`,
    words: { status: supervisorStatuses, termState: termStates, certificateState: certificateStates },
  },
  postings: { title: '挂牌督导', crumb: '督学库', to: '/postings', words: {} },
  zones: { title: '责任区', crumb: '督学库', to: '/zones', words: {} },
  terms: {
    title: '到期选聘',
    crumb: '督学库',
    to: '/terms',
    record: (id) => `/supervisors/${id}`,
    words: { termState: termStates },
  },
  certificates: { title: '聘书与督学证', crumb: '督学库', to: '/certificates', words: {} },
  relations: { title: '回避关系', crumb: '督学库', to: '/relations', words: relationWords },
  declarations: { title: '我的回避申报', crumb: '督学库', to: '/declarations', words: relationWords },
  talents: {
    title: '后备人才',
    crumb: '督学库',
    to: '/talents',
    record: (id) => `/talents/${id}`,
    words: { aim: talentAims, state: talentStates, outcome: talentOutcomes },
  },
  activities: { title: '政府督学履职', crumb: '督学库', to: '/activities', words: { kind: activityKinds } },
  committee: { title: '教育督导委员会任职', crumb: '督学库', to: '/committee', words: {} },
  'member-bodies': { title: '成员单位与联络员', crumb: '督学库', to: '/committee', words: {} },
  checklists: {
    title: '督查清单',
    crumb: '督导检查',
    to: '/checklists',
    record: (id) => `/checklists/${id}`,
    words: { state: checklistStates },
  },
  visits: {
    title: '进校督查',
    crumb: '督导检查',
    to: '/visits',
    record: (id) => `/visits/${id}`,
    words: { state: visitStates },
  },
  findings: {
    title: '督查发现的问题',
    crumb: '督导检查',
    to: '/findings',
    words: { state: findingStates, severity: severities, problemState: problemStandings },
  },
  coverage: { title: '月度覆盖', crumb: '督导检查', to: '/coverage', words: {} },
  ledger: { title: '督导台账', crumb: '督导检查', to: '/ledger', words: { answer: answers } },
  'self-checks': {
    title: '学校自查',
    crumb: '督导检查',
    to: '/self-checks',
    record: (id) => `/self-checks/${id}`,
    words: { state: selfCheckStates },
  },
  'zone-summaries': {
    title: '责任区汇总',
    crumb: '督导检查',
    to: '/zone-summaries',
    record: (id) => `/zone-summaries/${id}`,
    words: { state: zoneSummaryStates },
  },
  bulletins: {
    title: '督导通报',
    crumb: '督导检查',
    to: '/bulletins',
    record: (id) => `/bulletins/${id}`,
    words: { state: bulletinStates },
  },
  campaigns: {
    title: '专项与综合督导',
    crumb: '督导检查',
    to: '/campaigns',
    record: (id) => `/campaigns/${id}`,
    words: { stage: campaignStages },
  },
  'campaign-schools': {
    title: '督导活动的学校',
    crumb: '督导检查',
    to: '/campaigns',
    // A school in a campaign has no page of its own; its id begins with the campaign's.
    record: (id) => `/campaigns/${id.split(':')[0] ?? ''}`,
    words: { state: campaignSchoolStates },
  },
  problems: {
    title: '问题台账',
    crumb: '整改问责',
    to: '/problems',
    record: (id) => `/problems/${id}`,
    words: { state: problemStates, severity: severities },
  },
  decisions: { title: '整改决定', crumb: '整改问责', to: '/decisions', words: {} },
  notices: { title: '督办通知', crumb: '整改问责', to: '/notices', words: {} },
  tasks: {
    title: '任务',
    crumb: '计划任务',
    to: '/tasks',
    record: (id) => `/tasks/${id}`,
    words: { state: taskStates },
  },
  plans: {
    title: '年度计划',
    crumb: '计划任务',
    to: '/plans',
    record: (id) => `/plans/${id}`,
    words: { state: planStates },
  },
}

export function isDifferenceList(name: string | undefined): name is DifferenceList {
  return name !== undefined && Object.keys(differenceLists).includes(name)
}

/** Where each list's differences are asked for. */
export const differencePaths = {
  schools: '/api/supervisor-registry/schools/differences',
  supervisors: '/api/supervisor-registry/supervisors/differences',
  postings: '/api/supervisor-registry/postings/differences',
  zones: '/api/supervisor-registry/zones/differences',
  terms: '/api/supervisor-registry/terms/differences',
  certificates: '/api/supervisor-registry/certificates/differences',
  relations: '/api/supervisor-registry/relations/differences',
  declarations: '/api/supervisor-registry/relations/mine/differences',
  talents: '/api/supervisor-registry/talents/differences',
  activities: '/api/supervisor-registry/activities/differences',
  committee: '/api/supervisor-registry/committee/differences',
  'member-bodies': '/api/supervisor-registry/committee/bodies/differences',
  checklists: '/api/inspections/checklists/differences',
  visits: '/api/inspections/visits/differences',
  findings: '/api/inspections/findings/differences',
  coverage: '/api/inspections/coverage/differences',
  ledger: '/api/inspections/ledger/differences',
  'self-checks': '/api/inspections/self-checks/differences',
  'zone-summaries': '/api/inspections/zone-summaries/differences',
  bulletins: '/api/inspections/bulletins/differences',
  campaigns: '/api/inspections/campaigns/differences',
  'campaign-schools': '/api/inspections/campaign-schools/differences',
  problems: '/api/rectification/problems/differences',
  decisions: '/api/rectification/decisions/differences',
  notices: '/api/rectification/notices/differences',
  tasks: '/api/office/tasks/differences',
  plans: '/api/office/plans/differences',
} as const satisfies Record<DifferenceList, string>
