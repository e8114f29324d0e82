import { type ErrorCatalogue, errorsOf } from '@dulian/event-sourcing'

/** The errors of this service. Listed in docs/ERRORS.md. */
export const errorCatalogue = {
  SCHOOL_CODE_TAKEN: {
    kind: 'conflict',
    title: '学校标识码已登记',
    detail: '学校标识码 {code} 在本室已经登记，没有重复建立。请核对标识码，或打开已有的学校。',
  },
  SCHOOL_CLOSED: {
    kind: 'refused',
    title: '学校已撤并',
    detail: '{name}已于 {closedOn} 撤并，不能再办理此事。',
  },
  SCHOOL_CLOSED_ON_ANOTHER_DAY: {
    kind: 'refused',
    title: '学校已经撤并',
    detail: '{name}已登记于 {closedOn} 撤并，不能再改为另一天。',
  },
  SCHOOL_NOTHING_TO_CORRECT: {
    kind: 'invalid',
    title: '没有需要更正的内容',
    detail: '提交的内容与现有登记完全一致，请修改后再提交。',
  },
  SCHOOL_ENROLMENT_OLDER: {
    kind: 'refused',
    title: '学生数早于现有数据',
    detail: '现有学生数截至 {known}，您提交的截至 {asOf}。只能填报更新的数据。',
  },
  ZONE_UNKNOWN: {
    kind: 'invalid',
    title: '没有这个责任区',
    detail: '没有找到所选的责任区。请先设立责任区，或从列表中重新选择。',
  },
  ZONE_FULL: {
    kind: 'refused',
    title: '责任区学校数已达上限',
    detail: '{zone}已有 {schools} 所学校，一个责任区一般不超过 {limit} 所。请改选责任区；确需划入的，请写明理由。',
  },
  ZONE_NAME_TAKEN: {
    kind: 'conflict',
    title: '责任区名称已存在',
    detail: '本室已有名为“{name}”的责任区，没有重复设立。',
  },
  SUPERVISOR_UNKNOWN: {
    kind: 'invalid',
    title: '没有这位督学',
    detail: '督学库中没有找到所选的督学。请先登记，或从列表中重新选择。',
  },
  SUPERVISOR_DISMISSED: {
    kind: 'refused',
    title: '督学已退出',
    detail: '{name}已于 {on} {form}，不能再办理此事。',
  },
  SUPERVISOR_NOT_APPOINTED: {
    kind: 'refused',
    title: '督学尚未聘任',
    detail: '{name}还没有聘任，请先办理聘任。',
  },
  SUPERVISOR_TERM_NOT_RUNNING: {
    kind: 'refused',
    title: '督学不在任期内',
    detail: '{name}的任期为 {termFrom} 至 {termTo}，{on} 不在任期内，不能承担新任务。请改派在任督学，或先办理续聘。',
  },
  TERM_ENDS_BEFORE_START: {
    kind: 'invalid',
    title: '任期起止有误',
    detail: '任期止（{termTo}）不能早于任期起（{termFrom}）。',
  },
  TERM_TOO_LONG: {
    kind: 'refused',
    title: '任期超过规定年限',
    detail: '兼职督学每届任期 {years} 年，从 {termFrom} 起最迟到 {latest}。',
  },
  TERM_OVERLAPS: {
    kind: 'refused',
    title: '任期重叠',
    detail: '现任期到 {termTo} 届满，续聘的任期应从次日起，不能早于它。',
  },
  TERM_LEAVES_GAP: {
    kind: 'refused',
    title: '任期未衔接',
    detail: '现任期到 {termTo} 届满，尚未届满时续聘的任期应从次日 {next} 起。',
  },
  CONSECUTIVE_TERMS_EXCEEDED: {
    kind: 'refused',
    title: '连续任期已满',
    detail: '兼职督学连续任职不得超过 {limit} 届，{name}已连续任职 {terms} 届。',
  },
  DISMISSAL_BEFORE_TERM: {
    kind: 'invalid',
    title: '退出日期有误',
    detail: '退出日期 {on} 早于任期起 {termFrom}。',
  },
  POSTING_FROM_TOO_EARLY: {
    kind: 'refused',
    title: '起始日期过早',
    detail: '新的挂牌起始日期应晚于 {after}。已经有人负责的日子不能改换。',
  },
  POSTING_NOT_HELD: {
    kind: 'refused',
    title: '当前没有挂牌督学',
    detail: '这所学校目前没有挂牌督学，不需要结束。',
  },
  POSTING_ENDS_BEFORE_START: {
    kind: 'invalid',
    title: '结束日期有误',
    detail: '挂牌从 {from} 起，最后一天不能早于它。',
  },
  RATIO_EXCEEDED: {
    kind: 'refused',
    title: '超出督学与学校配比',
    detail:
      '{name}名下已有 {others} 所学校，再承担这所将超出 {ratio} 的配比（大校由专人负责）。请改派他人；确需安排的，请写明理由。',
  },
  SCHOOL_UNKNOWN: {
    kind: 'invalid',
    title: '没有这所学校',
    detail: '没有找到所选的学校。请先登记，或从列表中重新选择。',
  },
  ACCOUNT_ALREADY_LINKED: {
    kind: 'conflict',
    title: '账号已存在',
    detail: '这个统一身份标识在本室已有账号，没有重复建立。请打开已有的账号授予角色。',
  },
  ACCOUNT_UNKNOWN: {
    kind: 'not-found',
    title: '没有这个账号',
    detail: '没有找到这个账号，请从列表中重新选择。',
  },
  ACCOUNT_DISABLED: {
    kind: 'refused',
    title: '账号已停用',
    detail: '{name}的账号已停用，不能登录，也不能授予角色。确需使用的，请先恢复账号。',
  },
  ACCOUNT_WITHOUT_ROLE: {
    kind: 'refused',
    title: '账号没有角色',
    detail: '{name}的账号还没有任何角色，登录后无事可办。请联系本室主任或系统管理员授予角色。',
  },
  SESSION_UNKNOWN: {
    kind: 'not-found',
    title: '没有这个登录会话',
    detail: '没有找到这个登录会话，它可能已经结束。请刷新列表。',
  },
  ACCOUNT_IS_ONES_OWN: {
    kind: 'refused',
    title: '不能办理本人的账号',
    detail: '不能给自己授予角色，也不能停用或恢复自己的账号。请由另一位账号管理人办理。',
  },
  ROLE_NOT_YOURS_TO_GRANT: {
    kind: 'forbidden',
    title: '不能授予或收回这个角色',
    detail: '您的角色不能授予或收回“{role}”。您可以办理的角色：{allowed}。',
  },
  ROLE_NEEDS_REACH: {
    kind: 'invalid',
    title: '缺少角色的范围',
    detail: '“{role}”只在指定范围内行使职责，请选择{what}。',
  },
  ROLE_REACH_DIFFERS: {
    kind: 'refused',
    title: '与已有角色的范围不一致',
    detail: '此人的“{role}”已指定另一个{what}，一个账号只能属于一个{what}。请先收回该角色，或选择同一个{what}。',
  },
  LAST_ACCOUNT_MANAGER: {
    kind: 'refused',
    title: '不能没有账号管理人',
    detail: '此人是本室最后一位账号管理人，收回后将无人能够授权。请先把主任或系统管理员角色授予另一人。',
  },
} as const satisfies ErrorCatalogue

export const registryError = errorsOf(errorCatalogue)
