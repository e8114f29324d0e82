import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { selfCheckEvents } from './events.ts'

goldenFilesSuite(selfCheckEvents, new URL('fixtures/', import.meta.url))
