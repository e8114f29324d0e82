import { testGoldenFixtures } from '../../test/golden-fixtures.ts'
import { planEvents } from './events.ts'

testGoldenFixtures('plan', planEvents, new URL('fixtures/', import.meta.url))
