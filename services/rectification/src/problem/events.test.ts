import { goldenEvents } from '../../test/golden.ts'
import { problemEvents } from './events.ts'

goldenEvents(problemEvents, new URL('./fixtures/', import.meta.url))
