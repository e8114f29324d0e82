import { goldenEvents } from '../../test/golden.ts'
import { decisionEvents } from './events.ts'

goldenEvents(decisionEvents, new URL('./fixtures/', import.meta.url))
