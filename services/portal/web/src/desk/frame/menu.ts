import type { Permission, ScopeKind } from '../../api/types.ts'
import type { Rights } from '../../app/rights.ts'

export interface MenuPage {
  readonly to: string
  readonly title: string
  readonly permission?: Permission
  /** Only for those whose right reaches at least one of these. */
  readonly scopes?: readonly ScopeKind[]
}

export interface MenuGroup {
  readonly key: string
  readonly title: string
  readonly pages: readonly MenuPage[]
}

const wide: readonly ScopeKind[] = ['office', 'zone', 'supervisor', 'body']

/** The whole menu; everybody sees the part that their rights open, nothing is greyed. */
const groups: readonly MenuGroup[] = [
  { key: 'home', title: '工作台', pages: [{ to: '/', title: '工作台' }] },
  {
    key: 'plans',
    title: '计划任务',
    pages: [
      { to: '/plans', title: '年度计划', permission: 'plan.read' },
      { to: '/tasks', title: '任务', permission: 'plan.read' },
    ],
  },
  {
    key: 'registry',
    title: '督学库',
    pages: [
      { to: '/schools', title: '学校', permission: 'registry.read' },
      { to: '/supervisors', title: '督学', permission: 'registry.read', scopes: wide },
      { to: '/zones', title: '责任区', permission: 'registry.read', scopes: wide },
      { to: '/postings', title: '挂牌覆盖', permission: 'registry.read', scopes: wide },
      { to: '/terms', title: '到期选聘', permission: 'registry.read', scopes: ['office'] },
      { to: '/certificates', title: '聘书与督学证', permission: 'registry.read', scopes: ['office'] },
      { to: '/recusal', title: '回避预检', permission: 'posting.manage' },
      { to: '/relations', title: '回避关系', permission: 'relation.manage' },
      { to: '/declarations', title: '我的回避申报', permission: 'relation.declare' },
      { to: '/activities', title: '政府督学履职', permission: 'registry.read', scopes: ['office'] },
      { to: '/talents', title: '后备人才', permission: 'registry.manage' },
      { to: '/committee', title: '教育督导委员会', permission: 'registry.read', scopes: ['office'] },
    ],
  },
  {
    key: 'inspections',
    title: '督导检查',
    pages: [
      { to: '/routine', title: '经常性督导', permission: 'visit.read', scopes: ['office', 'zone'] },
      { to: '/self-checks', title: '学校自查', permission: 'visit.read' },
      { to: '/visits', title: '进校督查', permission: 'visit.read' },
      { to: '/coverage', title: '月度覆盖', permission: 'visit.read', scopes: wide },
      { to: '/campaigns', title: '专项与综合督导', permission: 'visit.read', scopes: wide },
      { to: '/ledger', title: '督导台账', permission: 'visit.read', scopes: wide },
      { to: '/findings', title: '待确认问题', permission: 'finding.decide' },
      { to: '/zone-summaries', title: '责任区汇总', permission: 'visit.read', scopes: ['office', 'zone'] },
      { to: '/bulletins', title: '督导通报', permission: 'visit.read' },
      { to: '/levels', title: '三级督导', permission: 'visit.read' },
      { to: '/checklists', title: '督查清单', permission: 'visit.read', scopes: wide },
    ],
  },
  {
    key: 'rectification',
    title: '整改问责',
    pages: [
      { to: '/board', title: '挂图作战', permission: 'problem.read', scopes: wide },
      { to: '/problems', title: '问题台账', permission: 'problem.read' },
      { to: '/decisions', title: '整改决定', permission: 'problem.read' },
      { to: '/notices', title: '督办通知', permission: 'problem.read' },
      { to: '/re-checks', title: '回头看', permission: 'problem.read', scopes: wide },
      { to: '/lists', title: '三张清单', permission: 'problem.read', scopes: wide },
      { to: '/waiting', title: '为何迟滞', permission: 'problem.read', scopes: wide },
    ],
  },
  {
    key: 'system',
    title: '系统与交换',
    pages: [
      { to: '/system', title: '运行状态', permission: 'system.read' },
      { to: '/accounts', title: '账号与角色', permission: 'account.manage' },
      { to: '/audit', title: '审计记录', permission: 'audit.read' },
    ],
  },
]

export function menuFor(rights: Rights): MenuGroup[] {
  return groups
    .map((group) => ({ ...group, pages: group.pages.filter((page) => isOpen(page, rights)) }))
    .filter((group) => group.pages.length > 0)
}

function isOpen(page: MenuPage, rights: Rights): boolean {
  if (page.permission === undefined) return true
  const scope = rights.scope(page.permission)
  return scope !== undefined && (page.scopes === undefined || page.scopes.includes(scope))
}
