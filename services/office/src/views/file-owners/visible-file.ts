import { ownersOf } from '@dulian/files'
import { type DataScope, inScope } from '@dulian/http-kit'
import type { ViewReader } from '@dulian/service-host'
import { TASKS, type TaskDocument } from '../tasks/projection.ts'

/** A piece of evidence is seen by whoever may see a task that names it: another member body does not. */
export function visibleFile(owners: ViewReader, tasks: ViewReader) {
  return async (scope: DataScope, hash: string): Promise<boolean> => {
    for (const { category, id } of await ownersOf(owners, scope.office, hash)) {
      const task = category === 'task' ? (await tasks.get<TaskDocument>(TASKS, id))?.document : undefined
      if (task === undefined) continue
      const bodies = task.bodies.map(({ name }) => name)
      if (inScope(scope, { office: task.office, bodies })) return true
    }
    return false
  }
}
