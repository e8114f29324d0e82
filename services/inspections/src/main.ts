import { permissions, roles, TokenClaims } from '@dulian/contracts'
import { serveAlone } from '@dulian/service-host'
import { inspectionsService } from './service.ts'

/** This service as its own process; see README.md for its settings. */
const warn = (facts: object, message: string): void =>
  void process.stderr.write(`${JSON.stringify({ message, ...facts })}\n`)

const served = await serveAlone({
  definition: inspectionsService,
  environment: process.env,
  folder: process.cwd(),
  pid: process.pid,
  port: 7103,
  access: { permissions, roles },
  claims: TokenClaims,
  systemPermissions: { read: 'system.read', operate: 'system.operate' },
  log: { info: () => {}, warn, error: warn },
})
process.stdout.write(`${inspectionsService.title} 已就绪：${served.address}\n`)

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void served.stop().then(() => process.exit(0)))
}
