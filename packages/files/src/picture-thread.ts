import { readFileSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import type { DrawingJob } from './picture-drawer.ts'
import { smallPicture } from './small-picture.ts'

// Entry of the thread that draws small pictures: one after the other, so that one at a time is in memory.
parentPort?.on('message', ({ path, mediaType }: DrawingJob) => {
  parentPort?.postMessage(small(path, mediaType))
})

function small(path: string, mediaType: string): Uint8Array | undefined {
  try {
    return smallPicture(readFileSync(path), mediaType)
  } catch {
    // Gone or not to be read: whoever serves it whole meets the same trouble and says so.
    return undefined
  }
}
