import { taskAssigned } from '@dulian/contracts'
import { type Decoded, parseStreamName } from '@dulian/event-sourcing'
import { type Announcement, announce, type PublicationPart } from '@dulian/service-host'
import { type TaskEvent, type TaskReassigned, taskEvents } from '../task/events.ts'

/** What the other services learn of tasks: that there is one, what it is called and who answers for it. */
export const publishes: readonly PublicationPart[] = [
  announce(taskEvents, {
    TaskAssigned: ({ data, envelope }) => [assignment(data, envelope)],
    TaskReassigned: ({ data, envelope }) => [assignment(data, envelope)],
  }),
]

function assignment(data: TaskReassigned, envelope: Decoded<TaskEvent>['envelope']): Announcement {
  const { office, id } = parseStreamName(envelope.stream)
  const { planId, planTitle, itemPath, title, bodies } = data
  return { contract: taskAssigned, data: { office, taskId: id, planId, planTitle, itemPath, title, bodies } }
}
