import { onServers } from '@dulian/service-host/testing'

// The whole thread, from a published plan to a cancelled problem, once more on KurrentDB, Kafka and MongoDB.
await onServers(() => import('./thread.test.ts'))
