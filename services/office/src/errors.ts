import { type ErrorCatalogue, errorsOf } from '@dulian/event-sourcing'

/** The errors of this service. Listed in docs/ERRORS.md. */
export const errorCatalogue = {
  PLAN_FILE_UNREADABLE: { kind: 'invalid', title: '文件无法读取', detail: '{reason}' },
  PLAN_SOURCE_MISSING: {
    kind: 'invalid',
    title: '没有计划正文',
    detail: '请上传计划文件，或提供正文文本，两者取其一。',
  },
  PLAN_WITHOUT_ITEMS: {
    kind: 'invalid',
    title: '没有识别出条目',
    detail: '这份文件里没有识别出带序号的条目，无法作为计划导入。请检查文件，或补上“一、”“（一）”“1.”等序号后再导入。',
  },
  PLAN_ALREADY_IMPORTED: {
    kind: 'conflict',
    title: '这份计划已经导入',
    detail: '同一内容的 {year} 年计划《{title}》已经导入，没有重复导入。请打开已有的计划继续办理。',
  },
  PLAN_ITEM_UNKNOWN: {
    kind: 'not-found',
    title: '没有这个条目',
    detail: '计划里没有找到这个条目，请刷新后重试。',
  },
  PLAN_ITEM_NOTHING_TO_CORRECT: {
    kind: 'invalid',
    title: '没有需要校正的内容',
    detail: '请至少修改一处内容，或填写备注。',
  },
  PLAN_ITEM_SETTLED: {
    kind: 'refused',
    title: '条目已分解为任务',
    detail: '计划已采纳，条目已分解为任务，不能再校正原文。请在任务中调整责任单位和期限。',
  },
  PLAN_ITEM_HAS_NO_TASK: {
    kind: 'refused',
    title: '条目没有对应任务',
    detail: '这个条目没有分解为任务，不能标记为年度综合督导。请选择已成为任务的条目。',
  },
  PLAN_NOTHING_TO_ADOPT: {
    kind: 'refused',
    title: '没有可分解的条目',
    detail: '计划的全部条目都已排除，没有可分解为任务的条目。',
  },
  PLAN_NOT_ADOPTED: {
    kind: 'refused',
    title: '计划尚未采纳',
    detail: '《{title}》还没有采纳。请先校正条目并采纳，再办理此事。',
  },
  PLAN_ALREADY_ISSUED: {
    kind: 'refused',
    title: '计划已经印发',
    detail: '《{title}》已以 {documentNumber} 印发，不能再次印发。',
  },
  PLAN_CLOSED: { kind: 'refused', title: '计划已经办结', detail: '《{title}》已经办结，不能再修改。' },
  PLAN_COMPREHENSIVE_INSPECTION_MISSING: {
    kind: 'refused',
    title: '本年度尚未完成综合督导',
    detail: '每年至少组织 {required} 次综合督导，{found}。完成后才能办结计划。',
  },
  TASK_WITHOUT_BODY: {
    kind: 'invalid',
    title: '没有责任单位',
    detail: '每项任务至少要有一个责任单位，其中一个牵头。',
  },
  TASK_COMPLETED: {
    kind: 'refused',
    title: '任务已经完成',
    detail: '“{title}”已确认完成。需要补充或更改的，请先退回重办。',
  },
  TASK_NOT_COMPLETED: {
    kind: 'refused',
    title: '任务尚未完成',
    detail: '“{title}”还没有确认完成，不需要退回重办。',
  },
} as const satisfies ErrorCatalogue

export const officeError = errorsOf(errorCatalogue)
