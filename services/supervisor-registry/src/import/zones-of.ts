import { awaitHead } from '@dulian/service-host'
import { findAll } from '@dulian/views'
import type { Registry } from '../registry.ts'
import { ZONES, type ZoneDocument } from '../views/zones/projection.ts'

/** The office's zones, name → id. Waits until the view has seen everything stored. */
export async function zonesOf(
  registry: Pick<Registry, 'zonesView' | 'store'>,
  office: string,
  patience: number,
): Promise<ReadonlyMap<string, string>> {
  await awaitHead(registry.zonesView, registry.store, patience)
  const zones = await findAll<ZoneDocument>(registry.zonesView, ZONES, { where: { office }, sort: [['name', 'asc']] })
  return new Map(zones.map(({ name, zoneId }) => [name, zoneId]))
}
