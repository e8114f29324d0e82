import { type ErrorCatalogue, errorsOf } from '@dulian/event-sourcing'

/** The errors of this service. Listed in docs/ERRORS.md. */
export const errorCatalogue = {
  CHECKLIST_NOT_FOUND: {
    kind: 'not-found',
    title: '没有找到督查清单',
    detail: '没有找到这份督查清单。它可能不存在，或不属于您所在的督导室。',
  },
  CHECKLIST_NOT_PUBLISHED: {
    kind: 'refused',
    title: '督查清单尚未发布',
    detail: '《{title}》还没有发布，不能用于督查。请先发布，或改用已发布的清单。',
  },
  CHECKLIST_EMPTY: {
    kind: 'invalid',
    title: '督查清单没有条目',
    detail: '督查清单至少要有一个条目。请补充条目后再提交。',
  },
  CHECKLIST_CODE_REPEATED: {
    kind: 'invalid',
    title: '条目编号重复',
    detail: '条目编号“{code}”出现了不止一次。请给每个条目一个不同的编号。',
  },
  CHECKLIST_NOTHING_TO_PUBLISH: {
    kind: 'refused',
    title: '没有待发布的修订',
    detail: '《{title}》第 {edition} 版已经发布，之后没有修订。请先修订再发布新版。',
  },
  CHECKLIST_NOT_FOR_SCHOOL: {
    kind: 'refused',
    title: '清单不适用于该校',
    detail: '《{title}》不适用于{school}（学校类别或学段不符）。请改用适用的清单。',
  },
  CAMPAIGN_NOT_FOUND: {
    kind: 'not-found',
    title: '没有找到督导活动',
    detail: '没有找到这次督导活动。它可能不存在，或不属于您的工作范围。',
  },
  CAMPAIGN_ALREADY_PLANNED: {
    kind: 'conflict',
    title: '督导活动已存在',
    detail: '《{title}》已经拟定，没有重复建立。',
  },
  CAMPAIGN_PERIOD_INVALID: {
    kind: 'invalid',
    title: '起止日期不对',
    detail: '结束日期 {to} 早于开始日期 {from}。请重新填写起止日期。',
  },
  CAMPAIGN_TEAM_TOO_SMALL: {
    kind: 'refused',
    title: '督导小组人数不足',
    detail: '督导小组现有 {members} 名督学，至少应有 {minimum} 名（{source}）。请增加督学，或写明人数不足的理由。',
  },
  CAMPAIGN_TEAM_NAMED_TWICE: {
    kind: 'invalid',
    title: '督学重复',
    detail: '{name}在督导小组中出现了不止一次。请只保留一次。',
  },
  CAMPAIGN_TEAM_RECUSED: {
    kind: 'refused',
    title: '督导小组成员应当回避',
    detail: '{reasons}{more}请改派其他督学，或不把该校列入范围；如登记有误，请在督学库中更正回避关系。',
  },
  CAMPAIGN_TEAM_TERM_NOT_RUNNING: {
    kind: 'refused',
    title: '督学不在任期内',
    detail: '{name}的任期为 {termFrom} 至 {termTo}，{on} 不在任期内，不能进入督导小组。请改派在任督学。',
  },
  CAMPAIGN_ALREADY_OPENED: {
    kind: 'refused',
    title: '督导活动已启动',
    detail: '《{title}》已经启动，方案不能再改。可以改派督学，或结束后另行组织。',
  },
  CAMPAIGN_PERIOD_OVER: {
    kind: 'refused',
    title: '督导活动的时间已过',
    detail: '《{title}》的结束日期 {to} 早于今天（{today}），不能启动。请先修改起止日期。',
  },
  CAMPAIGN_WITHOUT_SCHOOLS: {
    kind: 'refused',
    title: '范围内没有学校',
    detail: '《{title}》的范围和清单没有对应到任何正常办学的学校。请修改范围或改用适用的清单。',
  },
  CAMPAIGN_SCOPE_TOO_WIDE: {
    kind: 'refused',
    title: '范围内的学校太多',
    detail: '范围内有 {schools} 所学校，一次最多 {most} 所。请按责任区或学校类别分批组织。',
  },
  CAMPAIGN_NOT_OPEN: {
    kind: 'refused',
    title: '督导活动尚未启动',
    detail: '《{title}》还没有启动。请先启动，再派督学或结束。',
  },
  CAMPAIGN_SCHOOL_NOT_FOUND: {
    kind: 'not-found',
    title: '不在本次督导范围内',
    detail: '这所学校不在本次督导活动的范围内。请从学校名单中重新选择。',
  },
  CAMPAIGN_VISIT_UNDER_WAY: {
    kind: 'refused',
    title: '督学已到校',
    detail: '{school}的督查已经开始或已提交记录，不能改派。',
  },
  CAMPAIGN_NOTHING_VISITED: {
    kind: 'refused',
    title: '还没有督查记录',
    detail: '《{title}》还没有一所学校提交督查记录，不能结束。如不再开展，请取消并写明理由。',
  },
  CAMPAIGN_UNVISITED_WITHOUT_REASON: {
    kind: 'refused',
    title: '还有学校没有督查，也没有说明理由',
    detail: '还有 {count} 所学校没有督查：{named}。请督查后再结束，或逐校写明未督查的理由。',
  },
  CAMPAIGN_IS_CLOSED: {
    kind: 'refused',
    title: '督导活动已结束',
    detail: '《{title}》已于 {closedOn} 结束，不能再改。',
  },
  CAMPAIGN_IS_CANCELLED: {
    kind: 'refused',
    title: '督导活动已取消',
    detail: '《{title}》已取消（{reason}），不能继续。请另行组织。',
  },
  CAMPAIGN_NOTHING_TO_COMPARE: {
    kind: 'refused',
    title: '没有可比较的督导',
    detail: '“{topic}”此前没有组织过督导。请选择要与之比较的一次。',
  },
  CAMPAIGNS_NOT_COMPARABLE: {
    kind: 'invalid',
    title: '请选择两次不同的督导',
    detail: '比较需要两次不同的督导活动。请重新选择。',
  },
  SCHOOL_NOT_FOUND: {
    kind: 'not-found',
    title: '没有找到学校',
    detail: '没有找到这所学校。它可能不存在，或不属于您的工作范围。',
  },
  SCHOOL_IS_CLOSED: {
    kind: 'refused',
    title: '学校已撤并',
    detail: '{school}已于 {closedOn} 撤并，不能再安排或提交督查。',
  },
  SUPERVISOR_NOT_FOUND: {
    kind: 'not-found',
    title: '没有找到督学',
    detail: '没有找到这位督学的聘任记录。请先在督学库办理聘任。',
  },
  TASK_NOT_FOUND: {
    kind: 'not-found',
    title: '没有找到任务',
    detail: '没有找到这项计划任务。请从任务列表中重新选择，或不关联任务。',
  },
  VISIT_NOT_FOUND: {
    kind: 'not-found',
    title: '没有找到督查记录',
    detail: '没有找到这次督查。它可能不存在，或不属于您的工作范围。',
  },
  VISIT_SUPERVISOR_TERM_NOT_RUNNING: {
    kind: 'refused',
    title: '督学不在任期内',
    detail:
      '{supervisor}的任期为 {termFrom} 至 {termTo}，{on} 不在任期内，不能承担督查任务。请改派在任督学或先办理续聘。',
  },
  VISIT_SUPERVISOR_NOT_POSTED: {
    kind: 'refused',
    title: '不是该校的挂牌督学',
    detail: '{supervisor}在 {on} 不是{school}的挂牌督学。请核对学校，或联系督导室安排督查。',
  },
  VISIT_SUPERVISOR_RECUSED: {
    kind: 'refused',
    title: '督学应当回避',
    detail: '{reasons}请改派其他督学；如登记有误，请在督学库中更正回避关系。',
  },
  VISIT_SUPERVISOR_UNKNOWN: {
    kind: 'refused',
    title: '账号未关联督学',
    detail: '您的账号没有关联督学身份，不能提交进校督查。请联系督导室关联账号。',
  },
  VISIT_IN_PAST: {
    kind: 'invalid',
    title: '督查日期已过',
    detail: '计划督查日期 {scheduledFor} 早于今天（{today}）。请选择今天或以后的日期。',
  },
  VISIT_IN_FUTURE: {
    kind: 'invalid',
    title: '督查日期在将来',
    detail: '督查日期 {visitedOn} 晚于今天（{today}）。请填写实际到校的日期。',
  },
  VISIT_ALREADY_SCHEDULED: {
    kind: 'conflict',
    title: '督查已存在',
    detail: '这个编号的督查已经存在（当前状态：{stage}），没有重复建立。',
  },
  VISIT_ALREADY_RECORDED: {
    kind: 'refused',
    title: '督查记录已提交',
    detail: '这次督查已于 {visitedOn} 提交记录，内容不能再改。如有遗漏，请另行开展一次督查。',
  },
  VISIT_IS_CANCELLED: {
    kind: 'refused',
    title: '督查已取消',
    detail: '这次督查已取消，不能继续。请重新安排。',
  },
  VISIT_IS_MISSED: {
    kind: 'refused',
    title: '督查已逾期未开展',
    detail: '这次督查应在 {month} 内开展，现已记为未开展；只能补交当月实际到校的记录。请重新安排。',
  },
  VISIT_NOT_RECORDED: {
    kind: 'refused',
    title: '督查记录尚未提交',
    detail: '这次督查还没有提交记录（当前状态：{stage}），没有可以处理的问题。',
  },
  VISIT_ITEM_UNANSWERED: {
    kind: 'invalid',
    title: '还有条目没有作答',
    detail: '“{title}”还没有作答（共 {missing} 条未答）。请逐条选择 是、否 或 不适用 后再提交。',
  },
  VISIT_ITEM_UNKNOWN: {
    kind: 'invalid',
    title: '清单中没有该条目',
    detail: '条目“{code}”不在这次督查所用的清单（第 {edition} 版）中。请刷新清单后重新作答。',
  },
  VISIT_ITEM_ANSWERED_TWICE: {
    kind: 'invalid',
    title: '条目重复作答',
    detail: '条目“{code}”作答了两次。请只保留一个答案。',
  },
  VISIT_NOTE_MISSING: {
    kind: 'invalid',
    title: '请说明发现的问题',
    detail: '“{title}”选择了“否”，请写明看到的情况，便于核实和整改。',
  },
  VISIT_EVIDENCE_MISSING: {
    kind: 'invalid',
    title: '请附上照片或材料',
    detail: '清单要求“{title}”附照片或材料作证。请补拍或上传后再提交。',
  },
  FINDING_NOT_FOUND: {
    kind: 'not-found',
    title: '没有找到发现的问题',
    detail: '这次督查中没有这条问题。它可能不存在，或不属于您的工作范围。',
  },
  FINDING_ALREADY_CONFIRMED: {
    kind: 'refused',
    title: '问题已确认',
    detail: '“{title}”已经确认并转入整改，不能再改为不采纳。',
  },
  FINDING_ALREADY_DISMISSED: {
    kind: 'refused',
    title: '问题已不采纳',
    detail: '“{title}”已经不采纳，不能再确认。如确有问题，请另行督查记录。',
  },
  PERIOD_IN_FUTURE: {
    kind: 'invalid',
    title: '督导月份还没有到',
    detail: '{period} 还没有到，不能提前办理。请选择本月或以前的月份。',
  },
  PERIOD_WITHOUT_SCHOOLS: {
    kind: 'refused',
    title: '没有可以开展自查的学校',
    detail: '督学库中还没有在办的学校和机构。请先在督学库登记学校，再开启自查。',
  },
  SELF_CHECK_NOT_FOUND: {
    kind: 'not-found',
    title: '没有找到学校自查',
    detail: '没有找到这份学校自查。它可能不存在，或不属于您的工作范围。',
  },
  SELF_CHECK_ALREADY_SUBMITTED: {
    kind: 'refused',
    title: '自查已提交',
    detail: '{school} {period} 的自查已于 {submittedOn} 提交，不能再改。如需更正，请联系责任区组长或督导室退回。',
  },
  SELF_CHECK_NOT_SUBMITTED: {
    kind: 'refused',
    title: '自查尚未提交',
    detail: '{school} {period} 的自查还没有提交，没有可以退回的内容。',
  },
  SELF_CHECK_STATEMENT_MISSING: {
    kind: 'invalid',
    title: '请写明自查情况',
    detail: '请用几句话写明自查怎样开展、发现了什么、已经纠正了什么。',
  },
  ZONE_SUMMARY_NOT_FOUND: {
    kind: 'not-found',
    title: '没有找到责任区汇总',
    detail: '没有找到这份责任区汇总。它可能不存在，或不属于您的工作范围。',
  },
  ZONE_WITHOUT_SCHOOLS: {
    kind: 'refused',
    title: '责任区没有学校',
    detail: '您的责任区中还没有在办的学校，没有可以汇总的内容。请联系督导室划分责任区。',
  },
  ZONE_SUMMARY_TEXT_MISSING: {
    kind: 'invalid',
    title: '请填写责任区情况',
    detail: '请写明本责任区本月的督导情况。督导室的通报将写入这段文字。',
  },
  ZONE_SUMMARY_GAPS_UNEXPLAINED: {
    kind: 'invalid',
    title: '还有学校没有完成前两步',
    detail: '{schools}还没有完成自查或督查（共 {count} 项）。请先督促完成，或说明原因后再提交汇总。',
  },
  ZONE_SUMMARY_ALREADY_SUBMITTED: {
    kind: 'refused',
    title: '汇总已提交',
    detail: '{zone} {period} 的汇总已于 {submittedOn} 提交，不能再改。如需更正，请联系督导室退回。',
  },
  ZONE_SUMMARY_IN_BULLETIN: {
    kind: 'refused',
    title: '通报已经印发',
    detail: '{period} 的督导通报已经印发，汇总已写入通报，不能再改。',
  },
  BULLETIN_NOT_FOUND: {
    kind: 'not-found',
    title: '没有找到督导通报',
    detail: '没有找到这份督导通报。它可能不存在，或还没有印发。',
  },
  BULLETIN_WITHOUT_SUMMARIES: {
    kind: 'refused',
    title: '还没有责任区提交汇总',
    detail: '{period} 还没有任何责任区提交汇总，没有可以通报的内容。请先请责任区组长提交汇总。',
  },
  BULLETIN_ALREADY_ISSUED: {
    kind: 'refused',
    title: '通报已经印发',
    detail: '{period} 的督导通报已以 {documentNumber} 印发，不能再改。',
  },
  BULLETIN_MISSING_UNEXPLAINED: {
    kind: 'invalid',
    title: '有责任区没有提交汇总',
    detail: '{zones}没有提交 {period} 的汇总。请先催交，或在通报中说明原因后再印发。',
  },
  BULLETIN_SUMMARIES_CHANGED: {
    kind: 'refused',
    title: '责任区汇总有变化',
    detail: '起草之后，{zones}提交或更正了汇总。请先重新汇入各责任区情况，再印发通报。',
  },
  BULLETIN_APPROVER_MISSING: {
    kind: 'invalid',
    title: '请填写签发人',
    detail: '通报要有签发人才能印发。请填写签发这份通报的负责人姓名。',
  },
} as const satisfies ErrorCatalogue

export const inspectionsError = errorsOf(errorCatalogue)
