import { setTimeout as delay } from 'node:timers/promises'
import type { Role } from '@dulian/contracts'
import { newId } from '@dulian/event-sourcing'
import { openLocalKey } from '@dulian/service-host'
import type { Config } from '../config.ts'
import type { Instance } from '../instance.ts'
import { readInstanceFile } from '../instance-file.ts'
import { webRoot } from '../web-root.ts'
import { CommandFailed } from './command-failed.ts'
import { runningAddress } from './running-address.ts'
import { whileBehind } from './while-behind.ts'

/** As whom the command line asks: one role, or several for what one alone may not. */
export interface Caller {
  readonly office: string
  readonly role: Role | readonly Role[]
}

export interface Reply {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: each command knows what it asked for
  readonly body: any
}

/** The instance on the data folder: the running one by its address, or one opened for this command alone. */
export interface Connection {
  readonly running: boolean
  send(
    method: 'GET' | 'POST',
    path: string,
    as: Caller,
    body?: unknown,
    /** The version of the thing that is changed, for commands that ask for it. */
    version?: number,
  ): Promise<Reply>
  close(): Promise<void>
}

const PATIENCE_MS = 10_000

export async function connect(config: Config, pid: number): Promise<Connection> {
  const key = await openLocalKey(config.dataFolder)
  const headersFor = async (as: Caller, version: number | undefined): Promise<Record<string, string>> => ({
    authorization: `Bearer ${await key.sign({ sub: 'local-command-line', name: '本机命令行', office: as.office, roles: [as.role].flat() })}`,
    'idempotency-key': newId(Date.now()),
    'content-type': 'application/json',
    ...(version === undefined ? {} : { 'if-match': `"v${version}"` }),
  })
  const address = await runningAddress(config)
  if (address !== undefined) {
    return {
      running: true,
      async send(method, path, as, body, version) {
        const headers = await headersFor(as, version)
        return await whileBehind(async () => {
          const response = await fetch(new URL(path, address), {
            method,
            headers,
            ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
          })
          return checked(response.status, await response.text())
        })
      },
      close: async () => {},
    }
  }
  if (readInstanceFile(config.dataFolder).demo === 'seeding') {
    throw new CommandFailed(
      '演示数据还没有生成完。请等它完成；已中断的，请运行 dulian demo seed 重新生成或 dulian demo clear 清除。',
    )
  }
  const quiet = { info: () => {}, warn: () => {}, error: () => {} }
  // All services at once take their time to load: only for who needs them.
  const { Instance } = await import('../instance.ts')
  const instance = await Instance.open({
    config: { ...config, logLevel: 'silent' },
    log: quiet,
    pid,
    webRoot,
    shortLived: true,
  })
  await instance.start()
  await caughtUp(instance)
  return {
    running: false,
    async send(method, path, as, body, version) {
      const headers = await headersFor(as, version)
      return await whileBehind(async () => {
        const response = await instance.app.inject({
          method,
          url: path,
          headers,
          ...(method === 'POST' ? { payload: (body ?? {}) as object } : {}),
        })
        return checked(response.statusCode, response.body)
      })
    },
    close: () => instance.stop(),
  }
}

/** What is told about views and subscriptions is told when they have seen everything, or cannot for now; a view that lies far behind says so. */
async function caughtUp(instance: Instance): Promise<void> {
  const enough = new AbortController()
  const settled = instance.host.settle('prompt').catch(() => {})
  await Promise.race([settled, delay(PATIENCE_MS, undefined, { signal: enough.signal }).catch(() => {})])
  enough.abort()
}

function checked(status: number, text: string): Reply {
  const body: unknown = text === '' ? undefined : JSON.parse(text)
  if (status >= 400) {
    const { title, detail } = body as { title?: string; detail?: string }
    throw new CommandFailed(`${title ?? status}。${detail ?? ''}`, body)
  }
  return { status, body }
}
