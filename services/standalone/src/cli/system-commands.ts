import type { Command } from 'commander'
import { serviceNames } from '../service-names.ts'
import { CommandFailed } from './command-failed.ts'
import type { CommandLine } from './command-line.ts'
import type { Connection } from './connection.ts'

const OPERATOR = { office: 'local', role: 'operator' } as const

interface ViewRow {
  readonly name: string
  readonly position: string
  readonly lag: number
  readonly generation: number
  readonly state: string
  readonly rebuild: {
    readonly state: string
    readonly done: number
    readonly total: number
    readonly eventsPerSecond: number
    readonly remainingSeconds: number | null
  } | null
}
interface ParkedRow {
  readonly eventId: string
  readonly type: string
  readonly error: string
  readonly attempts: number
  readonly parkedAt: string
}
interface SubscriptionRow {
  readonly name: string
  readonly kind: string
  readonly state: string
  readonly position: string
  readonly parked: readonly ParkedRow[]
}
interface Status {
  readonly service: string
  readonly views: readonly ViewRow[]
  readonly subscriptions: readonly SubscriptionRow[]
}

async function statusOf(connection: Connection, service: string): Promise<Status> {
  return (await connection.send('GET', `/api/${service}/system/status`, OPERATOR)).body as Status
}

function isService(name: string): boolean {
  return serviceNames.some((known) => known === name)
}

async function statuses(connection: Connection): Promise<readonly Status[]> {
  return await Promise.all(serviceNames.map((name) => statusOf(connection, name)))
}

export function systemCommands(program: Command, line: CommandLine): void {
  viewCommands(program.command('views').description('视图'), line)
  subscriptionCommands(program.command('subscriptions').description('订阅与停放的事件'), line)
}

function viewCommands(views: Command, line: CommandLine): void {
  views
    .command('status')
    .description('每个视图的位置与落后量')
    .option('--json', '输出一个 JSON 文档')
    .action((options: { json?: boolean }) =>
      line.connected(async (connection) => {
        const rows = (await statuses(connection)).flatMap(({ service, views }) =>
          views.map((view) => ({ service, ...view })),
        )
        line
          .terminal(options.json)
          .answer(rows, () =>
            rows
              .map(
                ({ service, name, position, lag, generation, state }) =>
                  `${service}/${name}\t第 ${generation} 代\t位置 ${position}\t落后 ${lag}\t${state}`,
              )
              .join('\n'),
          )
      }),
    )

  views
    .command('rebuild')
    .description('重建视图：旧视图继续服务，完成后切换')
    .argument('<view>', '服务/视图，如 rectification/problems')
    .option('--json', '输出一个 JSON 文档')
    .action(async (view: string, options: { json?: boolean }) => {
      const [service = '', name = ''] = view.split('/')
      const unknown = () => new CommandFailed(`没有视图 ${view}。用 dulian views status 查看全部视图。`)
      if (!isService(service)) throw unknown()
      await line.connected(async (connection) => {
        const find = async (): Promise<ViewRow> => {
          const row = (await statusOf(connection, service)).views.find((candidate) => candidate.name === name)
          if (row === undefined) throw unknown()
          return row
        }
        const before = await find()
        await connection.send('POST', `/api/${service}/system/views/${name}/rebuild`, OPERATOR)
        const progress = line.terminal(options.json).progress(`重建 ${view}`)
        for (;;) {
          const { rebuild, generation } = await find()
          if (generation > before.generation && rebuild === null) {
            progress.end()
            line.terminal(options.json).answer({ view, generation }, () => `已重建 ${view}，现为第 ${generation} 代`)
            return
          }
          if (rebuild?.state === 'failed') {
            progress.end()
            throw new CommandFailed(`${view} 的重建没有完成，旧视图仍在服务。请查看日志。`)
          }
          if (rebuild !== null) {
            progress.update(
              rebuild.done,
              rebuild.total,
              `${rebuild.eventsPerSecond} 条/秒${rebuild.remainingSeconds === null ? '' : `，约剩 ${rebuild.remainingSeconds} 秒`}`,
            )
          }
          await new Promise((resolve) => setTimeout(resolve, 150))
        }
      })
    })
}

function subscriptionCommands(subscriptions: Command, line: CommandLine): void {
  subscriptions
    .command('list')
    .description('每个订阅的状态与停放的事件')
    .option('--json', '输出一个 JSON 文档')
    .action((options: { json?: boolean }) =>
      line.connected(async (connection) => {
        const rows = (await statuses(connection)).flatMap(({ service, subscriptions }) =>
          subscriptions.map((row) => ({ service, ...row })),
        )
        line
          .terminal(options.json)
          .answer(rows, () =>
            rows
              .flatMap(({ service, name, state, position, parked }) => [
                `${service}/${name}\t${state}\t位置 ${position}\t停放 ${parked.length}`,
                ...parked.map(
                  (event) =>
                    `  ${event.eventId}\t${event.type}\t${event.error}\t试过 ${event.attempts} 次\t${event.parkedAt}`,
                ),
              ])
              .join('\n'),
          )
      }),
    )

  for (const [name, action, words] of [
    ['retry', 'replay', '重放'],
    ['skip', 'skip', '跳过'],
  ] as const) {
    subscriptions
      .command(name)
      .description(`${words}一条停放的事件`)
      .argument('<subscription>', '服务/订阅')
      .argument('<eventId>', '事件编号')
      .option('--json', '输出一个 JSON 文档')
      .action(async (subscription: string, eventId: string, options: { json?: boolean }) => {
        const [service = '', at = ''] = subscription.split('/')
        if (!isService(service)) throw new CommandFailed(`没有服务 ${service}。`)
        await line.connected(async (connection) => {
          const { body } = await connection.send(
            'POST',
            `/api/${service}/system/subscriptions/${at}/${action}`,
            OPERATOR,
            { eventId },
          )
          line.terminal(options.json).answer(body, () => `已${words}，处理了 ${body.handled} 条事件`)
        })
      })
  }
}
