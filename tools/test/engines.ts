import { startTestServers } from './test-servers.ts'

// `npm run engines`: starts what the engine tests would run on, says what each of them is, and ends it again.
const servers = await startTestServers(process.env)
for (const line of servers.lines) console.log(line)
await servers.stop()
