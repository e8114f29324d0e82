import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { auditEvents } from './audit-entry.ts'

goldenFilesSuite(auditEvents, new URL('fixtures/', import.meta.url))
