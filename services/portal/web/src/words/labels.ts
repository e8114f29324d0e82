import type * as t from '../api/types.ts'

/** The office's words for every coded value; nothing coded reaches the screen without passing here. */

export const schoolKinds: Record<t.SchoolKind, string> = {
  school: '学校',
  kindergarten: '幼儿园',
  special: '特殊教育学校',
  vocational: '中等职业学校',
  'training-institution': '校外培训机构',
}
export const schoolStages: Record<t.SchoolStage, string> = {
  preschool: '学前',
  primary: '小学',
  junior: '初中',
  'nine-year': '九年一贯制',
  senior: '普通高中',
  'complete-secondary': '完全中学',
  vocational: '中职',
  special: '特殊教育',
  training: '校外培训',
}
export const ownerships: Record<t.Ownership, string> = {
  public: '公办',
  private: '民办',
  'private-inclusive': '普惠性民办',
}
export const schoolStatuses = { open: '正常办学', closed: '已撤并' } as const

export const supervisorCategories: Record<t.SupervisorCategory, string> = {
  government: '政府督学',
  school: '责任督学',
  invited: '特邀督学',
}
export const employments: Record<t.Employment, string> = { 'full-time': '专职', 'part-time': '兼职' }
export const termStates: Record<t.Supervisor['termState'], string> = {
  none: '未聘任',
  running: '任期内',
  'near-end': '任期将满',
  ended: '任期届满',
}

export const paperStates: Record<t.Papers['state'], string> = {
  upcoming: '未生效',
  valid: '有效',
  expired: '已届满',
  void: '已失效',
}
export const relationKinds: Record<t.Relation['kind'], string> = {
  kinship: '近亲属任职',
  'present-employer': '现任职单位',
  'former-employer': '曾任职单位',
  other: '其他事由',
}
export const relationStandings: Record<t.Relation['standing'], string> = {
  declared: '已申报',
  verified: '已核实',
  contested: '有异议',
  withdrawn: '已撤销',
}
export const relationSources: Record<t.Relation['source'], string> = {
  supervisor: '本人申报',
  office: '督导室登记',
  'home-unit': '系统比对',
}
export const seatRoles = {
  director: '主任',
  'deputy-director': '副主任',
  'chief-supervisor': '总督学',
  'deputy-chief-supervisor': '副总督学',
  member: '委员',
} as const
export const tenureRoles: Record<t.CommitteeSeat['role'] | 'liaison', string> = { ...seatRoles, liaison: '联络员' }
export const activityKinds: Record<t.Activity['kind'], string> = {
  'major-supervision': '重大督导活动',
  'guidance-research': '调研指导',
  'policy-advice': '资政建议',
}
export const talentAims: Record<t.Talent['aim'], string> = {
  'school-supervisor': '责任督学',
  'government-supervisor': '政府督学',
  'deputy-chief-supervisor': '副总督学',
}
export const talentStates: Record<t.Talent['state'], string> = { listed: '培养中', delisted: '已出库' }
export const talentOutcomes = { appointed: '已聘任', withdrawn: '本人退出', unsuitable: '不再培养' } as const
/** How sure a rule is; what no official text says is a default that the office may change. */
export const confidences = {
  high: '规定明确',
  medium: '默认值，可由本室调整',
  low: '默认值，可由本室调整',
} as const
export const importOutcomes: Record<t.ImportCheck['lines'][number]['outcome'], string> = {
  new: '新建',
  changed: '更正',
}
export const importStates: Record<t.ImportJob['state'], string> = {
  running: '正在导入',
  finished: '导入完成',
  cancelled: '已停止',
  failed: '没有完成',
  interrupted: '未完成',
}
export const accountStates: Record<t.Account['state'], string> = { enabled: '正常', disabled: '已停用' }
export const sessionStates: Record<t.OwnSession['state'], string> = {
  open: '使用中',
  idle: '长时间未操作，已退出',
  over: '已到最长时限',
  ended: '已退出',
  revoked: '已收回',
}

