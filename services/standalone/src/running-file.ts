import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** Where the instance on this data folder answers, for the command line beside it. Stale after a crash: whoever reads it tries the address. */
const Running = z.object({ address: z.url(), pid: z.number().int() })
export type Running = z.infer<typeof Running>

/** Replaced in one step: the command line reads it at any moment. */
export function writeRunning(dataFolder: string, running: Running): void {
  const next = `${pathOf(dataFolder)}.next`
  writeFileSync(next, JSON.stringify(running), { mode: 0o600 })
  renameSync(next, pathOf(dataFolder))
}

export function removeRunning(dataFolder: string): void {
  rmSync(pathOf(dataFolder), { force: true })
}

export function readRunning(dataFolder: string): Running | undefined {
  const file = pathOf(dataFolder)
  if (!existsSync(file)) return undefined
  return Running.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data
}

function pathOf(dataFolder: string): string {
  return join(dataFolder, 'running.json')
}
