import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { taskEvents } from './events.ts'

goldenFilesSuite(taskEvents, new URL('fixtures/', import.meta.url))
