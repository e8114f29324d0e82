import { goldenEvents } from '../../test/golden.ts'
import { documentRegisterEvents } from './events.ts'

goldenEvents(documentRegisterEvents, new URL('./fixtures/', import.meta.url))
