import { dated, defineHistory } from '@dulian/history'
import { decisionEvents } from '../../decision/events.ts'
import { decisionsProjection } from '../decisions/projection.ts'

/** 整改决定 on any past day, whole and by single problems [N10]. */
export const decisionsHistory = defineHistory({
  name: 'decisions-history',
  revision: 1,
  of: decisionsProjection,
  collections: { decisions: {}, items: {} },
  dated: [dated(decisionEvents, { DecisionIssued: { title: '下达整改决定', from: ({ issuedOn }) => issuedOn } })],
})
