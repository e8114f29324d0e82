import { permissions, roles, systemPermissions, TokenClaims } from '@dulian/contracts'
import { runAlone } from '@dulian/service-host'
import { rectificationService } from './service.ts'

/** This service as its own process; see README.md for its settings. */
await runAlone({
  definition: rectificationService,
  port: 7104,
  access: { permissions, roles },
  claims: TokenClaims,
  systemPermissions,
  process,
})
