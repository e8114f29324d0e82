import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { decisionEvents } from './events.ts'

goldenFilesSuite(decisionEvents, new URL('fixtures/', import.meta.url))
