import { inspectionsService } from '@dulian/inspections'
import { officeService } from '@dulian/office'
import { rectificationService } from '@dulian/rectification'
import type { ServiceDefinition } from '@dulian/service-host'
import { registryService } from '@dulian/supervisor-registry'

/** Everything that runs in the all-in-one. The order is that of the menu, nothing depends on it. */
export const services: readonly ServiceDefinition[] = [
  registryService,
  officeService,
  inspectionsService,
  rectificationService,
]
