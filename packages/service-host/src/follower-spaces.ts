import { openCalendar } from '@dulian/calendar'
import { bindStreams, type Policy, systemClock } from '@dulian/event-sourcing'
import type { SpaceDefinition } from '@dulian/views'
import type { Platform, ServiceDefinition, ViewReader } from './service-definition.ts'

/** What a policy has done: how far it is, and what it set aside. No documents. */
export function policySpace(policy: Policy): SpaceDefinition {
  return withoutDocuments(`policy-${policy.name}`)
}

/** The same of the publisher. */
export const publisherSpace: SpaceDefinition = withoutDocuments('publisher')

/** All of a service's subscriptions that keep no documents; for who handles its data without running it. */
export function followerSpaces(definition: ServiceDefinition): readonly SpaceDefinition[] {
  const policies = definition.build(inertPlatform).policies ?? []
  const publishes = definition.publishes.some(({ types }) => types.length > 0)
  return [...policies.map(policySpace), ...(publishes ? [publisherSpace] : [])]
}

function withoutDocuments(name: string): SpaceDefinition {
  return { name, revision: 1, collections: {} }
}

async function refuse(): Promise<never> {
  throw new TypeError('the service is not running')
}

const store: Platform['store'] = {
  append: refuse,
  readStream: refuse,
  readAll: refuse,
  head: refuse,
  onAppended: () => () => {},
  close: async () => {},
}

const unread: Omit<ViewReader, 'name'> = {
  position: () => '0',
  asOf: () => '',
  lag: refuse,
  waitFor: refuse,
  get: refuse,
  getMany: refuse,
  find: refuse,
  count: refuse,
  group: refuse,
}

/** Enough to build a service on, to learn what it consists of. */
const inertPlatform: Platform = {
  store,
  clock: systemClock,
  calendar: openCalendar(),
  files: { put: refuse, open: refuse, openSmall: refuse, find: refuse, isFrom: refuse },
  audit: { record: refuse },
  streams: (definition) => bindStreams(store, definition),
  view: ({ space }) => ({ name: space.name, ...unread }),
}
