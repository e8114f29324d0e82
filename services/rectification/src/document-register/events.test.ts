import { goldenFilesSuite } from '@dulian/event-sourcing/testing'
import { documentRegisterEvents } from '@dulian/official-documents'

goldenFilesSuite(documentRegisterEvents, new URL('fixtures/', import.meta.url))
