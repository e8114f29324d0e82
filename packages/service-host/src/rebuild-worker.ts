import { parentPort, workerData } from 'node:worker_threads'
import { type Projection, systemClock } from '@dulian/event-sourcing'
import { openEvents, openViews } from './engines.ts'
import { rebuildView } from './rebuild.ts'
import type { RebuildJob, RebuildMessage } from './rebuild-job.ts'

/** Entry of the rebuild thread: opens the engines for itself, reads beside the live service, never writes to its files. */
async function main(job: RebuildJob): Promise<void> {
  const module: { projections: readonly Projection[] } = await import(job.projectionsModule)
  const projection = module.projections.find((candidate) => candidate.space.name === job.view)
  if (projection === undefined) throw new Error(`no projection ${job.view} in the service ${job.service}`)
  const store = await openEvents(job.settings, job.service, systemClock, true)
  const engine = await openViews(job.settings, job.service, systemClock)
  let told = 0
  try {
    await rebuildView({
      store,
      engine,
      projection,
      clock: systemClock,
      holder: `rebuild-${job.service}`,
      resume: job.resume,
      report: (message: RebuildMessage) => {
        const now = Date.now()
        if (message.kind === 'progress' && now - told < 100) return
        told = now
        parentPort?.postMessage(message)
      },
    })
  } finally {
    await engine.close()
    await store.close()
  }
}

await main(workerData as RebuildJob)
