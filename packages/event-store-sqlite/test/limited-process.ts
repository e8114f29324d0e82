import { execFileSync } from 'node:child_process'
import { fillAndGoOn } from './fill-and-go-on.ts'

// Run under a soft limit on the size of files, which it lifts from itself when asked to make room.
const [folder = '', writer] = process.argv.slice(2)
const report = await fillAndGoOn(
  folder,
  () => execFileSync('prlimit', ['--pid', String(process.pid), '--fsize=unlimited']),
  writer === 'thread',
)
process.stdout.write(JSON.stringify(report))
