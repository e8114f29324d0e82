import { z } from 'zod'

/**
 * How far a role sees. `office`: everything of its office · `zone`, `school`, `body`, `supervisor`: only what carries
 * the token's own zone, school, member body or supervisor id.
 */
export const scopeKinds = ['office', 'zone', 'body', 'supervisor', 'school'] as const
export type ScopeKind = (typeof scopeKinds)[number]

/** Every permission a route can ask for, with the words shown when it is missing. */
export const permissions = {
  'registry.read': '查看督学库与学校',
  'registry.manage': '维护督学库、学校、责任区',
  'posting.manage': '安排挂牌督导',
  'committee.manage': '维护教育督导委员会',
  'relation.declare': '申报本人的回避关系',
  'relation.manage': '登记与核实回避关系',
  'personal.reveal': '查看完整的联系电话',
  'account.manage': '管理账号与角色',
  'session.keep': '受理登录（系统内部）',
  'plan.read': '查看计划与任务',
  'plan.manage': '导入、校正与印发计划',
  'task.report': '填报任务进展与印证材料',
  'task.complete': '确认任务完成',
  'checklist.manage': '维护督查清单',
  'campaign.manage': '组织专项督导',
  'self-check.submit': '提交学校自查',
  'zone-summary.submit': '提交责任区汇总',
  'bulletin.manage': '起草与印发督导通报',
  'visit.read': '查看督查记录',
  'visit.schedule': '安排进校督查',
  'visit.record': '开展并提交进校督查',
  'finding.decide': '确认或不采纳发现的问题',
  'problem.read': '查看问题台账',
  'problem.open': '登记问题',
  'problem.decide': '下达整改决定',
  'problem.report': '提交整改报告',
  'problem.verify': '核查整改情况',
  'problem.cancel': '批准销号',
  'problem.urge': '发出督办通知',
  'problem.extend': '批准延期',
  'problem.recheck': '开展回头看复查',
  'problem.reply': '回复协办事项',
  'data.export': '导出数据',
  'audit.read': '查看审计记录',
  'system.read': '查看系统运行情况',
  'system.operate': '处理停放事件、重建视图、清除演示数据',
} as const satisfies Record<string, string>
export type Permission = keyof typeof permissions

/** What looking at the running services asks for, what operating them does, and what the audit trail asks for. */
export const systemPermissions = {
  read: 'system.read',
  operate: 'system.operate',
  audit: { read: 'audit.read', export: 'data.export' },
} as const satisfies {
  readonly read: Permission
  readonly operate: Permission
  readonly audit: { readonly read: Permission; readonly export: Permission }
}

export interface RoleDefinition {
  readonly title: string
  /** Permission → how far it reaches for this role. */
  readonly grants: { readonly [P in Permission]?: ScopeKind }
}

/** The roles of screens.md. Shared by server and browser: what is not granted here does not exist for the role. */
export const roles = {
  'office-head': {
    title: '督导室主任',
    grants: {
      'registry.read': 'office',
      'registry.manage': 'office',
      'posting.manage': 'office',
      'committee.manage': 'office',
      'relation.manage': 'office',
      'personal.reveal': 'office',
      'account.manage': 'office',
      'plan.read': 'office',
      'plan.manage': 'office',
      'task.report': 'office',
      'task.complete': 'office',
      'checklist.manage': 'office',
      'campaign.manage': 'office',
      'visit.read': 'office',
      'visit.schedule': 'office',
      'finding.decide': 'office',
      'bulletin.manage': 'office',
      'problem.read': 'office',
      'problem.open': 'office',
      'problem.decide': 'office',
      'problem.verify': 'office',
      'problem.cancel': 'office',
      'problem.urge': 'office',
      'problem.extend': 'office',
      'problem.recheck': 'office',
      'problem.reply': 'office',
      'data.export': 'office',
      'audit.read': 'office',
    },
  },
  'office-staff': {
    title: '督导室工作人员',
    grants: {
      'registry.read': 'office',
      'registry.manage': 'office',
      'posting.manage': 'office',
      'committee.manage': 'office',
      'relation.manage': 'office',
      'personal.reveal': 'office',
      'plan.read': 'office',
      'plan.manage': 'office',
      'task.report': 'office',
      'checklist.manage': 'office',
      'campaign.manage': 'office',
      'visit.read': 'office',
      'visit.schedule': 'office',
      'finding.decide': 'office',
      'bulletin.manage': 'office',
      'problem.read': 'office',
      'problem.open': 'office',
      'problem.decide': 'office',
      'problem.verify': 'office',
      'problem.urge': 'office',
      'problem.recheck': 'office',
      'problem.reply': 'office',
      'data.export': 'office',
    },
  },
  'zone-head': {
    title: '责任区组长',
    grants: {
      'registry.read': 'zone',
      'relation.declare': 'supervisor',
      'plan.read': 'office',
      'visit.read': 'zone',
      'visit.schedule': 'zone',
      'visit.record': 'supervisor',
      'finding.decide': 'zone',
      'zone-summary.submit': 'zone',
      'problem.read': 'zone',
      'problem.verify': 'zone',
      'problem.recheck': 'zone',
      'data.export': 'zone',
    },
  },
  'school-supervisor': {
    title: '责任督学',
    grants: {
      'registry.read': 'supervisor',
      'relation.declare': 'supervisor',
      'plan.read': 'office',
      'visit.read': 'supervisor',
      'visit.record': 'supervisor',
      'problem.read': 'supervisor',
      'problem.verify': 'supervisor',
      'problem.recheck': 'supervisor',
    },
  },
  'school-principal': {
    title: '校长/园长',
    grants: {
      'registry.read': 'school',
      'visit.read': 'school',
      'self-check.submit': 'school',
      'problem.read': 'school',
      'problem.report': 'school',
    },
  },
  'department-liaison': {
    title: '成员单位联络员',
    grants: { 'plan.read': 'body', 'task.report': 'body', 'problem.read': 'body', 'problem.reply': 'body' },
  },
  'committee-member': {
    title: '委员会成员',
    grants: { 'registry.read': 'office', 'plan.read': 'office', 'visit.read': 'office', 'problem.read': 'office' },
  },
  operator: {
    title: '系统管理员',
    grants: { 'system.read': 'office', 'system.operate': 'office', 'account.manage': 'office', 'audit.read': 'office' },
  },
  /** No person's: what the web door asks the registry as, to open and to renew sessions. Accounts are never given it. */
  door: { title: '登录入口（系统内部）', grants: { 'session.keep': 'office' } },
} as const satisfies Record<string, RoleDefinition>
export type Role = keyof typeof roles

/** What a token says of its bearer. Any OIDC issuer must deliver these claims (names as here). */
export const TokenClaims = z.object({
  sub: z.string().min(1),
  name: z.string(),
  office: z.string().regex(/^[a-z][a-z0-9]{1,31}$/),
  roles: z.array(z.string()),
  zone: z.string().optional(),
  school: z.string().optional(),
  body: z.string().optional(),
  supervisor: z.string().optional(),
})
export type TokenClaims = z.infer<typeof TokenClaims>
