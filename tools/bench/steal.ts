import { readFileSync } from 'node:fs'

/** Starts counting; the returned function answers the percentage of CPU time stolen since. 0 where the system does not tell. */
export function watchSteal(): () => number {
  const before = cpuTimes()
  return () => {
    const after = cpuTimes()
    const total = after.total - before.total
    return total <= 0 ? 0 : (100 * (after.stolen - before.stolen)) / total
  }
}

function cpuTimes(): { total: number; stolen: number } {
  if (process.platform !== 'linux') return { total: 0, stolen: 0 }
  // cpu user nice system idle iowait irq softirq steal guest guest_nice; guest time is within user time already.
  const [, ...times] = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').trim().split(/\s+/)
  const counted = times.slice(0, 8).map(Number)
  return { total: counted.reduce((sum, time) => sum + time, 0), stolen: counted[7] ?? 0 }
}
