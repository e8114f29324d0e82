import { setTimeout as delay } from 'node:timers/promises'
import { isDomainError, systemClock } from '@dulian/event-sourcing'
import { type EngineSettings, engineNames, isEmbedded, openBus, openEvents, openViews } from '@dulian/service-host'
import { serviceNames } from '../service-names.ts'
import type { Finding } from './finding.ts'

const ANSWER_WITHIN_MS = 5_000
const NO_SUCH_SPACE = 'doctor'

/** Whether each engine answers; files need no asking, they are in the data folder. */
export async function examineEngines(settings: EngineSettings): Promise<readonly Finding[]> {
  const names = engineNames(settings)
  const [service] = serviceNames
  const questions = [
    {
      port: 'events',
      check: '事件引擎',
      ask: async () => {
        const store = await openEvents(settings, service, systemClock, true)
        await store.head().finally(() => store.close())
      },
    },
    {
      port: 'bus',
      check: '消息引擎',
      ask: async () => {
        const bus = await openBus(settings, systemClock)
        await bus.deadLetters(service).finally(() => bus.close())
      },
    },
    {
      port: 'views',
      check: '视图引擎',
      ask: async () => {
        const views = await openViews(settings, service, systemClock)
        await views.storedRevision(NO_SUCH_SPACE).finally(() => views.close())
      },
    },
  ] as const
  return await Promise.all(
    questions.map(async ({ port, check, ask }): Promise<Finding> => {
      if (isEmbedded(settings, port)) return { check, state: 'ok', detail: 'sqlite' }
      const trouble = await troubleOf(ask)
      return trouble === undefined
        ? { check, state: 'ok', detail: `${names[port]} 可用` }
        : { check, state: 'failed', detail: `${names[port]} 不可用：${trouble}` }
    }),
  )
}

/** Words only: an address may hold a password, and a driver's message may hold the address. */
async function troubleOf(ask: () => Promise<void>): Promise<string | undefined> {
  try {
    const late = delay(ANSWER_WITHIN_MS, '没有回答', { ref: false })
    return await Promise.race([ask().then(() => undefined), late])
  } catch (error) {
    if (isDomainError(error)) return error.detail
    return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '出错'
  }
}
