import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { monthlyDutyEvents } from './events.ts'

goldenFilesSuite(monthlyDutyEvents, new URL('fixtures/', import.meta.url))
