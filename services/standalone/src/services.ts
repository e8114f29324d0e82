import { inspectionsService } from '@dulian/inspections'
import { officeService } from '@dulian/office'
import { rectificationService } from '@dulian/rectification'
import type { ServiceDefinition } from '@dulian/service-host'
import { registryService } from '@dulian/supervisor-registry'
import { type ServiceName, serviceNames } from './service-names.ts'

const definitions: Readonly<Record<ServiceName, ServiceDefinition>> = {
  'supervisor-registry': registryService,
  office: officeService,
  inspections: inspectionsService,
  rectification: rectificationService,
}

/** Everything that runs in the all-in-one. */
export const services: readonly ServiceDefinition[] = serviceNames.map((name) => definitions[name])
