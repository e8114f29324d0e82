import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { OfficeId } from '@dulian/contracts'
import { type Command, InvalidArgumentError } from 'commander'
import { CommandFailed } from './command-failed.ts'
import type { CommandLine } from './command-line.ts'

const kinds = ['schools', 'supervisors'] as const
type Kind = (typeof kinds)[number]

interface Options {
  readonly kind: Kind
  readonly office: string
  readonly json?: boolean
}

interface Problem {
  readonly row: number
  readonly column: string | null
  readonly reason: string
  readonly advice: string
}

interface Counts {
  readonly created: number
  readonly changed: number
  readonly unchanged: number
  readonly refused: number
  readonly problems: readonly Problem[]
  readonly moreProblems: number
}

/** Milliseconds between looks at how far an import is. */
const LOOK_EVERY = 300
const registry = '/api/supervisor-registry/imports'

/** `import check` and `import run`: refused rows end with 1, so that a script notices. */
export function importCommands(program: Command, line: CommandLine): void {
  const imports = program.command('import').description('从 Excel 或 CSV 批量导入学校、督学')

  const ofTable = (name: string, description: string): Command =>
    imports
      .command(name)
      .description(description)
      .argument('<file>', '表格（.xlsx 或 .csv）')
      .requiredOption('--kind <kind>', `导入什么：${kinds.join('、')}`, kindOf)
      .requiredOption('--office <office>', '督导室代号，如 qijiang', officeOf)
      .option('--json', '输出一个 JSON 文档')

  ofTable('check', '逐行检查，不保存任何内容').action(async (file: string, options: Options) => {
    const table = await tableOf(file)
    await line.connected(async (connection) => {
      const as = { office: options.office, role: 'office-staff' } as const
      const { body } = await connection.send('POST', `${registry}/${options.kind}/check`, as, table)
      const counts = body as Counts
      line.terminal(options.json).answer(body, () => ['检查完成，没有保存任何内容。', ...wordsOf(counts)].join('\n'))
      requireNoneRefused(counts)
    })
  })

  ofTable('run', '导入；同一份文件再次导入不会重复建立').action(async (file: string, options: Options) => {
    const table = await tableOf(file)
    await line.connected(async (connection) => {
      const as = { office: options.office, role: 'office-staff' } as const
      const { body: started } = await connection.send('POST', `${registry}/${options.kind}`, as, table)
      const terminal = line.terminal(options.json)
      const progress = terminal.progress('导入')
      let job = (await connection.send('GET', `${registry}/jobs/${started.id}`, as)).body
      while (job.state === 'running') {
        const left = job.secondsLeft === null ? '' : `约剩 ${job.secondsLeft} 秒`
        progress.update(job.done, job.total, left)
        await delay(LOOK_EVERY)
        job = (await connection.send('GET', `${registry}/jobs/${started.id}`, as)).body
      }
      progress.update(job.done, job.total)
      progress.end()
      const counts = job as Counts
      // How far an interrupted one came went with the process: its zeros would be taken for counts.
      const words = job.state === 'interrupted' ? [] : wordsOf(counts)
      terminal.answer(job, () => [endings[job.state as keyof typeof endings], ...words].join('\n'))
      if (job.state !== 'finished') throw new CommandFailed(endings[job.state as keyof typeof endings])
      requireNoneRefused(counts)
    })
  })
}

const endings = {
  finished: '导入完成。',
  cancelled: '导入已停止，已保存的保留；再次导入同一份文件即可补上其余的行。',
  failed: '导入没有完成：存储暂时不可用。已保存的保留；排除故障后再次导入同一份文件即可。',
  interrupted: '导入中断：服务曾经停止。已保存的保留；再次导入同一份文件即可补上其余的行。',
}

function wordsOf({ created, changed, unchanged, refused, problems, moreProblems }: Counts): string[] {
  return [
    `新建 ${created} 行，更正 ${changed} 行，没有变化 ${unchanged} 行，有问题 ${refused} 行。`,
    ...problems.map(
      ({ row, column, reason, advice }) => `第 ${row} 行${column === null ? '' : `“${column}”`}：${reason}。${advice}`,
    ),
    ...(moreProblems === 0 ? [] : [`另有 ${moreProblems} 处问题没有列出。`]),
  ]
}

function requireNoneRefused({ refused }: Counts): void {
  if (refused > 0) throw new CommandFailed(`有 ${refused} 行没有通过，请按上面的说明改正后重新导入。`)
}

async function tableOf(file: string): Promise<{ readonly fileName: string; readonly content: string }> {
  try {
    return { fileName: basename(file), content: (await readFile(file)).toString('base64') }
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    throw new CommandFailed(`读不到文件 ${file}：${missing ? '文件不存在' : '无法打开'}`)
  }
}

function kindOf(given: string): Kind {
  const kind = kinds.find((one) => one === given)
  if (kind === undefined) throw new InvalidArgumentError(`可以导入的有：${kinds.join('、')}。`)
  return kind
}

function officeOf(given: string): string {
  if (!OfficeId.safeParse(given).success) throw new InvalidArgumentError('督导室代号是小写字母和数字，如 qijiang。')
  return given
}
