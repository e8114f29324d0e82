import { readConfig } from './config.ts'
import { consoleLog } from './console-log.ts'
import { type Started, start } from './start.ts'
import { startFailure } from './start-failure.ts'

const say = (line: string): void => void process.stderr.write(`督联：${line}\n`)

let started: Started | undefined
let stopping = false

/** While it is still starting nothing is in flight: what was begun is begun again the next time. */
function stop(): void {
  if (stopping) return
  stopping = true
  say('正在停止，处理完手头的工作…')
  if (started === undefined) process.exit(0)
  // Whatever hangs must not keep the process past what operators were promised.
  setTimeout(() => process.exit(1), 9_500).unref()
  started.stop().then(
    () => process.exit(0),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      process.exit(1)
    },
  )
}

/** The all-in-one as a process: settings from the environment, messages on stderr, the address on stdout when ready. */
async function main(): Promise<void> {
  const begun = performance.now()
  let shown = -1
  const config = readConfig(process.env, process.cwd())
  started = await start({
    config,
    log: consoleLog(config.logLevel),
    pid: process.pid,
    residentMemory: () => process.memoryUsage().rss,
    say,
    progress(done, total) {
      const percent = Math.floor((done / total) * 10) * 10
      if (percent === shown) return
      shown = percent
      say(`演示数据 ${done} / ${total} 天（${percent}%）`)
    },
  })
  process.stdout.write(`督联已就绪：${started.address}\n`)
  say(`用时 ${((performance.now() - begun) / 1_000).toFixed(1)} 秒。按 Ctrl+C 停止。`)
}

process.on('SIGTERM', stop)
process.on('SIGINT', stop)
try {
  await main()
} catch (error) {
  for (const line of startFailure(error).split('\n')) say(line)
  process.exit(1)
}
