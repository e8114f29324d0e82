import type { Platform } from '@dulian/service-host'
import { accountStream } from './account/account.ts'
import { activitySheetStream } from './activity-sheet/activity-sheet.ts'
import { certificateRegisterStream } from './certificate-register/certificate-register.ts'
import { committeeStream } from './committee/committee.ts'
import { importStream } from './import/import.ts'
import { InTurn } from './in-turn.ts'
import { postingStream } from './posting/posting.ts'
import { relationStream } from './relation/relation.ts'
import { revealStream } from './reveal/reveal.ts'
import { schoolStream } from './school/school.ts'
import { sessionStream } from './session/session.ts'
import { supervisorStream } from './supervisor/supervisor.ts'
import { talentStream } from './talent/talent.ts'
import { accountsProjection } from './views/accounts/projection.ts'
import { activitiesProjection } from './views/activities/projection.ts'
import { certificatesProjection } from './views/certificates/projection.ts'
import { committeeProjection } from './views/committee/projection.ts'
import { importsProjection } from './views/imports/projection.ts'
import { pastOf } from './views/past.ts'
import { postingsProjection } from './views/postings/projection.ts'
import { relationsProjection } from './views/relations/projection.ts'
import { schoolsProjection } from './views/schools/projection.ts'
import { sessionsProjection } from './views/sessions/projection.ts'
import { supervisorsProjection } from './views/supervisors/projection.ts'
import { talentsProjection } from './views/talents/projection.ts'
import { zonesProjection } from './views/zones/projection.ts'
import { zoneStream } from './zone/zone.ts'

/** The service's streams and views bound to a platform: what routes and policies take as their argument. */
export function bindRegistry(platform: Platform) {
  return {
    store: platform.store,
    clock: platform.clock,
    audit: platform.audit,
    schools: platform.streams(schoolStream),
    zones: platform.streams(zoneStream),
    supervisors: platform.streams(supervisorStream),
    postings: platform.streams(postingStream),
    committee: platform.streams(committeeStream),
    activitySheets: platform.streams(activitySheetStream),
    talents: platform.streams(talentStream),
    reveals: platform.streams(revealStream),
    imports: platform.streams(importStream),
    relations: platform.streams(relationStream),
    accounts: platform.streams(accountStream),
    sessions: platform.streams(sessionStream),
    certificates: platform.streams(certificateRegisterStream),
    schoolsView: platform.view(schoolsProjection),
    zonesView: platform.view(zonesProjection),
    supervisorsView: platform.view(supervisorsProjection),
    postingsView: platform.view(postingsProjection),
    certificatesView: platform.view(certificatesProjection),
    committeeView: platform.view(committeeProjection),
    activitiesView: platform.view(activitiesProjection),
    talentsView: platform.view(talentsProjection),
    importsView: platform.view(importsProjection),
    relationsView: platform.view(relationsProjection),
    past: pastOf(platform),
    accountsView: platform.view(accountsProjection),
    sessionsView: platform.view(sessionsProjection),
    turns: new InTurn(),
  }
}

export type Registry = ReturnType<typeof bindRegistry>
export type Views = Pick<Registry, 'schoolsView' | 'zonesView' | 'supervisorsView' | 'postingsView' | 'relationsView'>