export const planStates: Record<t.PlanState, string> = {
  imported: '待校正',
  adopted: '已采纳',
  issued: '已印发',
  closed: '已办结',
}
export const taskStates: Record<t.TaskState, string> = {
  assigned: '未开始',
  'in-progress': '进行中',
  completed: '已完成',
}
export const bodyRoles: Record<t.Body['role'], string> = { lead: '牵头', cooperating: '配合' }

/** What an item comes to when the plan is adopted. */
export const itemRoles: Record<t.PlanItem['role'], string> = {
  task: '成为任务',
  part: '并入上级条目，不单列任务',
  group: '分组标题，不单列任务',
  excluded: '不列入任务',
}

export const visitStates: Record<t.VisitState, string> = {
  scheduled: '已安排',
  started: '进行中',
  recorded: '已提交',
  cancelled: '已取消',
  missed: '未按期开展',
}
export const selfCheckStates: Record<t.SelfCheck['state'], string> = {
  opened: '待自查',
  submitted: '已提交',
  returned: '已退回',
}
export const zoneSummaryStates = { none: '未提交', submitted: '已提交', returned: '已退回' } as const
export const bulletinStates = { drafted: '起草中', issued: '已印发' } as const
export const gapSteps = { 'self-check': '未提交自查', visit: '未进校督查' } as const
export const checklistStates = { draft: '草稿', published: '已发布' } as const
export const answers: Record<t.Answer, string> = { yes: '是', no: '否', 'not-applicable': '不适用' }
export const findingStates: Record<t.Finding['state'], string> = {
  proposed: '待确认',
  confirmed: '已确认',
  dismissed: '不采纳',
}
export const evidenceNeeds: Record<t.ChecklistItem['evidence'], string> = {
  optional: '可不附',
  'on-negative': '答“否”时必附',
  always: '都要附',
}
export const campaignTypes: Record<t.Campaign['type'], string> = { special: '专项督导', comprehensive: '综合督导' }
export const seasons: Record<NonNullable<t.Campaign['season']>, string> = { spring: '春季', autumn: '秋季' }
export const campaignStages: Record<t.Campaign['stage'], string> = {
  planned: '待启动',
  opened: '进行中',
  closed: '已结束',
  cancelled: '已取消',
}
export const campaignSchoolStates: Record<t.CampaignSchool['state'], string> = {
  waiting: '待派督学',
  scheduled: '待督查',
  started: '督查中',
  recorded: '已督查',
  cancelled: '已取消',
  missed: '未按期开展',
}
export const dutyStates: Record<t.MonthlyDuty['state'], string> = {
  due: '待走访',
  met: '已走访',
  missed: '未走访',
  waived: '已撤并',
}
export const ledgerStates: Record<t.LedgerFinding['state'], string> = {
  proposed: '待确认',
  confirmed: '已确认，待立案',
  open: '整改中',
  dismissed: '不采纳',
  cancelled: '已销号',
  rebounded: '反弹，未销号',
}
/** How a problem stands, as those see it who do not work on it. */
export const problemStandings = { open: '未销号', cancelled: '已销号', rebounded: '反弹，未销号' }
export const severities: Record<t.Severity, string> = { ordinary: '一般', serious: '较重', urgent: '紧急' }

