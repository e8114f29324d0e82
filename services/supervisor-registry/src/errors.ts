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
  SCHOOL_CORRECTION_TO_COME: {
    kind: 'invalid',
    title: '起始日期尚未到来',
    detail: '更正的内容自 {effectiveFrom} 起，晚于今天（{on}）。更正只针对已经发生的事实，请填写今天或以前的日期。',
  },
  SUPERVISOR_NOTHING_TO_CORRECT: {
    kind: 'invalid',
    title: '没有需要更正的内容',
    detail: '提交的内容与现有登记完全一致，请修改后再提交。',
  },
  SUPERVISOR_CORRECTION_TO_COME: {
    kind: 'invalid',
    title: '起始日期尚未到来',
    detail: '更正的内容自 {effectiveFrom} 起，晚于今天（{on}）。更正只针对已经发生的事实，请填写今天或以前的日期。',
  },
  SCHOOL_ENROLMENT_OLDER: {
    kind: 'refused',
    title: '学生数早于现有数据',
    detail: '现有学生数截至 {known}，您提交的截至 {asOf}。只能填报更新的数据。',
  },
  SCHOOL_UNKNOWN: {
    kind: 'invalid',
    title: '没有这所学校',
    detail: '没有找到所选的学校。请从列表中重新选择。',
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
  RELATION_ALREADY_KNOWN: {
    kind: 'conflict',
    title: '这项回避关系已经登记',
    detail: '与{school}的“{description}”已经登记，没有重复建立。',
  },
  RELATION_RELATIVE_MISSING: {
    kind: 'invalid',
    title: '缺少亲属姓名',
    detail: '近亲属任职应写明亲属姓名，供督导室核实。姓名不对外提供。',
  },
  RELATION_END_MISSING: {
    kind: 'invalid',
    title: '缺少离任日期',
    detail: '曾任职单位应写明最后任职日期，用于计算回避到何时为止。',
  },
  RELATION_EMPLOYER_LEFT: {
    kind: 'invalid',
    title: '类别与日期不符',
    detail: '已经离任的单位请选“曾任职单位”。',
  },
  RELATION_ENDS_BEFORE_START: {
    kind: 'invalid',
    title: '起止日期有误',
    detail: '终止日期 {to} 早于起始日期 {from}。',
  },
  RELATION_ENDED: {
    kind: 'refused',
    title: '这项回避关系已经结束',
    detail: '这项回避关系已登记到 {to} 为止，不能再改为另一天。登记有误的请撤销后重新登记。',
  },
  RELATION_WITHDRAWN: {
    kind: 'refused',
    title: '这项回避关系已撤销',
    detail: '与{school}的这项回避关系已作为误登撤销，不能再办理。需要时请重新登记。',
  },
  RECUSAL_REQUIRED: {
    kind: 'refused',
    title: '应当回避，不能安排',
    detail: '{explanation}请改派他人。登记有误的，可由督导室核实后撤销。',
  },
  MEMBER_BODY_TAKEN: {
    kind: 'conflict',
    title: '已是成员单位',
    detail: '{name}已经是成员单位，没有重复登记。',
  },
  MEMBER_BODY_UNKNOWN: {
    kind: 'invalid',
    title: '没有这个成员单位',
    detail: '委员应由成员单位推出。请先登记成员单位，或从列表中重新选择。',
  },
  MEMBER_BODY_LEFT: {
    kind: 'refused',
    title: '已不是成员单位',
    detail: '{name}到 {to} 为止不再是成员单位，不能再办理此事。',
  },
  COMMITTEE_DAY_TOO_EARLY: {
    kind: 'refused',
    title: '起始日期过早',
    detail: '起始日期应晚于 {after}，已经登记的任职经历不能改写。',
  },
  COMMITTEE_ENDS_BEFORE_START: {
    kind: 'invalid',
    title: '终止日期有误',
    detail: '从 {from} 起，最后一天不能早于它。',
  },
  SEAT_PERSON_MISSING: {
    kind: 'invalid',
    title: '缺少姓名',
    detail: '请填写任职人员的姓名。',
  },
  SEAT_UNKNOWN: {
    kind: 'invalid',
    title: '没有这个席位',
    detail: '委员会中没有这个席位。请刷新后重新选择。',
  },
  SEAT_VACANT: {
    kind: 'refused',
    title: '席位已经空缺',
    detail: '这个席位自 {until} 之后没有人任职，不需要再免去。',
  },
  LIAISON_MISSING: {
    kind: 'refused',
    title: '没有联络员',
    detail: '这个成员单位目前没有联络员，不需要结束。',
  },
  NOT_GOVERNMENT_SUPERVISOR: {
    kind: 'refused',
    title: '不是政府督学',
    detail: '{name}不是政府督学，不能办理此事。请先核对督学类别。',
  },
  ACTIVITY_IN_FUTURE: {
    kind: 'invalid',
    title: '活动尚未发生',
    detail: '活动日期 {on} 晚于今天（{today}）。请在活动之后登记。',
  },
  TALENT_LISTED: {
    kind: 'conflict',
    title: '已在后备人才名单',
    detail: '{name}已在后备人才名单中，没有重复列入。',
  },
  TALENT_DELISTED: {
    kind: 'refused',
    title: '已经出库',
    detail: '{name}已于 {on} 出库，不能再办理此事。需要时请重新列入。',
  },
  TALENT_DAY_TOO_EARLY: {
    kind: 'invalid',
    title: '日期过早',
    detail: '列入名单是 {on}，日期不能早于它。',
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
  IMPORT_COLUMNS_MISSING: {
    kind: 'invalid',
    title: '表格缺少必需的列',
    detail: '没有找到这些列：{columns}。请下载导入模板，不要改动表头，填写后重新上传。',
  },
  IMPORT_COLUMN_TWICE: {
    kind: 'invalid',
    title: '表头有重复的列',
    detail: '“{column}”一列出现了两次，无法判断用哪一列。请删去多余的一列后重新上传。',
  },
  IMPORT_NO_ROWS: {
    kind: 'invalid',
    title: '表格里没有数据',
    detail: '工作表“{sheet}”的表头下面没有内容。请从表头的下一行起填写后重新上传。',
  },
  IMPORT_UNDER_WAY: {
    kind: 'conflict',
    title: '本室正在导入另一份表格',
    detail: '正在导入“{fileName}”（{done}/{total}）。请等它完成，或停止后再导入。',
  },
  IMPORT_OVER: {
    kind: 'refused',
    title: '导入已经结束',
    detail: '这次导入已经结束，不能再停止。已保存的学校或督学可在列表中查看和更正。',
  },
} as const satisfies ErrorCatalogue

export const registryError = errorsOf(errorCatalogue)
