import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type AuditFact, verifyAudit } from '@dulian/audit'
import { systemClock } from '@dulian/event-sourcing'
import { AUDIT_STORE, isEmbedded, openAudit, openEvents, serviceFolder } from '@dulian/service-host'
import type { Command } from 'commander'
import { z } from 'zod'
import { type Config, engineSettings } from '../config.ts'
import { CommandFailed } from './command-failed.ts'
import type { CommandLine } from './command-line.ts'

/** The part of an earlier answer that shows later whether the end of a chain was cut off. */
const Noted = z.object({
  chains: z.array(z.object({ office: z.string(), entries: z.number().int(), hash: z.string() })),
})

/** Whoever may use the command line on the data folder acts for the instance, not for any of its offices. */
const commandLine = { subject: 'local-command-line', name: '本机命令行', office: 'local', roles: ['operator'] }

export function auditCommands(program: Command, line: CommandLine): void {
  program
    .command('audit')
    .description('审计记录')
    .command('verify')
    .description('逐条核对审计链：每条都没有被改动、没有缺少。实例运行时也可以核对')
    .option('--noted <file>', '此前用 --json 保存的核对结果：据此还能发现末尾被截去或整条链被改写')
    .option('--json', '输出一个 JSON 文档')
    .action(async (options: { noted?: string; json?: boolean }) => {
      const engines = engineSettings(line.config())
      const noted = options.noted === undefined ? [] : notedIn(options.noted)
      if (isEmbedded(engines, 'events') && !existsSync(join(serviceFolder(engines, AUDIT_STORE), 'events.db'))) {
        if (noted.length > 0) throw new CommandFailed('审计库不存在，而此前记下过它的内容。')
        line.terminal(options.json).answer({ intact: true, entries: 0, chains: [] }, () => '还没有审计记录。')
        return
      }
      const store = await openEvents(engines, AUDIT_STORE, systemClock, true)
      try {
        const verified = await verifyAudit(store, noted)
        const { broken } = verified
        line
          .terminal(options.json)
          .answer(verified, () =>
            [
              ...verified.chains.map(
                ({ office, entries, hash, lastAt }) => `${office}\t${entries} 条\t最后一条 ${lastAt}\t校验值 ${hash}`,
              ),
              broken === undefined
                ? `共 ${verified.entries} 条，链条完整。`
                : `督导室 ${broken.office} 的第 ${broken.sequence} 条（${broken.stream}，位置 ${broken.position}）有误：${broken.reason}`,
            ].join('\n'),
          )
        if (broken !== undefined) throw new CommandFailed('审计链不完整。请保留现状，不要再写入，并从备份核对。')
      } finally {
        await store.close()
      }
    })
}

function notedIn(file: string): z.infer<typeof Noted>['chains'] {
  if (!existsSync(file)) throw new CommandFailed(`没有文件 ${file}。`)
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    content = undefined
  }
  const read = Noted.safeParse(content)
  if (!read.success) throw new CommandFailed(`${file} 不是此前用 dulian audit verify --json 保存的结果。`)
  return read.data.chains
}

/** What the command line itself did, beside a running instance or without one. */
export async function putOnRecord(config: Config, fact: Omit<AuditFact, 'by' | 'action'>): Promise<void> {
  const trail = await openAudit(engineSettings(config), systemClock)
  try {
    await trail.record({ action: 'operated', by: commandLine, ...fact })
  } finally {
    await trail.close()
  }
}
