import { resolve } from 'node:path'
import { type BackedUpStore, backUp, type Manifest, restore } from '@dulian/backup'
import type { Command } from 'commander'
import product from '../../package.json' with { type: 'json' }
import { type Config, isWhollyEmbedded } from '../config.ts'
import { readInstanceFile } from '../instance-file.ts'
import { putOnRecord } from './audit-commands.ts'
import { CommandFailed } from './command-failed.ts'
import type { CommandLine } from './command-line.ts'

export function backupCommands(program: Command, line: CommandLine): void {
  program
    .command('backup')
    .description('备份整个实例：同一时刻的全部数据库与附件，逐个文件记下校验值。实例可以照常运行')
    .argument('<folder>', '放备份的新目录，须在数据目录之外')
    .option('--json', '输出一个 JSON 文档')
    .action((folder: string, options: { json?: boolean }) => runBackup(resolve(folder), options, line))

  program
    .command('restore')
    .description('从备份恢复到一个空的目录：先核对每个文件，恢复后再核对每条事件')
    .argument('<backup>', '用 dulian backup 做的备份')
    .option('--into <folder>', '恢复到的数据目录；不写时是 DULIAN_DATA')
    .option('--json', '输出一个 JSON 文档')
    .action(async (folder: string, options: { into?: string; json?: boolean }) => {
      const target = options.into === undefined ? line.config().dataFolder : resolve(options.into)
      const terminal = line.terminal(options.json)
      const progress = terminal.progress('恢复')
      const manifest = await untilEnd(progress, () =>
        restore({ backup: resolve(folder), target, progress: (done, total) => progress.update(done, total, '个文件') }),
      )
      terminal.answer(
        { target, ...summaryOf(manifest) },
        () =>
          `已恢复到 ${target}，与备份一致：${wordsOf(manifest)}。备份时间 ${manifest.takenAt}，版本 ${manifest.version}。`,
      )
    })
}

async function runBackup(folder: string, options: { json?: boolean }, line: CommandLine): Promise<void> {
  const config = line.config()
  refuseServers(config)
  if (readInstanceFile(config.dataFolder).demo === 'seeding') {
    throw new CommandFailed('演示数据还没有生成完，没有备份。')
  }
  const terminal = line.terminal(options.json)
  const progress = terminal.progress('备份')
  const manifest = await untilEnd(progress, () =>
    backUp({
      dataFolder: config.dataFolder,
      target: folder,
      version: product.version,
      now: () => Date.now(),
      progress: (done, total) => progress.update(done, total, '个文件'),
    }),
  )
  const { files, bytes, events } = summaryOf(manifest)
  await putOnRecord(config, { object: 'backup', objectName: '备份整个实例', details: { files, bytes, events } })
  terminal.answer({ folder, ...summaryOf(manifest) }, () =>
    [
      `已备份到 ${folder}：${wordsOf(manifest)}。`,
      '备份中有登录密钥和全部附件，请与数据目录同样保管；没有恢复过一次的备份不算备份。',
      ...manifest.damagedEvidence.map((path) => `注意：附件 ${path} 在实例中就已损坏，按原样备份。`),
    ].join('\n'),
  )
}

async function untilEnd<T>(progress: { end(): void }, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } finally {
    progress.end()
  }
}

/** What lies on servers is backed up by the servers' own means. */
function refuseServers(config: Config): void {
  if (isWhollyEmbedded(config)) return
  throw new CommandFailed(
    '这个实例的数据在服务器（KurrentDB、Kafka 或 MongoDB）上，dulian backup 只备份数据目录，没有备份。请用服务器自己的工具备份，做法见运维手册“备份与恢复”；附件在各服务的 files 目录中。',
  )
}

function summaryOf(manifest: Manifest) {
  const { version, takenAt, files, stores, damagedEvidence } = manifest
  return {
    version,
    takenAt,
    files: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    events: eventsOf(stores),
    stores,
    damagedEvidence,
  }
}

function eventsOf(stores: readonly BackedUpStore[]): number {
  return stores.reduce((sum, { events }) => sum + events, 0)
}

function wordsOf(manifest: Manifest): string {
  const { files, bytes, events } = summaryOf(manifest)
  return `${files} 个文件，${(bytes / 1024 / 1024).toFixed(1)} MB，${events} 条事件`
}
