import { test } from 'node:test'
import { killRounds } from './kill-rounds.ts'

test('a process killed 200 times under load loses no acknowledged event and doubles none', async () => {
  await killRounds(200)
})
