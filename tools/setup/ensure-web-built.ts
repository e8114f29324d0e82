import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

const webFolder = 'services/portal/web'

/** Everything the build reads; what it writes and what only tests read stays out. */
const sources = [webFolder, 'contracts/src', 'contracts/package.json', 'pnpm-lock.yaml', 'tsconfig.base.json']
const ignored = new Set(['node_modules', 'dist', 'dev-dist', '.turbo', 'test-output'])

/** What building needs from outside; tests give their own. */
export interface WebBuildOptions {
  /** Builds the web application, telling its output line by line. */
  readonly build?: (root: string) => Promise<void>
  /** Takes a sentence for the person who waits. */
  readonly say?: (sentence: string) => void
}

/**
 * Builds the web application unless `services/portal/web/dist` already is what its sources make.
 * We compare a hash of our own, because asking turbo takes a second even when there is nothing to do.
 */
export async function ensureWebBuilt(
  root: string,
  options: WebBuildOptions = {},
): Promise<'built' | 'fresh' | 'absent'> {
  const say = options.say ?? ((sentence) => console.error(sentence))
  if (!existsSync(join(root, webFolder, 'index.html'))) return 'absent'
  const wanted = await hashSources(root)
  const stamp = join(root, 'node_modules', '.dulian-web-built')
  const built = await readFile(stamp, 'utf8').catch(() => undefined)
  if (built === wanted && existsSync(join(root, webFolder, 'dist', 'index.html'))) return 'fresh'

  const started = performance.now()
  say('督联：正在构建网页（首次或网页有改动时需要，约半分钟）…')
  const ticking = setInterval(() => say(`督联：仍在构建网页，已用 ${elapsed(started)} 秒…`), 5_000)
  try {
    await (options.build ?? buildByTurbo)(root)
  } finally {
    clearInterval(ticking)
  }
  await mkdir(dirname(stamp), { recursive: true })
  await writeFile(stamp, wanted)
  say(`督联：网页已构建完成，用时 ${elapsed(started)} 秒。`)
  return 'built'
}

/** One hash over path and content of everything the build reads. */
export async function hashSources(root: string): Promise<string> {
  const files: string[] = []
  const enter = async (path: string): Promise<void> => {
    const entries = await readdir(join(root, path), { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOTDIR') files.push(path)
      else if (error.code !== 'ENOENT') throw error
      return []
    })
    await Promise.all(
      entries.map(async (entry) => {
        if (ignored.has(entry.name) || /\.test\.tsx?$|\.md$/.test(entry.name)) return
        if (entry.isDirectory()) await enter(`${path}/${entry.name}`)
        else files.push(`${path}/${entry.name}`)
      }),
    )
  }
  await Promise.all(sources.map(enter))
  const contents = await Promise.all(files.sort().map((file) => readFile(join(root, file))))
  const hash = createHash('sha256')
  contents.forEach((content, index) => {
    hash.update(`${files[index]}\0${content.length}\0`).update(content)
  })
  return hash.digest('hex')
}

async function buildByTurbo(root: string): Promise<void> {
  const turbo = join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'turbo.cmd' : 'turbo')
  const child = spawn(turbo, ['run', 'build', '--filter=@dulian/web', '--output-logs=full'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      // turbo asks for the package manager by name; ours stands in node_modules.
      PATH: `${join(root, 'node_modules', '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}`,
      TURBO_TELEMETRY_DISABLED: '1',
      DO_NOT_TRACK: '1',
    },
  })
  const end = (): void => void child.kill('SIGTERM')
  process.once('SIGTERM', end).once('SIGINT', end)
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => output.push(text))
  try {
    const { code, signal } = await new Promise<{ code: number | null; signal: string | null }>((resolve, reject) => {
      child.once('error', reject)
      child.once('close', (code, signal) => resolve({ code, signal }))
    })
    if (code !== 0)
      throw new Error(
        `督联：网页构建失败（${signal ?? `退出码 ${code}`}）。\n${stripVTControlCharacters(output.join(''))}`,
      )
  } finally {
    process.off('SIGTERM', end).off('SIGINT', end)
  }
}

function elapsed(started: number): number {
  return Math.round((performance.now() - started) / 1000)
}
