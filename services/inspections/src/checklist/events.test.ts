import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { checklistEvents } from './events.ts'

goldenFilesSuite(checklistEvents, new URL('fixtures/', import.meta.url))
