import { argv, stdout } from 'node:process'
import { openSqliteEvents } from '@dulian/event-store-sqlite'
import { openSqliteViews } from '@dulian/views-sqlite'
import { migrate } from '../src/index.ts'
import { policy, publisher } from './small-instance.ts'

// Migrates one event file to another, to be killed at it: `node migrating-process.ts <source folder> <target folder>`.

function placeOf(folder: string | undefined) {
  return {
    events: openSqliteEvents({ file: `${folder}/events.db` }),
    views: openSqliteViews({ folder: `${folder}/views` }),
    files: `${folder}/files`,
  }
}

const [source, target] = [placeOf(argv[2]), placeOf(argv[3])]
const report = await migrate({
  services: [
    {
      name: 'doors',
      source,
      target,
      views: [],
      followers: [policy, publisher],
      publisher: publisher.name,
      publishes: { types: [], messagesOf: () => [] },
      inbox: 'inbox',
      consumes: [],
    },
  ],
  messages: 'refuse',
  sharedViews: { source: false, target: false },
  verifyOnly: false,
  progress: ({ phase, done }) => void stdout.write(`${phase} ${done}\n`),
})
stdout.write(`${JSON.stringify(report)}\n`)
for (const { events, views } of [source, target]) {
  await events.close()
  await views.close()
}
