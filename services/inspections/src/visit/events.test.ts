import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { visitEvents } from './events.ts'

goldenFilesSuite(visitEvents, new URL('fixtures/', import.meta.url))
