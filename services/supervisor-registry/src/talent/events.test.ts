import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { talentEvents } from './events.ts'

goldenFilesSuite(talentEvents, new URL('fixtures/', import.meta.url))
