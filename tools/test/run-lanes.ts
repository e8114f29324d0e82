/** Test files that need the same, and how many of them may run at one time. */
export interface Lane {
  readonly files: readonly string[]
  readonly concurrency: number
  run(file: string): Promise<void>
}

/**
 * Runs the files of all lanes, `atOnce` at most at one time; a free place goes to the first lane that has a file and may
 * take it. So what waits for a browser or a server shares the machine with what only computes.
 */
export async function runLanes(lanes: readonly Lane[], atOnce: number): Promise<void> {
  const waiting = lanes.map(({ files }) => [...files])
  const running = lanes.map(() => 0)
  const next = (): { readonly lane: number; readonly file: string } | undefined => {
    for (const [lane, { concurrency }] of lanes.entries()) {
      if ((running[lane] ?? 0) >= concurrency) continue
      const file = waiting[lane]?.shift()
      if (file !== undefined) return { lane, file }
    }
    return undefined
  }
  let free = atOnce
  const going = new Set<Promise<void>>()
  for (;;) {
    for (let taken = free > 0 ? next() : undefined; taken !== undefined; taken = free > 0 ? next() : undefined) {
      const { lane, file } = taken
      free -= 1
      running[lane] = (running[lane] ?? 0) + 1
      const work = (lanes[lane] as Lane).run(file).finally(() => {
        free += 1
        running[lane] = (running[lane] ?? 0) - 1
        going.delete(work)
      })
      going.add(work)
    }
    if (going.size === 0) return
    await Promise.race(going)
  }
}
