import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { certificateRegisterEvents } from './events.ts'

goldenFilesSuite(certificateRegisterEvents, new URL('fixtures/', import.meta.url))
