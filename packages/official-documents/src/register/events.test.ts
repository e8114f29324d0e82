import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { documentRegisterEvents } from './events.ts'

goldenFilesSuite(documentRegisterEvents, new URL('fixtures/', import.meta.url))
