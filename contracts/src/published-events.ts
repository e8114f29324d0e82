import { inspectionsEvents } from './inspections/inspections-events.ts'
import { officeEvents } from './office/office-events.ts'
import type { PublishedEvent } from './published-event.ts'
import { rectificationEvents } from './rectification/rectification-events.ts'
import { registryEvents } from './supervisor-registry/registry-events.ts'

/** Everything any service publishes, for the generated AsyncAPI document and the contract checks. */
export const publishedEvents: readonly PublishedEvent[] = [
  ...registryEvents,
  ...officeEvents,
  ...inspectionsEvents,
  ...rectificationEvents,
]
