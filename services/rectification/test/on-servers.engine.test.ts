import { onServers } from '@dulian/service-host/testing'

// The scenarios of this service once more, on KurrentDB, Kafka and MongoDB.
await onServers(async () => {
  await import('./loop.test.ts')
  await import('./deadlines.test.ts')
  await import('./board.test.ts')
  await import('./cut-off.test.ts')
})
