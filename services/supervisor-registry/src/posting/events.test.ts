import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { postingEvents } from './events.ts'

goldenFilesSuite(postingEvents, new URL('fixtures/', import.meta.url))
