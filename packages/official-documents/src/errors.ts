import { type ErrorCatalogue, errorsOf } from '@dulian/event-sourcing'

/** What can be wrong with a document's number. Listed in docs/ERRORS.md. */
export const errorCatalogue = {
  NUMBER_ALREADY_TAKEN: {
    kind: 'conflict',
    title: '文号已被使用',
    detail: '{printed} 已经使用过，一个文号只能用一次。请使用下一个文号（当前为第 {next} 号）。',
  },
  NUMBER_NOT_NEXT: {
    kind: 'refused',
    title: '文号不连续',
    detail: '下一个可用的是第 {next} 号，不能跳号取第 {number} 号。请按顺序取号。',
  },
  NUMBER_NOT_TAKEN: {
    kind: 'refused',
    title: '编号未使用',
    detail: '{year}年第 {number} 号没有使用，不能作废。',
  },
  NUMBER_VOID_REASON_MISSING: {
    kind: 'invalid',
    title: '请说明作废原因',
    detail: '文号作废后不再使用，登记簿上要写明原因。',
  },
} as const satisfies ErrorCatalogue

export const documentError = errorsOf(errorCatalogue)
