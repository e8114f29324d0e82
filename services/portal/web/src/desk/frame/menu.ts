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
    ],
  },
  {
    key: 'inspections',
    title: '督导检查',
    pages: [
      { to: '/visits', title: '进校督查', permission: 'visit.read' },
      { to: '/coverage', title: '月度覆盖', permission: 'visit.read', scopes: wide },
      { to: '/findings', title: '待确认问题', permission: 'finding.decide' },
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
    ],
  },
  {
    key: 'system',
    title: '系统与交换',
    pages: [
      { to: '/system', title: '运行状态', permission: 'system.read' },
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
