import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { sessionEvents } from './events.ts'

goldenFilesSuite(sessionEvents, new URL('fixtures/', import.meta.url))
