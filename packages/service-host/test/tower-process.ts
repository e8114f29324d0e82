import { openCalendar } from '@dulian/calendar'
import { systemClock } from '@dulian/event-sourcing'
import { openFolderFileStore } from '@dulian/files'
import { testVerifier } from '@dulian/http-kit/testing'
import { buildDoor, Host } from '../src/index.ts'
import { access, tower, village } from './bell-services.ts'

/** A process to be killed: tower and village on the folder given, listening on a port of its choice, which it prints. */
const host = await Host.open({
  services: [tower, village],
  engines: { dataFolder: process.argv[2] ?? '', events: 'sqlite', bus: 'sqlite', views: 'sqlite' },
  clock: systemClock,
  calendar: openCalendar(),
  log: { info() {}, warn() {}, error() {} },
  openFiles: (folder) => openFolderFileStore({ folder }),
  pid: process.pid,
})
const app = await buildDoor({
  host,
  clock: systemClock,
  name: 'tower',
  title: 'tower',
  verifier: testVerifier(),
  access,
  systemPermissions: { read: 'system.read', operate: 'system.operate' },
  engines: {},
  limits: { perMinute: false },
})
await app.listen({ host: '127.0.0.1', port: 0 })
await host.start()
const address = app.server.address()
process.stdout.write(`${typeof address === 'object' ? address?.port : address}\n`)
