import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { zoneEvents } from './events.ts'

goldenFilesSuite(zoneEvents, new URL('fixtures/', import.meta.url))
