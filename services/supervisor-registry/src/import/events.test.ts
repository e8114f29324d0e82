import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { importEvents } from './events.ts'

goldenFilesSuite(importEvents, new URL('fixtures/', import.meta.url))
