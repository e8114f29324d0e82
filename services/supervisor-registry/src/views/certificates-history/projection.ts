import { defineHistory } from '@dulian/history'
import { CERTIFICATES, certificatesProjection } from '../certificates/projection.ts'
import { supervisorDating } from '../dating.ts'

/** 聘书与督学证 on any past day [N10]. */
export const certificatesHistory = defineHistory({
  name: 'certificates-history',
  revision: 1,
  of: certificatesProjection,
  collections: { [CERTIFICATES]: {} },
  dated: [supervisorDating],
})