export const problemStates: Record<t.ProblemState, string> = {
  opened: '待下达整改决定',
  rebounded: '反弹，待重新下达决定',
  demanded: '整改中',
  reported: '待核查',
  returned: '退回整改',
  verified: '待销号',
  cancelled: '已销号',
}
export const sourceKinds: Record<t.ProblemSource['kind'], string> = {
  routine: '经常性督导',
  special: '专项督导',
  comprehensive: '综合督导',
  'party-inspection': '巡视巡察',
  'supervision-feedback': '督导反馈',
  'state-council-inspection': '国务院督查',
  'quality-monitoring': '质量监测',
  'creation-monitoring': '“两个创建”监测',
  'public-report': '群众反映',
  other: '其他',
}
export const sourceLevels: Record<t.ProblemSource['level'], string> = {
  school: '学校',
  district: '区县',
  city: '市级',
  province: '省级',
  national: '国家级',
}
export const reCheckStates: Record<NonNullable<t.Problem['reCheck']>['state'], string> = {
  waiting: '未到时间',
  due: '应开展',
  overdue: '已逾期',
  done: '已完成',
}
export const effects = { unconfirmed: '成效未确认', confirmed: '成效已确认' } as const
/** For whom everything waits. */
export const parties: Record<t.WaitingParty, string> = {
  school: '学校',
  office: '督导室',
  supervisor: '责任督学',
  body: '责任部门',
}
export const decisionForms = { writing: '书面反馈', meeting: '会议反馈' } as const

export const serviceNames: Record<t.EvidenceRef['service'], string> = {
  'supervisor-registry': '督学库',
  office: '督导室办公',
  inspections: '督导检查',
  rectification: '整改问责',
}

/** What the audit trail holds, and how it ended. */
export const auditActions = {
  'personal-revealed': '查看完整联系方式',
  'data-exported': '导出数据',
  'access-refused': '访问被拒绝',
  'signed-in': '登录',
  'signed-out': '退出登录',
  'sign-in-failed': '登录失败',
  'account-locked': '账号锁定',
  'account-changed': '变更账号或角色',
  operated: '系统操作',
} as const
export const auditOutcomes: Record<t.AuditEntry['outcome'], string> = {
  done: '完成',
  refused: '被拒绝',
  failed: '未完成',
}

/** Word of a coded value; an unknown code shows as a dash rather than as English. */
export function word(words: Readonly<Record<string, string>>, code: string | null | undefined): string {
  if (code === null || code === undefined || code === '') return '—'
  return words[code] ?? (/[\u4e00-\u9fff]/.test(code) ? code : '—')
}

/** Options of a select from a table of words. */
export function optionsOf<K extends string>(words: Readonly<Record<K, string>>): { value: K; label: string }[] {
  return (Object.entries(words) as [K, string][]).map(([value, label]) => ({ value, label }))
}

export const roleNames: Record<string, string> = {
  'office-head': '督导室主任',
  'office-staff': '督导室工作人员',
  'zone-head': '责任区组长',
  'school-supervisor': '责任督学',
  'school-principal': '校长/园长',
  'department-liaison': '成员单位联络员',
  'committee-member': '委员会成员',
  operator: '系统管理员',
}
/** What each role comes here for, in a line. */
export const roleLeads: Record<string, string> = {
  'office-head': '看全区进度，下达决定，批准销号',
  'office-staff': '处理今天的计划、督查与整改事项',
  'zone-head': '看本责任区覆盖与问题，确认发现',
  'school-supervisor': '进校督查，核查整改',
  'school-principal': '看对本校的要求，提交整改报告',
  'department-liaison': '填报本单位任务的进展',
  'committee-member': '看全区督导情况',
  operator: '看运行状态，处理停放事件',
}

