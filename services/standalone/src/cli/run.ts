import { isDomainError } from '@dulian/event-sourcing'
import { Command, CommanderError } from 'commander'
import { readConfig } from '../config.ts'
import { startFailure } from '../start-failure.ts'
import { accountCommands } from './account-commands.ts'
import { auditCommands } from './audit-commands.ts'
import { backupCommands } from './backup-commands.ts'
import { CommandFailed } from './command-failed.ts'
import type { CommandLine } from './command-line.ts'
import { connect } from './connection.ts'
import { demoCommands } from './demo-commands.ts'
import { doctorCommand } from './doctor-command.ts'
import { importCommands } from './import-commands.ts'
import { migrateCommand } from './migrate-command.ts'
import { planCommands } from './plan-commands.ts'
import { serveCommands } from './serve-command.ts'
import { systemCommands } from './system-commands.ts'
import { terminal } from './terminal.ts'

const DONE = 0
const FAILED = 1
const WRONG_USAGE = 2

let answered = false

const line: CommandLine = {
  pid: process.pid,
  nodeVersion: process.versions.node,
  node: process.execPath,
  environment: process.env,
  log: { info: () => {}, warn: () => {}, error: (_, message) => void process.stderr.write(`${message}\n`) },
  config: () => readConfig(process.env, process.cwd()),
  onSignal: (signal, listener) => void process.on(signal, listener),
  onExit: (listener) => void process.on('exit', listener),
  terminal(json) {
    const opened = terminal(json === true, process)
    return {
      ...opened,
      answer(document, words) {
        answered = true
        opened.answer(document, words)
      },
    }
  },
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
importCommands(program, line)
demoCommands(program, line)
systemCommands(program, line)
accountCommands(program, line)
auditCommands(program, line)
backupCommands(program, line)
serveCommands(program, line)
doctorCommand(program, line)
migrateCommand(program, line)

async function run(): Promise<number> {
  try {
    await program.parseAsync()
    return DONE
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : WRONG_USAGE
    const words = error instanceof CommandFailed ? error.message : startFailure(error)
    process.stderr.write(`${words}\n`)
    // Whoever asked for a document gets one, of the refusal when there is nothing else to tell.
    if (process.argv.includes('--json') && !answered) line.terminal(true).answer(problemOf(error, words), () => '')
    return FAILED
  }
}

function problemOf(error: unknown, detail: string): unknown {
  if (error instanceof CommandFailed) return error.problem ?? { detail }
  return isDomainError(error) ? { code: error.code, title: error.title, detail: error.detail } : { detail }
}

process.exitCode = await run()
