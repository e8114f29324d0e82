import { Day } from '@dulian/contracts'

const FIRST = '1949-10-01'
const LAST = '2149-12-31'

/** A day as people enter it: near enough that years can be added and subtracted. */
export const InputDay = Day.refine((day) => FIRST <= day && day <= LAST, {
  message: '日期应在 1949 年至 2149 年之间',
})
