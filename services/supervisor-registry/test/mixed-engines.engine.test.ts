import { onServers } from '@dulian/service-host/testing'

// Engines are chosen port by port: here the events are in a file, messages and views on servers.
await onServers(() => import('./registry.test.ts'), ['kafka', 'mongodb'])
