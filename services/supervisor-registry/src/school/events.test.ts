import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { schoolEvents } from './events.ts'

goldenFilesSuite(schoolEvents, new URL('fixtures/', import.meta.url))
