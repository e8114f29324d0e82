import { onServers } from '../src/testing/index.ts'

await onServers(() => import('./inbox-delivery.test.ts'))
