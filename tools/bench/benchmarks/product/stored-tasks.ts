import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { deterministicId, type EventToAppend, newId, streamName } from '@dulian/event-sourcing'
import { openSqliteEvents } from '@dulian/event-store-sqlite'

/** A task as the office service stores it. */
export interface StoredTask {
  readonly office: string
  readonly id: string
}

export const OFFICES = 40
const FIELDS = ['学校安全', '课程教学', '师德师风', '双减落实', '校园食堂', '课后服务', '教师培训', '体育美育']
const MEASURES = [
  '对辖区内中小学、幼儿园开展专项督导，全覆盖检查并建立问题台账',
  '每月组织责任督学进校督导一次，重点查看作业管理与课后服务',
  '建立整改清单并逐项销号，整改情况纳入年度履职评价',
  '组织开展实地核查，形成督导报告并向社会公开',
]
const BODIES = ['区教委', '区发展改革委', '区财政局', '区人力社保局', '区卫生健康委', '区市场监管局', '区公安分局']

export function officeOf(task: number): string {
  return `bench${task % OFFICES}`
}

/** The n-th task: assigned, then reported on. */
export function storedTask(n: number, events: number): { readonly task: StoredTask; readonly events: EventToAppend[] } {
  const office = officeOf(n)
  const id = deterministicId('bench-task', String(n))
  const [first = '', second = ''] = [BODIES[n % BODIES.length], BODIES[(n + 3) % BODIES.length]]
  const field = FIELDS[n % FIELDS.length] ?? ''
  const all: { readonly type: string; readonly data: unknown }[] = [
    {
      type: 'task-assigned.v1',
      data: {
        planId: deterministicId('bench-plan', office, String(Math.floor(n / OFFICES / 100))),
        planTitle: '2026年度教育督导工作计划',
        itemId: deterministicId('bench-item', String(n)),
        order: 1 + (Math.floor(n / OFFICES) % 100),
        itemPath: `二、（${1 + (n % 9)}）`,
        title: `${field}专项督导`,
        text: `${MEASURES[n % MEASURES.length]}。`,
        bodies: [
          { name: first, role: 'lead' },
          { name: second, role: 'cooperating' },
        ],
        lead: { name: first, assumed: false },
        dueOn: `2026-${String(1 + (n % 12)).padStart(2, '0')}-20`,
        comprehensiveInspection: n % 3 === 0,
      },
    },
  ]
  for (let step = 1; step < events; step += 1) {
    const note = `第${step}次进校督导已完成，问题已交办`
    all.push({ type: 'progress-reported.v1', data: { percent: step % 100, note } })
  }
  return {
    task: { office, id },
    events: all.map((event, index) => ({ id: deterministicId('bench-event', String(n), String(index)), ...event })),
  }
}

/** So many tasks are worked on side by side: their events alternate in the store, as those of a year's plans do. */
const SIDE_BY_SIDE = 2_000
const GROUP = 64

/** Fills the event file of an instance's office service with so many tasks of so many events each. */
export async function storeTasks(
  dataFolder: string,
  options: { readonly tasks: number; readonly eventsEach: number; readonly progress?: (message: string) => void },
): Promise<StoredTask[]> {
  const folder = join(dataFolder, 'office')
  mkdirSync(folder, { recursive: true })
  const store = openSqliteEvents({ file: join(folder, 'events.db') })
  const tasks: StoredTask[] = []
  for (let first = 0; first < options.tasks; first += SIDE_BY_SIDE) {
    const some = Array.from({ length: Math.min(SIDE_BY_SIDE, options.tasks - first) }, (_, index) =>
      storedTask(first + index, options.eventsEach),
    )
    tasks.push(...some.map(({ task }) => task))
    for (let step = 0; step < options.eventsEach; step += 1) {
      for (let from = 0; from < some.length; from += GROUP) {
        await Promise.all(
          some.slice(from, from + GROUP).map(({ task, events }) =>
            store.append(streamName('task', task.office, task.id), events.slice(step, step + 1), {
              expected: step === 0 ? 'none' : step,
              meta: { correlationId: newId(Date.now()), actor: 'bench', office: task.office },
            }),
          ),
        )
      }
    }
    if (first % (10 * SIDE_BY_SIDE) === 0 && first > 0) {
      options.progress?.(`  stored ${first * options.eventsEach} events`)
    }
  }
  await store.close()
  return tasks
}
