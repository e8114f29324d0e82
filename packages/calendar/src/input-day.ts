import { z } from 'zod'

const FIRST = '1949-10-01'
const LAST = '2149-12-31'

/** A day as people enter it, `YYYY-MM-DD`: near enough that days, working days and years can be counted from it. */
export const InputDay = z.iso.date().refine((day) => FIRST <= day && day <= LAST, {
  message: '日期应在 1949 年至 2149 年之间',
})
