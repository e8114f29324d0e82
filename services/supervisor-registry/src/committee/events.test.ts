import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { committeeEvents } from './events.ts'

goldenFilesSuite(committeeEvents, new URL('fixtures/', import.meta.url))
