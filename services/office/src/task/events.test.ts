import { testGoldenFixtures } from '../../test/golden-fixtures.ts'
import { taskEvents } from './events.ts'

testGoldenFixtures('task', taskEvents, new URL('fixtures/', import.meta.url))
