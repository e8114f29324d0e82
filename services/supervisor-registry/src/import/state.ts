import type { ImportBegan, ImportEvent, RegistryImported } from './events.ts'

export type Import =
  | { readonly stage: 'unknown' }
  | { readonly stage: 'begun'; readonly begun: ImportBegan }
  | { readonly stage: 'ended'; readonly begun: ImportBegan; readonly ended: RegistryImported }

export const initialImport: Import = { stage: 'unknown' }

export function evolveImport(state: Import, event: ImportEvent): Import {
  switch (event.type) {
    case 'ImportBegan':
      return { stage: 'begun', begun: event.data }
    case 'RegistryImported':
      return state.stage === 'unknown' ? state : { stage: 'ended', begun: state.begun, ended: event.data }
    default:
      event satisfies never
      return state
  }
}
