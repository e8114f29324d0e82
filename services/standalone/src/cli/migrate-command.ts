import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { isDomainError } from '@dulian/event-sourcing'
import { type Command, Option } from 'commander'
import { type Config, engineSettings, readConfig } from '../config.ts'
import { readInstanceFile, writeInstanceFile } from '../instance-file.ts'
import { CommandFailed } from './command-failed.ts'
import type { CommandLine } from './command-line.ts'
import { assertMovable, movesBetween, openSides } from './migrate-command-places.ts'
import { changedSettings, drawProgress, placesOf, reportWords } from './migrate-command-words.ts'

interface MigrateOptions {
  readonly from?: string
  readonly to?: string
  readonly events?: string
  readonly bus?: string
  readonly views?: string
  readonly data?: string
  readonly namespace?: string
  readonly messages: 'refuse' | 'republish' | 'leave'
  readonly verifyOnly?: boolean
  readonly report?: string
  readonly json?: boolean
}

type Settings = Readonly<Record<string, string | undefined>>

export function migrateCommand(program: Command, line: CommandLine): void {
  program
    .command('migrate')
    .description('把整个实例搬到另一套引擎或另一个数据目录（SQLite 与 KurrentDB、Kafka、MongoDB 之间），并证明没有丢失')
    .option('--to <file>', '目标的设置文件（DULIAN_… 每行一条）；不用它时，选项没有写的与来源相同')
    .option('--events <engine>', '目标的事件库：sqlite 或 esdb://…')
    .option('--bus <engine>', '目标的消息总线：sqlite 或 kafka://…')
    .option('--views <engine>', '目标的视图库：sqlite 或 mongodb://…')
    .option('--data <folder>', '目标的数据目录')
    .option('--namespace <name>', '目标的命名空间（与别的实例共用服务器时）')
    .option('--from <file>', '来源的设置文件；不用它时取自环境变量')
    .addOption(
      new Option('--messages <what>', '还在途中的消息：拒绝迁移、在目标重新发布、或不带走')
        .choices(['refuse', 'republish', 'leave'])
        .default('refuse'),
    )
    .option('--verify-only', '只核对，不写入')
    .option('--report <file>', '把核对结果另存为 JSON 文件')
    .option('--json', '输出一个 JSON 文档')
    .addHelpText(
      'after',
      `
来源是当前环境变量所指的实例，须先停止；目标须是空的，或是上次中断的同一次迁移，再运行一次即从中断处继续。
例：dulian migrate --events esdb://kurrentdb:2113?tls=false --bus kafka://kafka:9092 --views mongodb://mongo:27017
    dulian migrate --events sqlite --bus sqlite --views sqlite --data /srv/dulian`,
    )
    .action((options: MigrateOptions) => run(options, line))
}

async function run(options: MigrateOptions, line: CommandLine): Promise<void> {
  const from = options.from === undefined ? line.config() : configOf(settingsIn(options.from))
  const to = configOf(targetSettings(options, from))
  const [source, target] = [engineSettings(from), engineSettings(to)]
  const moves = movesBetween(source, target)
  assertMovable(moves)
  if (readInstanceFile(from.dataFolder).demo === 'seeding') {
    throw new CommandFailed('来源的演示数据还没有生成完，没有迁移。')
  }
  const terminal = line.terminal(options.json)
  // All services at once take their time to load: only for who needs them.
  const [{ services }, { migrate }] = await Promise.all([import('../services.ts'), import('@dulian/migration')])
  const { auditStore } = await import('@dulian/service-host')
  const definitions = [...services, auditStore]
  const titleOf = (name: string): string => definitions.find((each) => each.name === name)?.title ?? name
  const progress = drawProgress(terminal, titleOf)
  const verifyOnly = options.verifyOnly === true
  const report = await untroubled(verifyOnly, async () => {
    const sides = await openSides({ source, target, moves, definitions, pid: line.pid, verifyOnly })
    try {
      return await migrate({
        services: sides.services,
        ...(sides.bus === undefined ? {} : { bus: sides.bus }),
        messages: options.messages,
        sharedViews: { source: source.views !== 'sqlite', target: target.views !== 'sqlite' },
        verifyOnly,
        progress: (reached) => progress.update(reached),
      })
    } finally {
      progress.end()
      await sides.close()
    }
  })
  if (report.equal && moves.folder && !verifyOnly) bringInstanceFile(from, to)
  const document = { from: placesOf(source), to: placesOf(target), ...report }
  if (options.report !== undefined) writeFileSync(options.report, `${JSON.stringify(document, null, 2)}\n`)
  terminal.answer(document, () => reportWords(report, titleOf, changedSettings(source, target), options.messages))
  if (!report.equal) throw new CommandFailed('目标与来源不一致。请不要启动目标；来源没有改动。')
}

/** Those of the target's file, or else the source's; options outweigh either. */
function targetSettings(options: MigrateOptions, source: Config): Settings {
  const given = {
    DULIAN_EVENTS: options.events,
    DULIAN_BUS: options.bus,
    DULIAN_VIEWS: options.views,
    DULIAN_NAMESPACE: options.namespace,
    DULIAN_DATA: options.data === undefined ? undefined : resolve(options.data),
  }
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return { ...(options.to === undefined ? settingsOf(source) : settingsIn(options.to)), ...present }
}

function settingsOf({ dataFolder, events, bus, views, namespace }: Config): Settings {
  return {
    DULIAN_DATA: dataFolder,
    DULIAN_EVENTS: events,
    DULIAN_BUS: bus,
    DULIAN_VIEWS: views,
    DULIAN_NAMESPACE: namespace,
  }
}

function settingsIn(file: string): Settings {
  if (!existsSync(file)) throw new CommandFailed(`没有设置文件 ${file}。`)
  return parseEnv(readFileSync(file, 'utf8'))
}

function configOf(settings: Settings): Config {
  return readConfig(settings, resolve('.'))
}

/** Who may sign in to a demo belongs to the instance, not to any service. */
function bringInstanceFile(from: Config, to: Config): void {
  writeInstanceFile(to.dataFolder, readInstanceFile(from.dataFolder))
}

/** What goes wrong at the engines, in words for the operator. */
const byCode: Readonly<Record<string, string>> = {
  VIEWS_UNAVAILABLE: '视图库连接不上',
  VIEW_STORAGE_FULL: '视图库的存储空间已满',
  BUS_UNAVAILABLE: '消息总线连接不上',
  BUS_STORAGE_FULL: '消息总线的存储空间已满',
  ENOSPC: '磁盘空间不足',
}

/** What a server's client says may name an address with a password: only its class and code are shown. */
async function untroubled<T>(verifyOnly: boolean, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof CommandFailed) throw error
    const again = verifyOnly ? '' : '再运行一次，将从中断处继续。'
    if (isDomainError(error)) {
      if (error.kind !== 'unavailable') throw error
      throw new CommandFailed(`${error.title}。${error.detail}${again}`)
    }
    if (!(error instanceof Error)) throw error
    const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
    const what = byCode[code] ?? [error.name, code].filter((word) => word !== '').join(' ')
    throw new CommandFailed(`${verifyOnly ? '核对' : '迁移'}没有完成：${what}。来源没有改动。${again}`)
  }
}
