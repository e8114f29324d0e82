import { testGoldenFixtures } from '../../test/golden-fixtures.ts'
import { schoolEvents } from './events.ts'

testGoldenFixtures('school', schoolEvents, new URL('fixtures/', import.meta.url))
