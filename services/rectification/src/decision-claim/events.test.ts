import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { decisionClaimEvents } from './events.ts'

goldenFilesSuite(decisionClaimEvents, new URL('fixtures/', import.meta.url))
