import { defineStream } from '@dulian/event-sourcing'
import { type TaskEvent, taskEvents } from './events.ts'
import { evolveTask, initialTask, type Task } from './state.ts'

/** One stream per task of a plan. */
export const taskStream = defineStream<Task, TaskEvent>({
  category: 'task',
  events: taskEvents,
  initial: initialTask,
  evolve: evolveTask,
})
