import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { bulletinEvents } from './events.ts'

goldenFilesSuite(bulletinEvents, new URL('fixtures/', import.meta.url))
