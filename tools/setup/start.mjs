// What `npm start` runs after the installation: the web application is built when its sources changed, then the
// whole instance runs in this very process. Its npm script says `exec`, because a shell in between would take the
// signal that npm passes on and leave us behind; what follows `||` there is for Windows, which has no `exec`.
const [major] = process.versions.node.split('.').map(Number)
if (major < 26) {
  console.error(
    `督联：没有找到随附的 Node 26（当前 ${process.version}）。请用 npm start 启动；仍不行时删除 node_modules 后重试。`,
  )
  process.exit(1)
}

// Trying the product out is what a fresh clone is for; DULIAN_DEMO=0 starts an empty instance.
process.env.DULIAN_DEMO ??= '1'

// Someone who kills npm hard means the instance, too: left alone it would go on holding the port and the data.
if (process.env.npm_lifecycle_event === 'start') {
  const npm = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === npm) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 1_000)
  watch.unref()
}

const { join } = await import('node:path')
const root = join(import.meta.dirname, '..', '..')

// What was compiled once is kept for the next start.
const { enableCompileCache } = await import('node:module')
enableCompileCache(join(root, 'node_modules', '.cache', 'compiled'))

// Until the instance listens for signals itself there is nothing in flight: a build and a demo that is being made are
// begun again the next time.
const { ensureWebBuilt } = await import('./ensure-web-built.ts')
let building = true
let stopped = false
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    stopped = true
    if (!building && process.listenerCount(signal) === 1) process.exit(0)
  })
}
try {
  await ensureWebBuilt(root)
} catch (error) {
  if (stopped) process.exit(0)
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
if (stopped) process.exit(0)
building = false

await import('../../services/standalone/src/main.ts')
