import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { problemEvents } from './events.ts'

goldenFilesSuite(problemEvents, new URL('fixtures/', import.meta.url))
