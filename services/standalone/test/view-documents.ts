import { systemClock } from '@dulian/event-sourcing'
import { type Host, openEvents, openViews, rebuildView } from '@dulian/service-host'
import { testEngines } from '@dulian/service-host/testing'
import type { StoredDocument } from '@dulian/views'

/** Every document of every view: `service/view/collection` → the documents by id. */
export type ViewDocuments = Readonly<Record<string, readonly StoredDocument[]>>

export async function documentsOf(host: Host): Promise<ViewDocuments> {
  const found: Record<string, StoredDocument[]> = {}
  for (const { definition, view } of viewsOf(host)) {
    for (const collection of Object.keys(view.projection.space.collections)) {
      const all: StoredDocument[] = []
      for (let cursor: string | undefined; ; ) {
        const page = await view.find(collection, {
          where: {},
          limit: 1_000,
          ...(cursor === undefined ? {} : { cursor }),
        })
        all.push(...page.items)
        cursor = page.nextCursor
        if (cursor === undefined) break
      }
      found[`${definition.name}/${view.name}/${collection}`] = all
    }
  }
  return found
}

/**
 * Builds every view of every service anew from the events beside the running ones, and puts it in the old one's place;
 * what a rebuild's worker does, without a thread for each.
 */
export async function rebuildAll(host: Host, dataFolder: string): Promise<void> {
  const settings = testEngines(dataFolder)
  for (const { definition } of host.services) {
    const store = await openEvents(settings, definition.name, systemClock, true)
    const engine = await openViews(settings, definition.name, systemClock)
    try {
      for (const projection of definition.projections) {
        const options = { store, engine, projection, clock: systemClock, holder: 'rebuild-in-test', resume: false }
        await rebuildView({ ...options, report: () => {} })
      }
    } finally {
      await engine.close()
      await store.close()
    }
  }
}

function viewsOf(host: Host) {
  return host.services.flatMap((service) =>
    service.definition.projections.map(({ space }) => ({
      definition: service.definition,
      view: service.view(space.name),
    })),
  )
}
