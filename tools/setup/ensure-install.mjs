// Runs before every npm script, on whatever Node (18 or newer) started npm: installs the locked dependencies
// once per content of the lockfile, with the pinned pnpm. Plain JavaScript, no dependency, because nothing is there yet.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const stamp = join(root, 'node_modules', '.dulian-installed')

const hash = createHash('sha256')
const patches = readdirSync(join(root, 'patches')).sort()
for (const file of [
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'package.json',
  '.pnpmfile.cjs',
  ...patches.map((name) => join('patches', name)),
]) {
  hash.update(readFileSync(join(root, file)))
}
const wanted = `${hash.digest('hex')} ${process.platform}-${process.arch}`

const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined
if (installed !== wanted) {
  console.error('督联：首次运行或依赖有变化，正在安装依赖（约半分钟）…')
  const result = spawnSync(
    'npx',
    ['--yes', manifest.packageManager, 'install', '--frozen-lockfile', '--reporter=append-only'],
    // stdout stays free: `dulian --json` writes exactly one document there.
    { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' },
  )
  if (result.status !== 0) {
    console.error('督联：依赖安装失败。请检查网络与 npm 镜像设置后重试。')
    process.exit(result.status ?? 1)
  }
  writeFileSync(stamp, wanted)
}
