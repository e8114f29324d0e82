import type { Platform } from '@dulian/service-host'
import { certificateRegisterStream } from './certificate-register/certificate-register.ts'
import { InTurn } from './in-turn.ts'
import { postingStream } from './posting/posting.ts'
import { schoolStream } from './school/school.ts'
import { supervisorStream } from './supervisor/supervisor.ts'
import { pastOf } from './views/past.ts'
import { postingsProjection } from './views/postings/projection.ts'
import { schoolsProjection } from './views/schools/projection.ts'
import { supervisorsProjection } from './views/supervisors/projection.ts'
import { zonesProjection } from './views/zones/projection.ts'
import { zoneStream } from './zone/zone.ts'

/** The service's streams and views bound to a platform: what routes and policies take as their argument. */
export function bindRegistry(platform: Platform) {
  return {
    store: platform.store,
    schools: platform.streams(schoolStream),
    zones: platform.streams(zoneStream),
    supervisors: platform.streams(supervisorStream),
    postings: platform.streams(postingStream),
    certificates: platform.streams(certificateRegisterStream),
    schoolsView: platform.view(schoolsProjection),
    zonesView: platform.view(zonesProjection),
    supervisorsView: platform.view(supervisorsProjection),
    postingsView: platform.view(postingsProjection),
    past: pastOf(platform),
    turns: new InTurn(),
  }
}

export type Registry = ReturnType<typeof bindRegistry>
export type Views = Pick<Registry, 'schoolsView' | 'zonesView' | 'supervisorsView' | 'postingsView'>
