import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { systemClock } from '@dulian/event-sourcing'
import { isEmbedded, openEvents, serviceFolder } from '@dulian/service-host'
import { type Config, engineSettings } from './config.ts'
import { services } from './services.ts'

/** Whether anybody has worked in this instance: whether any service stored more than the days that began. */
export async function hasData(config: Config): Promise<boolean> {
  const engines = engineSettings(config)
  for (const { name } of services) {
    if (isEmbedded(engines, 'events') && !existsSync(join(serviceFolder(engines, name), 'events.db'))) continue
    const store = await openEvents(engines, name, systemClock, true)
    try {
      const { events } = await store.readAll({ limit: 5_000 })
      if (events.some(({ type }) => type !== 'day-began.v1')) return true
    } finally {
      await store.close()
    }
  }
  return false
}
