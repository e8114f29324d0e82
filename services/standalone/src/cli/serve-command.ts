import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isEmbedded, ownsItsFolder } from '@dulian/service-host'
import type { Command } from 'commander'
import { type Config, engineSettings } from '../config.ts'
import { demoCard } from '../demo/demo-card.ts'
import { readInstanceFile } from '../instance-file.ts'
import { removeRunning, writeRunning } from '../running-file.ts'
import { planProcesses, portsFrom } from '../supervise/process-plans.ts'
import { readProcesses, removeProcesses, writeProcesses } from '../supervise/processes-file.ts'
import { Supervisor } from '../supervise/supervisor.ts'
import { CommandFailed } from './command-failed.ts'
import type { CommandLine } from './command-line.ts'
import { runningAddress } from './running-address.ts'

const states = {
  starting: '正在启动',
  ready: '就绪',
  'not-ready': '未就绪',
  stopping: '正在停止',
  waiting: '等待重新启动',
  stopped: '已停止',
} as const

export function serveCommands(program: Command, line: CommandLine): void {
  program
    .command('serve')
    .description('各服务作为独立进程运行并看护；收到 SIGHUP 时逐个重启，不中断服务')
    .option('--instances <number>', '每个服务的进程数，1–8', '1')
    .action(async (options: { instances: string }) => {
      const config = line.config()
      const instances = instancesOf(options.instances, config)
      if ((await runningAddress(config)) !== undefined)
        throw new CommandFailed('这个数据目录上已有实例在运行。请先停止它。')
      await prepare(config, line)
      await serve(config, instances, line)
    })

  program
    .command('processes')
    .description('各服务进程的状态')
    .option('--json', '输出一个 JSON 文档')
    .action((options: { json?: boolean }) => {
      const found = readProcesses(line.config().dataFolder)
      if (found === undefined) throw new CommandFailed('这个数据目录上没有用 dulian serve 启动的进程。')
      line.terminal(options.json).answer(found, () =>
        found.processes
          .map(({ name, address, pid, state, failures }) => {
            const ended = failures === 0 ? '' : `，意外结束 ${failures} 次`
            return `${name}：${states[state]}，${address}，进程号 ${pid ?? '—'}${ended}`
          })
          .join('\n'),
      )
    })
}

function instancesOf(text: string, config: Config): number {
  const instances = Number(text)
  if (!Number.isInteger(instances) || instances < 1 || instances > 8)
    throw new CommandFailed(`--instances 应为 1 到 8 的整数，收到“${text}”。`)
  const engines = engineSettings(config)
  if (isEmbedded(engines, 'bus')) {
    throw new CommandFailed('各服务分开运行时，消息要经过 Kafka：请设置 DULIAN_BUS=kafka://主机:端口。')
  }
  if (instances > 1 && ownsItsFolder(engines)) {
    throw new CommandFailed(
      '同一服务要有多个进程时，事件和视图都要放在服务器上：请设置 DULIAN_EVENTS=esdb://… 和 DULIAN_VIEWS=mongodb://…。',
    )
  }
  return instances
}

/** The demo where it is wanted, and the cards where the door's own process looks for them. */
async function prepare(config: Config, line: CommandLine): Promise<void> {
  mkdirSync(join(config.dataFolder, 'portal'), { recursive: true })
  const terminal = line.terminal(false)
  if (config.demo) {
    const { prepareDemo } = await import('../start.ts')
    const progress = terminal.progress('生成演示数据')
    await prepareDemo({
      config,
      log: line.log,
      pid: line.pid,
      say: (words) => terminal.say(words),
      progress: (done, total) => progress.update(done, total, '天'),
    })
    progress.end()
  }
  const cards = readInstanceFile(config.dataFolder).cards.map(demoCard)
  writeFileSync(join(config.dataFolder, 'portal', 'demo-cards.json'), JSON.stringify(cards, null, 2))
}

/** Resolves when everything has been stopped by `SIGTERM` or `SIGINT`. */
async function serve(config: Config, instances: number, line: CommandLine): Promise<void> {
  const terminal = line.terminal(false)
  const plans = planProcesses({
    config,
    instances,
    environment: line.environment,
    ports: portsFrom(config.port, instances),
  })
  const supervisor: Supervisor = new Supervisor(plans, {
    node: line.node,
    say: (name, words) => terminal.say(`[${name}] ${words}`),
    changed: () => writeProcesses(config.dataFolder, line.pid, supervisor.reports()),
  })
  const ended = new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      supervisor.stop().then(resolve, reject)
    }
    line.onSignal('SIGTERM', stop)
    line.onSignal('SIGINT', stop)
    line.onSignal('SIGHUP', () => {
      terminal.say('逐个重启各服务进程…')
      supervisor.renew().then(() => terminal.say('各服务进程已全部重启。'), reject)
    })
  })
  line.onExit(() => supervisor.kill())
  const ready = await supervisor.start()
  writeRunning(config.dataFolder, { address: supervisor.address, pid: line.pid })
  terminal.answer({ address: supervisor.address, ready }, () =>
    ready ? `督联已就绪：${supervisor.address}` : `督联已启动，部分服务尚未就绪：${supervisor.address}`,
  )
  try {
    await ended
  } finally {
    removeRunning(config.dataFolder)
    removeProcesses(config.dataFolder)
  }
}
