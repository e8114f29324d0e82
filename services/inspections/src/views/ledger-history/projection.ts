import { defineHistory } from '@dulian/history'
import { toldDating, visitDating } from '../dating.ts'
import { ledgerProjection } from '../ledger/projection.ts'

/** 督导台账 on any past day [N10]. */
export const ledgerHistory = defineHistory({
  name: 'ledger-history',
  revision: 1,
  of: ledgerProjection,
  collections: { rows: {} },
  dated: [visitDating, toldDating],
})
