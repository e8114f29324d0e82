import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { accountEvents } from './events.ts'

goldenFilesSuite(accountEvents, new URL('fixtures/', import.meta.url))
