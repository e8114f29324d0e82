import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { OfficeId } from '@dulian/contracts'
import { isPlanFileProblem, type ParsedItem, parsePlan, readPlanFile } from '@dulian/office/plan-parser'
import { type Command, InvalidArgumentError } from 'commander'
import { CommandFailed } from './command-failed.ts'
import type { CommandLine } from './command-line.ts'

export function planCommands(program: Command, line: CommandLine): void {
  const plan = program.command('plan').description('工作要点、实施方案')

  plan
    .command('parse')
    .description('解析一份已印发的计划（.txt 或 .docx），不保存')
    .argument('<file>', '文件')
    .option('--json', '输出一个 JSON 文档')
    .action(async (file: string, options: { json?: boolean }) => {
      const parsed = parsePlan(await textOf(file))
      line
        .terminal(options.json)
        .answer(parsed, () => [parsed.title, ...parsed.items.flatMap((item) => outline(item))].join('\n'))
    })

  plan
    .command('import')
    .description('导入一份计划，供督导室校正后印发')
    .argument('<file>', '文件')
    .requiredOption('--office <office>', '督导室代号，如 qijiang', officeOf)
    .option('--year <year>', '年度', yearOf)
    .option('--json', '输出一个 JSON 文档')
    .action(async (file: string, options: { office: string; year?: number; json?: boolean }) => {
      const text = await textOf(file)
      await line.connected(async (connection) => {
        const { body } = await connection.send(
          'POST',
          '/api/office/plans',
          { office: options.office, role: 'office-staff' },
          { fileName: basename(file), text, ...(options.year === undefined ? {} : { year: options.year }) },
        )
        line.terminal(options.json).answer(body, () => `已导入，计划编号 ${body.id}`)
      })
    })
}

function officeOf(given: string): string {
  if (!OfficeId.safeParse(given).success) throw new InvalidArgumentError('督导室代号是小写字母和数字，如 qijiang。')
  return given
}

function yearOf(given: string): number {
  if (!/^(19|20)\d{2}$/.test(given)) throw new InvalidArgumentError('年度是四位数字，如 2026。')
  return Number(given)
}

async function textOf(file: string): Promise<string> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(file)
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    throw new CommandFailed(`读不到文件 ${file}：${missing ? '文件不存在' : '无法打开'}`)
  }
  const text = readPlanFile(bytes, basename(file))
  if (isPlanFileProblem(text)) throw new CommandFailed(text.detail, text)
  return text
}

function outline(item: ParsedItem, depth = 0): string[] {
  const bodies = item.bodies.length === 0 ? '' : `〔${item.bodies.map(({ name }) => name).join('、')}〕`
  const head = `${'  '.repeat(depth)}${item.marker}${item.heading ?? item.text.slice(0, 40)}${bodies}`
  return [head, ...item.children.flatMap((child) => outline(child, depth + 1))]
}
