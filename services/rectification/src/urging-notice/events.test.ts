import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { urgingNoticeEvents } from './events.ts'

goldenFilesSuite(urgingNoticeEvents, new URL('fixtures/', import.meta.url))
