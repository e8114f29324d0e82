import { goldenEvents } from '../../test/golden.ts'
import { urgingNoticeEvents } from './events.ts'

goldenEvents(urgingNoticeEvents, new URL('./fixtures/', import.meta.url))
