import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { ProcessReport } from './supervised-process.ts'

const Processes = z.object({
  /** Of the supervisor: `SIGHUP` to it renews the processes one after the other. */
  pid: z.number().int(),
  processes: z.array(
    z.object({
      name: z.string(),
      address: z.string(),
      pid: z.number().int().nullable(),
      state: z.enum(['starting', 'ready', 'not-ready', 'stopping', 'waiting', 'stopped']),
      failures: z.number().int(),
    }),
  ),
})

/** What runs on this data folder, for operators and their scripts. Replaced in one step: it is read at any moment. */
export function writeProcesses(dataFolder: string, pid: number, processes: readonly ProcessReport[]): void {
  const next = `${pathOf(dataFolder)}.next`
  writeFileSync(next, `${JSON.stringify({ pid, processes }, null, 2)}\n`)
  renameSync(next, pathOf(dataFolder))
}

export function readProcesses(dataFolder: string): z.infer<typeof Processes> | undefined {
  const file = pathOf(dataFolder)
  return existsSync(file) ? Processes.parse(JSON.parse(readFileSync(file, 'utf8'))) : undefined
}

export function removeProcesses(dataFolder: string): void {
  rmSync(pathOf(dataFolder), { force: true })
}

function pathOf(dataFolder: string): string {
  return join(dataFolder, 'processes.json')
}
