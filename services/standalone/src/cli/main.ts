import { isDomainError } from '@dulian/event-sourcing'
import { Command, CommanderError } from 'commander'
import { z } from 'zod'
import { readConfig } from '../config.ts'
import { CommandFailed } from './command-failed.ts'
import type { CommandLine } from './command-line.ts'
import { connect } from './connection.ts'
import { demoCommands } from './demo-commands.ts'
import { doctorCommand } from './doctor-command.ts'
import { planCommands } from './plan-commands.ts'
import { systemCommands } from './system-commands.ts'
import { terminal } from './terminal.ts'

const DONE = 0
const FAILED = 1
const WRONG_USAGE = 2

const line: CommandLine = {
  pid: process.pid,
  nodeVersion: process.versions.node,
  log: { info: () => {}, warn: () => {}, error: (_, message) => void process.stderr.write(`${message}\n`) },
  config: () => readConfig(process.env, process.cwd()),
  terminal: (json) => terminal(json === true, process),
  async connected(work) {
    const connection = await connect(line.config(), process.pid)
    try {
      await work(connection)
    } finally {
      await connection.close()
    }
  },
}

const program = new Command('dulian')
  .description('督联命令行')
  .exitOverride()
  .configureOutput({
    writeOut: (text) => void process.stderr.write(text),
    writeErr: (text) => void process.stderr.write(text),
  })
planCommands(program, line)
demoCommands(program, line)
systemCommands(program, line)
doctorCommand(program, line)

async function run(): Promise<number> {
  try {
    await program.parseAsync()
    return DONE
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : WRONG_USAGE
    if (error instanceof CommandFailed) process.stderr.write(`${error.message}\n`)
    else if (isDomainError(error)) process.stderr.write(`${error.title}。${error.detail}\n`)
    else if (error instanceof z.ZodError)
      process.stderr.write(
        `${error.issues.map(({ path, message }) => `设置 ${path.join('.')} 无效：${message}`).join('\n')}\n`,
      )
    else process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    return FAILED
  }
}

process.exitCode = await run()
