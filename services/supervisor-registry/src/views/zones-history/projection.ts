import { defineHistory } from '@dulian/history'
import { schoolDating, zoneDating } from '../dating.ts'
import { ZONES, zonesProjection } from '../zones/projection.ts'

/** 责任区 on any past day [N10]. */
export const zonesHistory = defineHistory({
  name: 'zones-history',
  revision: 1,
  of: zonesProjection,
  collections: { [ZONES]: {} },
  dated: [zoneDating, schoolDating],
})
