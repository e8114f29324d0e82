import { permissions, roles, systemPermissions, TokenClaims } from '@dulian/contracts'
import { runAlone } from '@dulian/service-host'
import { officeService } from './service.ts'

/** This service as its own process; see README.md for its settings. */
await runAlone({
  definition: officeService,
  port: 7102,
  access: { permissions, roles },
  claims: TokenClaims,
  systemPermissions,
  process,
})
