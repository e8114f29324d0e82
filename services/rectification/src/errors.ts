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
  DECISION_NOT_FOUND: {
    kind: 'not-found',
    title: '没有找到整改决定',
    detail: '没有找到这份整改决定。它可能不存在，或不属于您的工作范围。',
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
    detail: '以会议形式反馈的，请写明会议名称和时间。',
  },
} as const satisfies ErrorCatalogue

export const rectificationError = errorsOf(errorCatalogue)
