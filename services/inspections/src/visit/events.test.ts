import { goldenEvents } from '../../test/golden.ts'
import { visitEvents } from './events.ts'

goldenEvents(visitEvents, new URL('./fixtures/', import.meta.url))
