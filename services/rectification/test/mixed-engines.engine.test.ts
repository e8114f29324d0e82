import { onServers } from '@dulian/service-host/testing'

// Engines are chosen port by port: here the events are on a server and everything else in files.
await onServers(() => import('./loop.test.ts'), ['kurrentdb'])
