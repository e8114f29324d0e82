import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { relationEvents } from './events.ts'

goldenFilesSuite(relationEvents, new URL('fixtures/', import.meta.url))
