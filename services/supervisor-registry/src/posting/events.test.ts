import { testGoldenFixtures } from '../../test/golden-fixtures.ts'
import { postingEvents } from './events.ts'

testGoldenFixtures('posting', postingEvents, new URL('fixtures/', import.meta.url))
