import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** What the instance knows of itself beside its services' data. */
export const InstanceFile = z.object({
  /** `seeding` that is found at the start was cut short: the data is dropped and seeded afresh. */
  demo: z.enum(['none', 'seeding', 'seeded', 'cleared']),
  cards: z.array(
    z.object({
      card: z.string(),
      office: z.string(),
      officeName: z.string(),
      roles: z.array(z.string()),
      name: z.string(),
      zone: z.string().optional(),
      school: z.string().optional(),
      body: z.string().optional(),
      supervisor: z.string().optional(),
    }),
  ),
})
export type InstanceFile = z.infer<typeof InstanceFile>

const empty: InstanceFile = { demo: 'none', cards: [] }

export function readInstanceFile(dataFolder: string): InstanceFile {
  const file = pathOf(dataFolder)
  return existsSync(file) ? InstanceFile.parse(JSON.parse(readFileSync(file, 'utf8'))) : empty
}

/** Replaced in one step, so that a crash leaves the old or the new one. */
export function writeInstanceFile(dataFolder: string, content: InstanceFile): void {
  mkdirSync(dataFolder, { recursive: true })
  const next = `${pathOf(dataFolder)}.next`
  writeFileSync(next, `${JSON.stringify(content, null, 2)}\n`, { flush: true })
  renameSync(next, pathOf(dataFolder))
}

function pathOf(dataFolder: string): string {
  return join(dataFolder, 'instance.json')
}
