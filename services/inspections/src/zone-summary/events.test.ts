import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { zoneSummaryEvents } from './events.ts'

goldenFilesSuite(zoneSummaryEvents, new URL('fixtures/', import.meta.url))
