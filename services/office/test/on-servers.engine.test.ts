import { onServers } from '@dulian/service-host/testing'

// The scenarios of this service once more, on KurrentDB, Kafka and MongoDB.
await onServers(async () => {
  await import('./office.test.ts')
  await import('./neighbours.test.ts')
})
