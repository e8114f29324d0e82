import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { campaignEvents } from './events.ts'

goldenFilesSuite(campaignEvents, new URL('fixtures/', import.meta.url))
