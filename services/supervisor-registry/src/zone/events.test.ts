import { testGoldenFixtures } from '../../test/golden-fixtures.ts'
import { zoneEvents } from './events.ts'

testGoldenFixtures('zone', zoneEvents, new URL('fixtures/', import.meta.url))
