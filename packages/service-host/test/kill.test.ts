import { test } from 'node:test'
import { killRounds } from './kill-rounds.ts'

test('killed 20 times under load, a host loses no acknowledged event, doubles none, and its views equal a rebuild', () =>
  killRounds(20))
