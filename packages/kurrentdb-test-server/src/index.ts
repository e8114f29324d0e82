export type { KurrentFaults } from './faults.ts'
export { type KurrentTestServer, type KurrentTestServerOptions, startKurrentTestServer } from './start-server.ts'
