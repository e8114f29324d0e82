import type { Command } from 'commander'
import type { Config } from '../config.ts'
import { readInstanceFile, writeInstanceFile } from '../instance-file.ts'
import { putOnRecord } from './audit-commands.ts'
import { CommandFailed } from './command-failed.ts'
import type { CommandLine } from './command-line.ts'
import { connect } from './connection.ts'
import { runningAddress } from './running-address.ts'

const PATIENCE_MS = 60_000

export function demoCommands(program: Command, line: CommandLine): void {
  const demo = program.command('demo').description('演示数据')

  demo
    .command('seed')
    .description('生成演示数据（仅限空白实例，且实例未在运行）')
    .option('--json', '输出一个 JSON 文档')
    .action(async (options: { json?: boolean }) => {
      const config = { ...line.config(), demo: true }
      if ((await runningAddress(config)) !== undefined)
        throw new CommandFailed('实例正在运行。请先停止它，再生成演示数据。')
      const known = readInstanceFile(config.dataFolder)
      if (known.demo === 'seeded') throw new CommandFailed('演示数据已经存在。要重新生成，请先运行 dulian demo clear。')
      if (known.demo === 'cleared') writeInstanceFile(config.dataFolder, { ...known, demo: 'none' })
      const terminal = line.terminal(options.json)
      const progress = terminal.progress('生成演示数据')
      const { prepareDemo } = await import('../start.ts')
      const made = await prepareDemo({
        config,
        log: line.log,
        pid: line.pid,
        say: (words) => terminal.say(words),
        progress: (done, total) => progress.update(done, total, '天'),
      })
      progress.end()
      if (!made) throw new CommandFailed('没有生成演示数据：演示数据只能放进空白实例。')
      const { cards } = readInstanceFile(config.dataFolder)
      terminal.answer(
        { demo: 'seeded', cards: cards.map(({ card }) => card) },
        () => `演示数据已生成，${cards.length} 张登录卡`,
      )
    })

  demo
    .command('clear')
    .description('清除演示数据，回到空白实例')
    .option('--json', '输出一个 JSON 文档')
    .action(async (options: { json?: boolean }) => {
      const config = line.config()
      const known = readInstanceFile(config.dataFolder)
      if (known.demo !== 'seeded' && known.demo !== 'seeding')
        throw new CommandFailed('这个实例没有演示数据，没有清除任何内容。')
      const { clearData } = await import('../instance.ts')
      if ((await runningAddress(config)) === undefined) {
        await putOnRecord(config, { object: 'demo', objectName: '清除演示数据' })
        await clearData(config.dataFolder, line.pid)
      } else await clearRunning(config, line)
      line.terminal(options.json).answer({ demo: 'cleared' }, () => '演示数据已清除')
    })
}

/** The instance empties itself and opens anew; done when it answers again. */
async function clearRunning(config: Config, line: CommandLine): Promise<void> {
  const connection = await connect(config, line.pid)
  await connection.send('POST', '/system/demo/clear', { office: 'local', role: 'operator' })
  const until = performance.now() + PATIENCE_MS
  for (;;) {
    const { demo } = readInstanceFile(config.dataFolder)
    if (demo === 'cleared' && (await runningAddress(config)) !== undefined) return
    if (performance.now() > until) throw new CommandFailed('演示数据没有在预期时间内清除完毕。请查看实例的日志。')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
