import { accessSync, constants, existsSync, mkdirSync, statfsSync } from 'node:fs'
import { chinaDate, openCalendar } from '@dulian/calendar'
import type { Command } from 'commander'
import { engineSettings } from '../config.ts'
import { webRoot } from '../web-root.ts'
import { CommandFailed } from './command-failed.ts'
import type { CommandLine } from './command-line.ts'
import { examineEngines } from './examine-engines.ts'
import type { Finding } from './finding.ts'
import { runningAddress } from './running-address.ts'

const LEAST_FREE_BYTES = 1024 ** 3

export function doctorCommand(program: Command, line: CommandLine): void {
  program
    .command('doctor')
    .description('检查运行环境、数据目录、磁盘、日历与运行中的实例')
    .option('--json', '输出一个 JSON 文档')
    .action(async (options: { json?: boolean }) => {
      const findings = await examine(line)
      const marks = { ok: '✓', warning: '!', failed: '✗' }
      line
        .terminal(options.json)
        .answer(findings, () =>
          findings.map(({ check, state, detail }) => `${marks[state]} ${check}：${detail}`).join('\n'),
        )
      if (findings.some(({ state }) => state === 'failed')) throw new CommandFailed('有检查未通过')
    })
}

async function examine(line: CommandLine): Promise<readonly Finding[]> {
  const config = line.config()
  const findings: Finding[] = []
  const major = Number(line.nodeVersion.split('.')[0])
  findings.push({ check: '运行时', state: major >= 24 ? 'ok' : 'failed', detail: `Node ${line.nodeVersion}` })
  try {
    mkdirSync(config.dataFolder, { recursive: true })
    accessSync(config.dataFolder, constants.W_OK)
    findings.push({ check: '数据目录', state: 'ok', detail: `${config.dataFolder} 可写` })
    const { bavail, bsize } = statfsSync(config.dataFolder)
    const free = bavail * bsize
    findings.push({
      check: '磁盘',
      state: free < LEAST_FREE_BYTES ? 'warning' : 'ok',
      detail: `剩余 ${(free / 1024 ** 3).toFixed(1)} GB`,
    })
  } catch {
    findings.push({ check: '数据目录', state: 'failed', detail: `${config.dataFolder} 不可写` })
  }
  findings.push(...(await examineEngines(engineSettings(config))))
  const year = Number(chinaDate(Date.now()).slice(0, 4))
  const calendar = openCalendar()
  for (const each of [year, year + 1]) {
    const covered = calendar.covers(each)
    findings.push({
      check: `${each} 年工作日历`,
      state: covered ? 'ok' : 'warning',
      detail: covered ? '含法定节假日与调休' : '法定节假日尚未公布，仅按周末计算',
    })
  }
  findings.push({
    check: '网页',
    state: existsSync(webRoot) ? 'ok' : 'warning',
    detail: existsSync(webRoot) ? '已构建' : '尚未构建，运行 npm start 会自动构建',
  })
  const address = await runningAddress(config)
  if (address === undefined) findings.push({ check: '实例', state: 'ok', detail: '未在运行' })
  else {
    const response = await fetch(new URL('/health/ready', address))
    findings.push({
      check: '实例',
      state: response.ok ? 'ok' : 'warning',
      detail: `${address} ${response.ok ? '就绪' : '视图落后，尚未就绪'}`,
    })
  }
  return findings
}
