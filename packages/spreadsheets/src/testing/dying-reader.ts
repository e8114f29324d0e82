import { parentPort, workerData } from 'node:worker_threads'

// A reading thread that comes to grief once it has told of the first sheet, in the way that its table is named.
const { name } = workerData as { readonly name: string }
let asked = 0
parentPort?.on('message', () => {
  asked += 1
  if (asked === 1) parentPort?.postMessage({ kind: 'sheet', name })
  else if (name === 'exits') process.exit(3)
  else if (name === 'throws') throw new Error('a fault of the reader')
  else if (name === 'grows') {
    const held: number[][] = []
    for (;;) held.push(Array.from({ length: 100_000 }, (_, n) => n / 3))
  }
})
