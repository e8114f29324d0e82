import { fakeClock, systemClock } from '@dulian/event-sourcing'
import { startTelemetry } from '@dulian/http-kit'
import { refuseDemoElsewhere } from '@dulian/portal'
import { lockDataFolder, type ServiceLog } from '@dulian/service-host'
import { type Config, isWhollyEmbedded } from './config.ts'
import { demoBeginning, demoSeed } from './demo/seed.ts'
import { standaloneError } from './errors.ts'
import { hasData } from './has-data.ts'
import { clearData, dropData, Instance } from './instance.ts'
import { readInstanceFile, writeInstanceFile } from './instance-file.ts'
import { removeRunning, writeRunning } from './running-file.ts'
import { syncTree } from './sync-tree.ts'
import { webRoot } from './web-root.ts'

export interface StartOptions {
  readonly config: Config
  readonly log: ServiceLog
  readonly pid: number
  /** Bytes, for the metrics. */
  readonly residentMemory?: () => number
  /** Says to the person at the terminal what is going on. */
  readonly say: (line: string) => void
  /** `done` of `total` days of the demo are made. */
  readonly progress: (done: number, total: number) => void
}

export interface Started {
  readonly address: string
  stop(): Promise<void>
}

/** Brings the instance up: demo data first where they are wanted and not there yet, then the door. */
export async function start(options: StartOptions): Promise<Started> {
  const { config, log, pid, say } = options
  if (config.demo) refuseDemoElsewhere(config)
  await prepareDemo(options)
  let instance: Instance
  let restarting: Promise<void> = Promise.resolve()
  let stopping = false

  const telemetry =
    config.telemetry === undefined
      ? undefined
      : await startTelemetry({ name: 'dulian', endpoint: config.telemetry, residentMemory: options.residentMemory })
  let port = config.port

  const open = async (): Promise<void> => {
    instance = await Instance.open({
      config,
      log,
      pid,
      webRoot,
      // What is kept on servers is not this process's to throw away.
      ...(isWhollyEmbedded(config) ? { onClearDemo: clear } : {}),
      ...(telemetry === undefined ? {} : { telemetry }),
    })
    await instance.start()
    await instance.app.listen({ host: config.host, port })
    // Whoever asked for any free port keeps the one he got, also when the demo is cleared.
    port = Number(new URL(addressOf(instance, config)).port)
    writeRunning(config.dataFolder, { address: addressOf(instance, config), pid })
  }
  const clear = (): void => {
    restarting = restarting
      .then(async () => {
        if (stopping) return
        say('正在清除演示数据…')
        await instance.stop()
        await clearData(config.dataFolder, pid)
        await open()
        say('演示数据已清除，实例为空。')
      })
      .catch((error: unknown) => log.error({ err: error }, '清除演示数据失败'))
  }
  await open()
  return {
    get address() {
      return addressOf(instance, config)
    },
    async stop() {
      stopping = true
      await restarting
      removeRunning(config.dataFolder)
      await instance.stop()
      await telemetry?.stop()
    },
  }
}

function addressOf(instance: Instance, config: Config): string {
  const bound = instance.app.server.address()
  if (bound === null || typeof bound === 'string') return `http://${config.host}:${config.port}`
  return `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`
}

/**
 * Seeds an empty instance when the demo is wanted; answers whether it did. A seed that was cut short is thrown away and
 * begun again.
 */
export async function prepareDemo(options: StartOptions): Promise<boolean> {
  const { config, log, pid, say, progress } = options
  if (!(await isDemoToBeMade(options))) return false
  say('正在生成演示数据（虚构的学校与人员）…')
  const now = systemClock.now()
  const clock = fakeClock(demoBeginning(now, config.demoDays))
  const seed = demoSeed(clock, now, config.demoDays)
  const instance = await Instance.open({ config, log, pid, webRoot, clock, cards: seed.people, provisional: true })
  let cards: Awaited<ReturnType<typeof seed.run>>
  try {
    // Not before the folder is ours: found again, it lets everything in it be thrown away.
    writeInstanceFile(config.dataFolder, { demo: 'seeding', cards: [] })
    await instance.start()
    cards = await seed.run(instance, progress)
  } finally {
    await instance.stop()
  }
  // Whole on disk before it counts as made: until here nothing has waited for the disk.
  syncTree(config.dataFolder)
  writeInstanceFile(config.dataFolder, { demo: 'seeded', cards: [...cards] })
  return true
}

/** Looks, and throws half a story away, under the lock of the folder: another process may be at work in it. */
async function isDemoToBeMade({ config, pid, say }: StartOptions): Promise<boolean> {
  const lock = lockDataFolder(config.dataFolder, pid)
  try {
    const known = readInstanceFile(config.dataFolder)
    if (known.demo === 'seeding') {
      if (!isWhollyEmbedded(config)) throw standaloneError('DEMO_HALF_MADE')
      say('上次的演示数据没有生成完，已丢弃。')
      await dropData(config.dataFolder)
      writeInstanceFile(config.dataFolder, { ...known, demo: 'none' })
      return config.demo
    }
    if (!config.demo || known.demo !== 'none') return false
    if (!(await hasData(config))) return true
    say('本实例已有数据，不再生成演示数据。')
    return false
  } finally {
    lock.release()
  }
}
