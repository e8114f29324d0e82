import { parseArgs } from 'node:util'

import { startKurrentTestServer } from './start-server.ts'

const { values } = parseArgs({
  options: { port: { type: 'string' }, file: { type: 'string' }, 'maximum-append-size': { type: 'string' } },
})
const server = await startKurrentTestServer({
  ...(values.port !== undefined && { port: Number(values.port) }),
  ...(values.file !== undefined && { file: values.file }),
  ...(values['maximum-append-size'] !== undefined && { maximumAppendSize: Number(values['maximum-append-size']) }),
})
process.once('SIGTERM', () => void server.stop())
process.once('SIGINT', () => void server.stop())
process.stdout.write(`${server.address}\n`)
