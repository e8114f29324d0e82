import { testGoldenFixtures } from '../../test/golden-fixtures.ts'
import { certificateRegisterEvents } from './events.ts'

testGoldenFixtures('certificateRegister', certificateRegisterEvents, new URL('fixtures/', import.meta.url))
