import { defineStream } from '@dulian/event-sourcing'
import { type ImportEvent, importEvents } from './events.ts'
import { evolveImport, type Import, initialImport } from './state.ts'

/** 批量导入: one stream per import, that it began and what it came to. How far it is stands in `ImportJobs`. */
export const importStream = defineStream<Import, ImportEvent>({
  category: 'import',
  events: importEvents,
  initial: initialImport,
  evolve: evolveImport,
})
