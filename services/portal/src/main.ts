import { systemClock } from '@dulian/event-sourcing'
import { startTelemetry } from '@dulian/http-kit'
import { buildPortalApp } from './app.ts'
import { readPortalConfig } from './config.ts'

const config = readPortalConfig(process.env, process.cwd())
const telemetry =
  config.telemetry === undefined
    ? undefined
    : await startTelemetry({
        name: 'dulian-portal',
        endpoint: config.telemetry,
        residentMemory: () => process.memoryUsage().rss,
      })
const app = await buildPortalApp(config, systemClock, telemetry)

let stopping = false
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (stopping) return
    stopping = true
    app
      .close()
      .then(() => telemetry?.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      )
  })
}

const address = await app.listen({ host: config.host, port: config.port })
process.stdout.write(`督联 portal ${address}\n`)
