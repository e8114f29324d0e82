import { useRead } from '../../app/use-read.ts'

const EVERY = 15_000

/** How each service says it is; asked once for the lines and the list of the 工作台. */
export function useServiceStatus() {
  const registry = useRead('/api/supervisor-registry/system/status', {}, { every: EVERY })
  const office = useRead('/api/office/system/status', {}, { every: EVERY })
  const inspections = useRead('/api/inspections/system/status', {}, { every: EVERY })
  const rectification = useRead('/api/rectification/system/status', {}, { every: EVERY })
  return [
    { service: 'supervisor-registry', query: registry },
    { service: 'office', query: office },
    { service: 'inspections', query: inspections },
    { service: 'rectification', query: rectification },
  ] as const
}
