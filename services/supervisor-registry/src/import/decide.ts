import type { ImportBegan, ImportEvent, RegistryImported } from './events.ts'
import type { Import } from './state.ts'

export function beginImport(command: ImportBegan): ImportEvent[] {
  return [{ type: 'ImportBegan', data: command }]
}

export type EndImport = Pick<RegistryImported, 'created' | 'changed' | 'unchanged' | 'refused' | 'outcome' | 'at'>

/** What it came to, once. */
export function endImport(command: EndImport, state: Import): ImportEvent[] {
  if (state.stage !== 'begun') return []
  const { kind, fileName, fileHash, rows } = state.begun
  return [{ type: 'RegistryImported', data: { kind, fileName, fileHash, rows, ...command } }]
}
