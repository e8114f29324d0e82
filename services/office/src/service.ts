import { fileRoutes } from '@dulian/files'
import type { ServiceDefinition } from '@dulian/service-host'
import { consumes } from './integration/consume.ts'
import { publishes } from './integration/publish.ts'
import { bindOffice } from './office.ts'
import { planRoutes } from './plan/routes.ts'
import { assignTasksWhenPlanAdopted } from './policies/assign-tasks-when-plan-adopted.ts'
import { projections } from './projections.ts'
import { taskRoutes } from './task/routes.ts'
import { differenceRoutes } from './views/difference-routes.ts'
import { fileOwners } from './views/file-owners/projection.ts'
import { visibleFile } from './views/file-owners/visible-file.ts'
import { planViewRoutes } from './views/plans/routes.ts'
import { taskViewRoutes } from './views/tasks/routes.ts'

/** 督导室办公: annual plans and the tasks they are divided into. */
export const officeService: ServiceDefinition = {
  name: 'office',
  title: '督导室办公',
  projections,
  projectionsModule: import.meta.resolve('./projections.ts'),
  publishes,
  consumes,
  build(platform) {
    const office = bindOffice(platform)
    return {
      async routes(app) {
        await planRoutes(app, office)
        taskRoutes(app, office)
        planViewRoutes(app, office)
        taskViewRoutes(app, office)
        differenceRoutes(app, office)
        await fileRoutes(app, {
          files: platform.files,
          permissionToRead: 'plan.read',
          permissionToWrite: ['task.report', 'plan.manage'],
          isVisible: visibleFile(platform.view(fileOwners), office.tasksView),
          tags: ['文件'],
        })
      },
      policies: [assignTasksWhenPlanAdopted(office)],
    }
  },
}
