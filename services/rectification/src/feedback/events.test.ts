import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { feedbackEvents } from './events.ts'

goldenFilesSuite(feedbackEvents, new URL('fixtures/', import.meta.url))
