import { isDomainError } from '@dulian/event-sourcing'
import { z } from 'zod'
import { readConfig } from './config.ts'
import { consoleLog } from './console-log.ts'
import { start } from './start.ts'

/** The all-in-one as a process: settings from the environment, messages on stderr, the address on stdout when ready. */
async function main(): Promise<void> {
  const begun = performance.now()
  const say = (line: string): void => void process.stderr.write(`督联：${line}\n`)
  let shown = -1
  const started = await start({
    config: readConfig(process.env, process.cwd()),
    log: consoleLog(process.env.DULIAN_LOG_LEVEL ?? 'warn'),
    pid: process.pid,
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

  let stopping = false
  const stop = (): void => {
    if (stopping) return
    stopping = true
    say('正在停止，处理完手头的工作…')
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
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

try {
  await main()
} catch (error) {
  if (error instanceof z.ZodError) {
    for (const issue of error.issues)
      process.stderr.write(`督联：设置 ${issue.path.join('.')} 无效：${issue.message}\n`)
  } else if (isDomainError(error)) {
    process.stderr.write(`督联：${error.title}。${error.detail}\n`)
  } else if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    process.stderr.write('督联：端口已被占用。请停止占用它的程序，或用 DULIAN_PORT 指定另一个端口。\n')
  } else {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
  }
  process.exit(1)
}
