import type { Platform } from '@dulian/service-host'
import { accountStream } from './account/account.ts'
import { certificateRegisterStream } from './certificate-register/certificate-register.ts'
import { InTurn } from './in-turn.ts'
import { postingStream } from './posting/posting.ts'
import { schoolStream } from './school/school.ts'
import { sessionStream } from './session/session.ts'
import { supervisorStream } from './supervisor/supervisor.ts'
import { accountsProjection } from './views/accounts/projection.ts'
import { postingsProjection } from './views/postings/projection.ts'
import { schoolsProjection } from './views/schools/projection.ts'
import { sessionsProjection } from './views/sessions/projection.ts'
import { supervisorsProjection } from './views/supervisors/projection.ts'
import { zonesProjection } from './views/zones/projection.ts'
import { zoneStream } from './zone/zone.ts'

/** The service's streams and views bound to a platform: what routes and policies take as their argument. */
export function bindRegistry(platform: Platform) {
  return {
    store: platform.store,
    clock: platform.clock,
    schools: platform.streams(schoolStream),
    zones: platform.streams(zoneStream),
    supervisors: platform.streams(supervisorStream),
    postings: platform.streams(postingStream),
    accounts: platform.streams(accountStream),
    sessions: platform.streams(sessionStream),
    certificates: platform.streams(certificateRegisterStream),
    schoolsView: platform.view(schoolsProjection),
    zonesView: platform.view(zonesProjection),
    supervisorsView: platform.view(supervisorsProjection),
    postingsView: platform.view(postingsProjection),
    accountsView: platform.view(accountsProjection),
    sessionsView: platform.view(sessionsProjection),
    turns: new InTurn(),
  }
}

export type Registry = ReturnType<typeof bindRegistry>
export type Views = Pick<Registry, 'schoolsView' | 'zonesView' | 'supervisorsView' | 'postingsView'>
