import { goldenEvents } from '../../test/golden.ts'
import { checklistEvents } from './events.ts'

goldenEvents(checklistEvents, new URL('./fixtures/', import.meta.url))
