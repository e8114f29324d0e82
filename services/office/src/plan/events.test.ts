import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { planEvents } from './events.ts'

goldenFilesSuite(planEvents, new URL('fixtures/', import.meta.url))
