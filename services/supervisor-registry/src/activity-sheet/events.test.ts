import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { activitySheetEvents } from './events.ts'

goldenFilesSuite(activitySheetEvents, new URL('fixtures/', import.meta.url))
