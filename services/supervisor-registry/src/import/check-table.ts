import { setImmediate as nextTurn } from 'node:timers/promises'
import type { About, JudgedRow, Table } from './import-kind.ts'

const CHUNK = 500

/** Judges every row against the registry as it is now, storing nothing and leaving the event loop free in between. */
export async function checkTable(table: Table, about: Omit<About, 'planned'>): Promise<readonly JudgedRow[]> {
  const judged: JudgedRow[] = []
  const planned = new Map<string, number>()
  for (let from = 0; from < table.length; from += CHUNK) {
    judged.push(...(await table.judge(from, CHUNK, { ...about, planned })))
    await nextTurn()
  }
  return judged
}
