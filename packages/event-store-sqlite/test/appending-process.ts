import { openSync, writeSync } from 'node:fs'
import { deterministicId } from '@dulian/event-sourcing'
import { openSqliteEvents } from '../src/index.ts'

// Run as a process of its own: `appending-process.ts <event file> <file of acknowledgements> <round>`. Appends from many
// callers until it is killed, and writes down each acknowledgement the moment it has it.

const CALLERS = 32
const EVENTS_PER_STREAM = 12
const [eventFile = '', acknowledgements = '', round = ''] = process.argv.slice(2)

const events = openSqliteEvents({ file: eventFile })
const written = openSync(acknowledgements, 'a')

async function call(caller: number): Promise<never> {
  for (let life = 1; ; life += 1) {
    const stream = `kill-demo-${round}.${caller}.${life}`
    for (let version = 0; version < EVENTS_PER_STREAM; ) {
      const count = 1 + ((caller + version) % 3)
      const batch = Array.from({ length: count }, (_, index) => ({
        id: deterministicId(stream, String(version + index + 1)),
        type: `step-${index + 1}.v1`,
        data: { caller, note: '督导'.repeat(1 + ((caller * 7 + version) % 200)) },
      }))
      const appended = await events.append(stream, batch, {
        expected: version,
        meta: { correlationId: stream, actor: 'tester', office: 'demo' },
      })
      version = appended.version
      writeSync(written, `${stream} ${version} ${appended.position}\n`)
    }
  }
}

await Promise.all(Array.from({ length: CALLERS }, (_, caller) => call(caller)))
