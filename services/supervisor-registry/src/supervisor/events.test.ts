import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { supervisorEvents } from './events.ts'

goldenFilesSuite(supervisorEvents, new URL('fixtures/', import.meta.url))
