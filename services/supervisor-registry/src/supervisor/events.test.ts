import { testGoldenFixtures } from '../../test/golden-fixtures.ts'
import { supervisorEvents } from './events.ts'

testGoldenFixtures('supervisor', supervisorEvents, new URL('fixtures/', import.meta.url))
