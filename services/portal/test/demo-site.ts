import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { until } from './until.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const main = join(root, 'services', 'standalone', 'src', 'main.ts')

/** Long enough for every stage of a problem and a whole month of routine; a year of it would cost minutes. */
const DEMO_DAYS = '60'

/** The whole product as people start it, with its demo, in a process and a folder of its own. */
export interface DemoSite {
  readonly address: string
  readonly folder: string
  stop(): Promise<void>
}

/** A person of the demo at the API, for what a test wants to know beside the screen. */
export interface DemoCaller {
  get<T>(path: string): Promise<T>
  bytes(path: string): Promise<Buffer>
  /** A new command under a key of its own, seen by every list when it resolves; `version` is what If-Match names. */
  post(path: string, body: unknown, version?: number): Promise<{ readonly id: string; readonly version: number }>
}

/**
 * Starts the product on a copy of freshly made demo data. Making them takes half a minute, so one set
 * serves all browser tests of a day, as long as no line of the code changes.
 */
export async function openDemoSite(
  /** Further settings, which may depend on the address the site will have. */
  settingsFor: (address: string) => Promise<Readonly<Record<string, string>>> = async () => ({}),
): Promise<DemoSite> {
  // Without it every test would wait in vain for a sign-in page.
  if (!existsSync(join(root, 'services', 'portal', 'web', 'dist', 'index.html'))) {
    throw new Error('the web application is not built: `npm test` builds it, as `npm start` does')
  }
  const seeded = await seededFolder()
  const folder = await mkdtemp(join(tmpdir(), 'dulian-site-'))
  await cp(seeded, folder, { recursive: true })
  const site = await launch(folder, settingsFor)
  return {
    ...site,
    async stop() {
      await site.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export async function callerOf(site: DemoSite, card: string): Promise<DemoCaller> {
  const response = await fetch(`${site.address}/auth/demo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ card }),
  })
  if (!response.ok) throw new Error(`no sign-in as ${card}: ${response.status} ${await response.text()}`)
  const { accessToken } = (await response.json()) as { accessToken: string }
  const answerTo = async (path: string): Promise<Response> => {
    const answer = await fetch(`${site.address}${path}`, { headers: { authorization: `Bearer ${accessToken}` } })
    if (!answer.ok) throw new Error(`GET ${path}: ${answer.status} ${await answer.text()}`)
    return answer
  }
  return {
    get: async <T>(path: string) => (await (await answerTo(path)).json()) as T,
    bytes: async (path) => Buffer.from(await (await answerTo(path)).arrayBuffer()),
    async post(path, body, version) {
      const answer = await fetch(`${site.address}${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${accessToken}`,
          'content-type': 'application/json',
          'idempotency-key': randomUUID(),
          ...(version === undefined ? {} : { 'if-match': `"v${version}"` }),
        },
        body: JSON.stringify(body),
      })
      if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${await answer.text()}`)
      await viewsCaughtUp(site)
      return (await answer.json()) as { id: string; version: number }
    },
  }
}

async function seededFolder(): Promise<string> {
  const store = join(root, 'test-output')
  const wanted = join(store, `demo-${await stateOfCode()}`)
  if ((await readdir(wanted).catch(() => [])).length > 0) return wanted
  await mkdir(store, { recursive: true })
  const making = await mkdtemp(join(store, 'making-demo-'))
  const site = await launch(making)
  // The lists' past is built after the door has opened: once here, not again in every test.
  await viewsCaughtUp(site)
  await site.stop()
  for (const name of await readdir(store)) {
    if (name.startsWith('demo-')) await rm(join(store, name), { recursive: true, force: true })
  }
  try {
    await rename(making, wanted)
  } catch (error) {
    // Another run was quicker; its data are as good.
    if ((await readdir(wanted).catch(() => [])).length === 0) throw error
    await rm(making, { recursive: true, force: true })
  }
  return wanted
}

async function viewsCaughtUp({ address }: DemoSite): Promise<void> {
  await until('every view stands at the end', async () => {
    const { views } = (await (await fetch(`${address}/health/ready`)).json()) as {
      views: readonly { readonly lag: number }[]
    }
    return views.length > 0 && views.every(({ lag }) => lag === 0)
  })
}

/** What decides how the demo looks: the code that makes it, and the day it is made on. */
async function stateOfCode(): Promise<string> {
  const hash = createHash('sha256')
    .update(DEMO_DAYS)
    .update(new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format())
  const files = await Promise.all(['contracts', 'packages', 'services'].map((folder) => codeIn(join(root, folder))))
  for (const file of files.flat().sort()) hash.update(file).update(await readFile(file))
  return hash.digest('hex').slice(0, 16)
}

async function codeIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const found = entries.map(async (entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) {
      return ['node_modules', 'web', 'test', 'fixtures'].includes(entry.name) ? [] : await codeIn(path)
    }
    return /(?<!\.test)\.ts$/.test(entry.name) ? [path] : []
  })
  return (await Promise.all(found)).flat()
}

async function launch(
  folder: string,
  settingsFor: (address: string) => Promise<Readonly<Record<string, string>>> = async () => ({}),
): Promise<DemoSite> {
  const port = await freePort()
  const settings = await settingsFor(`http://127.0.0.1:${port}`)
  const child = spawn(process.execPath, [main], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      DULIAN_DATA: folder,
      DULIAN_DEMO: '1',
      DULIAN_DEMO_DAYS: DEMO_DAYS,
      DULIAN_PORT: String(port),
      DULIAN_LOG_LEVEL: 'error',
      ...settings,
    },
  })
  const address = await readyAddress(child)
  return {
    address,
    folder,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null || child.signalCode !== null) return resolve()
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

/** A port of our own choosing, because the instance opens its door anew when the demo is cleared. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const bound = probe.address()
      probe.close(() =>
        typeof bound === 'object' && bound !== null ? resolve(bound.port) : reject(new Error('no port')),
      )
    })
  })
}

function readyAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const said: string[] = []
    child.stderr?.setEncoding('utf8').on('data', (text: string) => said.push(text))
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const address = /http:\/\/\S+/.exec(text)?.[0]
      if (address !== undefined) resolve(address)
    })
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the instance ended with ${code}:\n${said.join('')}`)))
  })
}
