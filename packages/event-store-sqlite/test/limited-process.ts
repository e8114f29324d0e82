import { execFileSync } from 'node:child_process'
import { fillAndGoOn } from './fill-and-go-on.ts'

// Run under a soft limit on the size of files, which it lifts from itself when asked to make room.
const report = await fillAndGoOn(process.argv[2] ?? '', () =>
  execFileSync('prlimit', ['--pid', String(process.pid), '--fsize=unlimited']),
)
process.stdout.write(JSON.stringify(report))
