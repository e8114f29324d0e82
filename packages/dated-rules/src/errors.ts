import { type ErrorCatalogue, errorsOf } from '@dulian/event-sourcing'

/** What can be wrong with a rule, or with asking it. Listed in docs/ERRORS.md. */
export const errorCatalogue = {
  RULE_NOT_IN_FORCE: {
    kind: 'refused',
    title: '当日没有有效的规则',
    detail: '“{title}”在 {day} 没有有效的规定。请核对日期，或先登记当日有效的规定。',
  },
  RULE_VERSIONS_INVALID: {
    kind: 'invalid',
    title: '规则的版本有误',
    detail: '规则“{title}”第 {version} 版有误：{found}。各版本须按编号和起始日期先后排列，期间不得重叠。',
  },
} as const satisfies ErrorCatalogue

export const ruleError = errorsOf(errorCatalogue)
