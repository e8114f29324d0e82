import { openSqliteBus } from '../index.ts'

/** What the kill test runs in a process of its own: publishes for ever, printing each acknowledged number. */
const bus = openSqliteBus({ file: process.argv[2] ?? '' })
for (let n = Number(process.argv[3]); ; n += 1) {
  await bus.publish('t', [
    {
      id: `${n}`,
      type: 't',
      source: '/test',
      subject: `${n % 5}`,
      time: '2026-05-20T08:00:00Z',
      extensions: {},
      data: { n },
    },
  ])
  process.stdout.write(`${n}\n`)
}
