import { readdirSync } from 'node:fs'
import { join } from 'node:path'

/** What lies in a data folder, as paths from it with forward slashes. */
export interface DataFiles {
  /** SQLite databases of services, views, bus and audit trail. */
  readonly databases: readonly string[]
  /** Evidence, keys, and what is known of the instance. */
  readonly others: readonly string[]
}

/** Of a running process, and of no use to the next one. */
const passing = /^(?:lock\.db|holder\.db|running\.json(?:\.next)?|processes\.json|\.incoming)(?:-wal|-shm|-journal)?$/
const beside = /\.db(?:-wal|-shm|-journal)$/
/** Small pictures beside the evidence they are drawn from; drawn anew when asked for. */
const drawn = /^[0-9a-f]{64}\.small\.jpg$/
/** Whatever was being written aside when the process died. */
const aside = /\.[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

export function dataFilesIn(folder: string): DataFiles {
  const databases: string[] = []
  const others: string[] = []
  const walk = (at: string): void => {
    for (const entry of readdirSync(join(folder, at), { withFileTypes: true })) {
      const path = at === '' ? entry.name : `${at}/${entry.name}`
      if (passing.test(entry.name) || beside.test(entry.name) || aside.test(entry.name)) continue
      if (drawn.test(entry.name)) continue
      if (entry.isDirectory()) walk(path)
      else if (entry.isFile()) (entry.name.endsWith('.db') ? databases : others).push(path)
    }
  }
  walk('')
  return { databases: databases.sort(), others: others.sort() }
}
