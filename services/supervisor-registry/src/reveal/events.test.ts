import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { revealEvents } from './events.ts'

goldenFilesSuite(revealEvents, new URL('fixtures/', import.meta.url))
