import { type ErrorCatalogue, errorsOf } from '@dulian/event-sourcing'

/** The errors of this service. Listed in docs/ERRORS.md. */
export const errorCatalogue = {
  PROBLEM_NOT_FOUND: {
    kind: 'not-found',
    title: '没有找到问题',
    detail: '没有找到这个问题。它可能不存在，或不属于您的工作范围。',
  },
  PROBLEM_SCHOOL_NOT_FOUND: {
    kind: 'not-found',
    title: '没有找到学校',
    detail: '没有找到这所学校。请从学校列表中重新选择。',
  },
  PROBLEM_STEP_NOT_OPEN: {
    kind: 'refused',
    title: '现在不能进行这一步',
    detail: '问题目前处于“{stage}”，要先完成“{allowed}”，才能{wanted}。整改的每一步都不能跳过。',
  },
  PROBLEM_IS_CANCELLED: {
    kind: 'refused',
    title: '问题已销号',
    detail: '这个问题已于 {cancelledOn} 销号，不能再更改。如再次出现，请另行登记。',
  },
  PROBLEM_REPORT_EVIDENCE_MISSING: {
    kind: 'invalid',
    title: '整改报告缺少印证材料',
    detail: '请至少上传一份整改印证材料（照片、文件等），再提交整改报告。',
  },
  PROBLEM_VERIFICATION_EVIDENCE_MISSING: {
    kind: 'invalid',
    title: '核查缺少印证材料',
    detail: '核查通过要留下证据。请至少上传一份核查印证材料（现场照片、核查记录等）。',
  },
  PROBLEM_VERIFIER_IS_REPORTER: {
    kind: 'refused',
    title: '不能核查自己的整改',
    detail: '整改报告由{reporter}提交。核查、退回和销号必须由提交人和被督导学校以外的人进行。',
  },
  PROBLEM_NOT_OVERDUE: {
    kind: 'refused',
    title: '问题没有逾期',
    detail: '这个问题的整改期限是 {dueOn}，今天（{today}）还没有逾期，不能发出督办通知。',
  },
  PROBLEM_HAS_NO_DEADLINE: {
    kind: 'refused',
    title: '没有正在计算的整改期限',
    detail: '问题目前处于“{stage}”，没有正在计算的整改期限。',
  },
  DEADLINE_NOT_LATER: {
    kind: 'invalid',
    title: '新期限不晚于原期限',
    detail: '新期限 {dueOn} 不晚于原期限 {formerDueOn}。延期后的期限要晚于原期限。',
  },
  DEADLINE_NOT_IN_FUTURE: {
    kind: 'invalid',
    title: '期限已过',
    detail: '期限 {dueOn} 不晚于今天（{today}）。请选择今天以后的日期。',
  },
  EXTENSIONS_USED_UP: {
    kind: 'refused',
    title: '延期次数已用完',
    detail: '每项整改要求最多延期 {times} 次，这个问题已经用完，不能再延期。到期未完成的，请发督办通知。',
  },
  BODY_ASKED_ALREADY: {
    kind: 'refused',
    title: '正在等待部门回复',
    detail: '{askedOn} 已请{body}协办，还没有收到回复。收到回复后才能再次请部门协办。',
  },
  BODY_IS_ANOTHER: {
    kind: 'refused',
    title: '责任部门不是这个部门',
    detail: '这个问题的责任部门是{body}，协办事项要发给责任部门。',
  },
  BODY_NOT_ASKED: {
    kind: 'refused',
    title: '没有等待回复的协办事项',
    detail: '这个问题目前没有请部门协办，不需要回复。',
  },
  RECHECK_NOT_SCHEDULED: {
    kind: 'refused',
    title: '回头看还没有安排',
    detail: '这个问题的回头看正在安排，请稍候刷新。',
  },
  RECHECK_TOO_EARLY: {
    kind: 'refused',
    title: '还没有到回头看的时间',
    detail: '回头看从 {from} 开始，今天（{today}）还不能认定整改成效。如发现问题反弹，可以随时登记反弹。',
  },
  RECHECK_DONE: {
    kind: 'refused',
    title: '回头看已经完成',
    detail: '这个问题的回头看已于 {day} 由{by}完成。',
  },
  RECHECK_EVIDENCE_MISSING: {
    kind: 'invalid',
    title: '回头看缺少印证材料',
    detail: '请至少上传一份回头看的印证材料（现场照片、复查记录等）。',
  },
  RECHECK_DAY_NOT_LATER: {
    kind: 'invalid',
    title: '回头看日期有误',
    detail: '回头看要在销号以后开展，请选择 {today} 以后的日期。',
  },
  EFFECT_NOT_CHECKED: {
    kind: 'refused',
    title: '还没有通过回头看',
    detail: '整改成效要在回头看通过以后才能确认。',
  },
  EFFECT_CONFIRMED: {
    kind: 'refused',
    title: '成效已确认',
    detail: '这个问题的整改成效已于 {day} 确认。',
  },
  FEEDBACK_NOT_FOUND: {
    kind: 'not-found',
    title: '没有找到反馈文件',
    detail: '没有找到这份反馈文件。它可能不存在，或不属于您的工作范围。',
  },
  FEEDBACK_EMPTY: {
    kind: 'invalid',
    title: '反馈文件没有列出问题',
    detail: '请至少填写一个反馈的问题，并写明责任学校。',
  },
  FEEDBACK_PROBLEM_TWICE: {
    kind: 'invalid',
    title: '问题重复列出',
    detail: '同一学校的“{title}”在第 {first} 行已经列出。请只保留一行。',
  },
  LIST_TOO_LONG: {
    kind: 'refused',
    title: '清单太长',
    detail: '符合条件的问题有 {count} 个，一次最多列出 {most} 个。请按责任区、学校、来源或年度缩小范围。',
  },
  NOTICE_NOT_FOUND: {
    kind: 'not-found',
    title: '没有找到督办通知',
    detail: '没有找到这份督办通知。它可能不存在，或不属于您的工作范围。',
  },
  DECISION_NOT_FOUND: {
    kind: 'not-found',
    title: '没有找到整改决定',
    detail: '没有找到这份整改决定。它可能不存在，或不属于您的工作范围。',
  },
  PROBLEM_BEING_DECIDED: {
    kind: 'conflict',
    title: '该问题已在另一份整改决定中',
    detail: '“{title}”刚由另一份整改决定下达，或正在下达。请稍后刷新，核对后再决定是否提交。',
  },
  DECISION_EMPTY: {
    kind: 'invalid',
    title: '整改决定没有列出问题',
    detail: '整改决定至少要列出一个问题，并逐项写明整改要求和期限。',
  },
  DECISION_PROBLEM_TWICE: {
    kind: 'invalid',
    title: '问题重复列出',
    detail: '问题“{title}”在这份决定中列出了两次。请只保留一次。',
  },
  DECISION_DEMAND_MISSING: {
    kind: 'invalid',
    title: '缺少整改要求',
    detail: '问题“{title}”没有写明整改要求。整改决定要逐项提出整改要求。',
  },
  DECISION_DATE_MISSING: {
    kind: 'invalid',
    title: '缺少整改期限',
    detail: '问题“{title}”没有写明整改期限。整改决定要逐项规定期限。',
  },
  DECISION_MEETING_MISSING: {
    kind: 'invalid',
    title: '缺少会议信息',
    detail: '以会议形式反馈的，请写明会议名称、时间、地点、参会人员和会议记录。',
  },
  DECISION_MEETING_IN_FUTURE: {
    kind: 'invalid',
    title: '会议还没有召开',
    detail: '会议日期 {heldOn} 晚于今天（{today}）。请在会议召开、逐项反馈以后再下达整改决定。',
  },
} as const satisfies ErrorCatalogue

export const rectificationError = errorsOf(errorCatalogue)