/** Views and subscriptions by their names in the services, for the operator. */
export const viewNames: Record<string, string> = {
  schools: '学校',
  supervisors: '督学',
  zones: '责任区',
  postings: '挂牌',
  relations: '回避关系',
  certificates: '聘书与督学证',
  committee: '教育督导委员会',
  activities: '政府督学履职',
  talents: '后备人才',
  accounts: '账号',
  sessions: '登录会话',
  plans: '计划',
  tasks: '任务',
  'known-schools': '学校（副本）',
  checklists: '督查清单',
  visits: '督查',
  findings: '发现的问题',
  coverage: '月度覆盖',
  ledger: '督查台账',
  'self-checks': '学校自查',
  'zone-summaries': '责任区汇总',
  bulletins: '督导通报',
  recusals: '回避事实',
  campaigns: '专项与综合督导',
  'monthly-duties': '每月进校任务',
  problems: '问题台账',
  'problem-history': '问题台账（历史）',
  'schools-history': '学校（历史）',
  'supervisors-history': '督学（历史）',
  'zones-history': '责任区（历史）',
  'postings-history': '挂牌（历史）',
  'relations-history': '回避关系（历史）',
  'certificates-history': '聘书与督学证（历史）',
  'talents-history': '后备人才（历史）',
  'activities-history': '政府督学履职（历史）',
  'committee-history': '教育督导委员会（历史）',
  'plans-history': '计划（历史）',
  'tasks-history': '任务（历史）',
  'known-schools-history': '学校（副本，历史）',
  'checklists-history': '督查清单（历史）',
  'visits-history': '督查（历史）',
  'decisions-history': '整改决定（历史）',
  'notices-history': '督办通知（历史）',
  'findings-history': '发现的问题（历史）',
  'monthly-duties-history': '每月进校任务（历史）',
  'ledger-history': '督查台账（历史）',
  'self-checks-history': '学校自查（历史）',
  'zone-summaries-history': '责任区汇总（历史）',
  'bulletins-history': '督导通报（历史）',
  'campaigns-history': '专项与综合督导（历史）',
  'coverage-history': '月度覆盖（历史）',
  notices: '督办通知',
  decisions: '整改决定',
  deadlines: '整改期限',
  feedbacks: '反馈文件',
  'file-owners': '附件归属',
}
const subscriptionNames: Record<string, string> = {
  publisher: '对外发布',
  inbox: '接收其他服务的消息',
  'policy-watch-terms': '提醒任期',
  'policy-issue-certificates': '发放督学证',
  'policy-end-postings': '结束挂牌',
  'policy-end-offices': '结束总督学和组长任职',
  'policy-note-home-units': '比对所在单位',
  'policy-assign-tasks-when-plan-adopted': '采纳计划后分解任务',
  'policy-miss-visits-when-month-ends': '月末登记未开展的督查',
  'policy-open-self-checks-when-day-begins': '每月开启学校自查',
  'policy-schedule-campaign-visits': '安排专项督导的督查',
  'policy-keep-monthly-duties': '安排每月进校任务',
  'policy-open-problem-when-finding-confirmed': '确认发现后立案',
  'policy-set-demands-when-decision-issued': '下达决定后落实要求',
  'policy-issue-notice-when-problem-urged': '督办后发出通知',
  'policy-pass-deadlines-when-day-begins': '每日检查期限',
  'policy-open-problems-when-feedback-registered': '登记反馈文件后立案',
  'policy-schedule-re-check-when-problem-cancelled': '销号后安排回头看',
}
export const subscriptionStates: Record<string, string> = {
  'caught-up': '正常',
  'catching-up': '正在追赶',
  running: '正常',
  paused: '已暂停',
  stopped: '已停止',
  failing: '处理受阻，正在重试',
  'waiting-for-lease': '等待中',
}

/** What a subscription does, in words; one that is not known here keeps its own name. */
export function subscriptionName(name: string): string {
  return subscriptionNames[name] ?? (viewNames[name] === undefined ? name : `更新视图：${viewNames[name]}`)
}

/** Grounds of 解聘、解任: the three of the regulation and the two that carry no blame. */
export const dismissalGrounds = {
  'assessed-unqualified': '考核不合格',
  'duties-neglected': '不履行督导职责',
  misconduct: '违反督导纪律',
  'own-request': '本人申请',
  'transferred-or-retired': '调离或退休',
} as const

/** Why the last report was sent back, while that stands. */
export function objectionTo({ state, reports }: Pick<t.ProblemRecord, 'state' | 'reports'>): string | undefined {
  return state === 'returned' ? (reports[reports.length - 1]?.outcomeNote ?? undefined) : undefined
}

export const reportOutcomes = { waiting: '等待核查', returned: '已退回', verified: '核查通过' } as const
